package dev.llmops.quality.drift.model;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;

/**
 * Probe prompts that are sent on a schedule and compared with the answers of a baseline, to see a change of the model that
 * the provider does not announce.
 *
 * <p>The baseline asks each prompt twice and counts how often the two answers agree, because models differ from
 * themselves. A run asks each once; if significantly fewer agree with the baseline's first answer, by Fisher's exact test,
 * the model has changed. Immutable.
 *
 * @since 0.1.0
 */
public final class ProbeSet {

    /** The fewest prompts that a probe set may have: with fewer, not even a change of all answers is significant. */
    public static final int MIN_PROMPTS = 5;

    private static final double ALPHA = 0.01;

    private final String provider;
    private final String model;
    private final List<Answered> baseline;
    private final int agreedWithItself;
    private final BiPredicate<String, String> agrees;
    private final Clock clock;

    private record Answered(String prompt, String answer) {}

    private ProbeSet(
            String provider,
            String model,
            List<Answered> baseline,
            int agreedWithItself,
            BiPredicate<String, String> agrees,
            Clock clock) {
        this.provider = provider;
        this.model = model;
        this.baseline = baseline;
        this.agreedWithItself = agreedWithItself;
        this.agrees = agrees;
        this.clock = clock;
    }

    /**
     * Asks the model for the baseline. Observe the calls with the purpose {@code probe}, so that they count for cost only.
     *
     * @param provider the provider
     * @param model the model that is asked for
     * @param prompts at least {@value #MIN_PROMPTS} prompts, best with short answers and temperature 0
     * @param ask sends a prompt and returns the answer
     * @param agrees tells if two answers to one prompt agree, such as {@code String::equals}
     * @param clock dates the findings
     * @return the probe set
     * @throws IllegalArgumentException if there are too few prompts
     */
    public static ProbeSet baseline(
            String provider,
            String model,
            List<String> prompts,
            UnaryOperator<String> ask,
            BiPredicate<String, String> agrees,
            Clock clock) {
        if (prompts.size() < MIN_PROMPTS) {
            throw new IllegalArgumentException("a probe set must have at least " + MIN_PROMPTS + " prompts, but has "
                    + prompts.size() + "; with fewer no change is significant");
        }
        List<Answered> answers = new ArrayList<>();
        int agreed = 0;
        for (String prompt : prompts) {
            Answered first = new Answered(prompt, ask.apply(prompt));
            agreed += agrees.test(first.answer, ask.apply(prompt)) ? 1 : 0;
            answers.add(first);
        }
        return new ProbeSet(provider, model, List.copyOf(answers), agreed, agrees, clock);
    }

    /**
     * Asks all prompts again.
     *
     * @param ask sends a prompt and returns the answer
     * @return the finding, empty if the answers agree as often as the baseline with itself
     */
    public Optional<ModelWatch.Change> run(UnaryOperator<String> ask) {
        int agreed = (int) baseline.stream()
                .filter(answered -> agrees.test(answered.answer, ask.apply(answered.prompt)))
                .count();
        double p = fewerThanBaseline(agreed);
        if (p >= ALPHA) {
            return Optional.empty();
        }
        return Optional.of(new ModelWatch.Change(
                ModelWatch.Change.Kind.PROBE,
                provider,
                model,
                share(agreedWithItself),
                share(agreed),
                clock.instant(),
                "answers to probe prompts agree in " + share(agreed) + " instead of " + share(agreedWithItself)
                        + ", p = " + p));
    }

    private double fewerThanBaseline(int agreed) {
        int prompts = baseline.size();
        int[][] table = {{agreed, prompts - agreed}, {agreedWithItself, prompts - agreedWithItself}};
        return agreed >= agreedWithItself
                ? 1
                : FisherExactTest.withDefaults()
                        .with(AlternativeHypothesis.LESS_THAN)
                        .test(table)
                        .getPValue();
    }

    private String share(int agreed) {
        return agreed + " of " + baseline.size();
    }
}
