package dev.llmops.quality;

import java.util.Map;

/**
 * Quality of one version set's answers.
 *
 * @param versionSet the version set's id
 * @param calls the number of completed calls
 * @param judged the share of calls that were judged by feedback: a few thumbs on many calls say little
 * @param good by kind of feedback, the share of good judgements
 * @param withinHour the share of judgements that came within an hour of the call's start
 * @param evaluations scores by evaluation and evaluator
 * @param refusals by kind, the share of refused calls
 * @param contractFailures the share of checked answers that broke the output contract
 * @param contractFailuresByField how often each field and rule failed, such as {@code /total type}
 * @param outcomes by kind, the share of outcomes that happened
 * @param figures figures of outcomes by kind, such as resolution times
 * @param abnormalInputs the share of calls with an abnormal input
 * @since 0.1.0
 */
public record VersionQuality(
        String versionSet,
        long calls,
        Rate judged,
        Map<Feedback.Kind, Rate> good,
        Rate withinHour,
        Map<EvaluationKey, EvaluationQuality> evaluations,
        Map<RefusalKind, Rate> refusals,
        Rate contractFailures,
        Map<String, Long> contractFailuresByField,
        Map<BusinessOutcome.Kind, Rate> outcomes,
        Map<BusinessOutcome.Kind, ScoreSummary> figures,
        Rate abnormalInputs) {

    /**
     * Scores that may be compared with each other.
     *
     * @param evaluation the evaluation's name
     * @param evaluator who scored, with its version; {@code unknown} if not stated
     */
    public record EvaluationKey(String evaluation, String evaluator) {}

    /**
     * Scores of one evaluation by one evaluator.
     *
     * @param scores the scores
     * @param good the share of good scores; without events if the evaluation's direction is not known
     */
    public record EvaluationQuality(ScoreSummary scores, Rate good) {}
}
