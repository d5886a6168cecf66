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

    private final transient List<Problem> problems;

    public PriceBookException(List<Problem> problems) {
        super(problems.stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\n  ", problems.size() + " problems in the price book:\n  ", "")));
        this.problems = List.copyOf(problems);
    }

    /**
     * Returns the problems.
     *
     * @return every problem, at least one
     */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * Something wrong with a price book.
     *
     * @param where the file, entry and field, such as {@code prices.yml: openai/gpt-4o: prices[1].rates.output_tokens}
     * @param what the rule, what was found, and what to do about it
     */
    public record Problem(String where, String what) {

        Problem in(String place) {
            return new Problem(where.isEmpty() ? place : place + ": " + where, what);
        }

        @Override
        public String toString() {
            return where + ": " + what;
        }
    }
}
