package dev.llmops.quality.cases;

import dev.llmops.quality.OutputContract;
import dev.llmops.quality.RefusalKind;
import dev.llmops.quality.judge.EvaluationInput;
import dev.llmops.quality.judge.Evaluator;
import dev.llmops.quality.judge.JudgeCalls;
import dev.llmops.quality.risk.Risk;
import dev.llmops.quality.risk.RiskDetector;
import java.util.List;
import java.util.Optional;

/**
 * Judges the new answer to a regression case.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RegressionCheck {

    /**
     * Judges an answer.
     *
     * @param known the case
     * @param answer the new answer
     * @return what is wrong with it, empty if it passes
     * @throws Exception if the check itself fails
     */
    Optional<String> check(RegressionCase known, String answer) throws Exception;

    /**
     * Returns the check that an answer keeps a contract.
     *
     * @param contract the contract
     * @return the check
     */
    static RegressionCheck contract(OutputContract contract) {
        return (known, answer) -> {
            List<OutputContract.Failure> failures = contract.check(answer);
            return failures.isEmpty() ? Optional.empty() : Optional.of("contract: " + failures);
        };
    }

    /**
     * Returns the check that an answer is no refusal.
     *
     * @return the check
     */
    static RegressionCheck answered() {
        return (known, answer) -> RefusalKind.isTextRefusal(answer) ? Optional.of("refusal") : Optional.empty();
    }

    /**
     * Returns the check that a detector finds no risk in an answer.
     *
     * @param detector the detector
     * @return the check
     */
    static RegressionCheck riskFree(RiskDetector detector) {
        return (known, answer) -> {
            List<Risk> risks = detector.detect(answer);
            return risks.isEmpty()
                    ? Optional.empty()
                    : Optional.of("risk: " + risks.stream().map(Risk::type).toList());
        };
    }

    /**
     * Returns the check that an evaluator finds an answer good.
     *
     * @param evaluator the evaluator
     * @param calls starts the judge's calls
     * @return the check
     */
    static RegressionCheck evaluated(Evaluator evaluator, JudgeCalls calls) {
        return (known, answer) -> {
            double score = evaluator
                    .evaluate(EvaluationInput.of(known.question(), answer), calls)
                    .score();
            return evaluator.definition().isGood(score)
                    ? Optional.empty()
                    : Optional.of(evaluator.definition().name() + ": " + score);
        };
    }
}
