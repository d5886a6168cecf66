package dev.llmops.cost.book;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A price book cannot be used. Carries everything that is wrong with it, not only what was found first.
 *
 * @since 0.1.0
 */
public final class PriceBookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<PriceProblem> problems;

    public PriceBookException(List<PriceProblem> problems) {
        super(problems.stream()
                .map(PriceProblem::toString)
                .collect(Collectors.joining("\n  ", problems.size() + " problems in the price book:\n  ", "")));
        this.problems = List.copyOf(problems);
    }

    /**
     * Returns the problems.
     *
     * @return every problem, at least one
     */
    public List<PriceProblem> problems() {
        return problems;
    }
}
