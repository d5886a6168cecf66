package dev.llmops.quality.cases;

import dev.llmops.quality.Rate;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks regression cases again and judges the new answers. An incident is over when its cases are in the regression set and
 * pass.
 *
 * @since 0.1.0
 */
public final class RegressionRunner {

    private final Ask ask;
    private final List<RegressionCheck> checks;

    /** Sends a question to the application or model. */
    @FunctionalInterface
    public interface Ask {

        /**
         * Asks.
         *
         * @param question the question
         * @return the answer
         * @throws Exception if there is none
         */
        String ask(String question) throws Exception;
    }

    /**
     * Result of one case.
     *
     * @param known the case
     * @param answer the new answer, empty if there was none
     * @param failures what is wrong, empty if it passed
     */
    public record CaseResult(RegressionCase known, String answer, List<String> failures) {

        /**
         * Returns true if the case passed.
         *
         * @return true without failures
         */
        public boolean passed() {
            return failures.isEmpty();
        }
    }

    /**
     * Result of a set.
     *
     * @param results the results of its cases, in order
     */
    public record SetResult(List<CaseResult> results) {

        /**
         * Returns the share of cases that passed.
         *
         * @return the rate
         */
        public Rate passed() {
            return new Rate(results.stream().filter(CaseResult::passed).count(), results.size());
        }

        /**
         * Returns the cases that failed.
         *
         * @return their results, in order
         */
        public List<CaseResult> failures() {
            return results.stream().filter(result -> !result.passed()).toList();
        }
    }

    /**
     * Creates a runner.
     *
     * @param ask sends a question
     * @param checks judge the answer; all must pass
     */
    public RegressionRunner(Ask ask, List<RegressionCheck> checks) {
        this.ask = ask;
        this.checks = List.copyOf(checks);
    }

    /**
     * Runs a set.
     *
     * @param cases the cases
     * @return the result
     */
    public SetResult run(List<RegressionCase> cases) {
        return new SetResult(cases.stream().map(this::run).toList());
    }

    /**
     * Runs a case. An exception of the application or of a check fails the case.
     *
     * @param known the case
     * @return the result
     */
    public CaseResult run(RegressionCase known) {
        String answer = "";
        List<String> failures = new ArrayList<>();
        try {
            answer = ask.ask(known.question());
            for (RegressionCheck check : checks) {
                check.check(known, answer).ifPresent(failures::add);
            }
        } catch (Exception e) {
            failures.add("error: " + e.getClass().getSimpleName());
        }
        return new CaseResult(known, answer, List.copyOf(failures));
    }
}
