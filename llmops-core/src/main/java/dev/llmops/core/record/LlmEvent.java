package dev.llmops.core.record;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a call after it ended, joined to it, and so to its versions, model and tenant.
 *
 * @since 0.1.0
 */
public sealed interface LlmEvent {

    /**
     * Returns the facts of the call.
     *
     * @return the call's facts
     */
    CallInfo call();

    /**
     * Returns the time of the event by the wall clock.
     *
     * @return the instant
     */
    Instant at();

    /** A person's verdict on an answer. */
    enum Verdict {
        /** Thumbs up. */
        UP,
        /** Thumbs down. */
        DOWN
    }

    /**
     * A person judged the answer.
     *
     * @param call the call's facts
     * @param at when
     * @param verdict up or down
     * @param comment free text that may quote content, or null
     * @param source who judged: {@value #USER} unless stated otherwise
     * @param identifier tells the judgements of one source apart, such as a pseudonym of the person; a later judgement of
     *     the same call, source and identifier replaces the former. Empty when there is only one
     */
    record Feedback(
            CallInfo call,
            Instant at,
            Verdict verdict,
            @Nullable String comment,
            String source,
            String identifier) implements LlmEvent {

        /** The source of a judgement by the person who asked. */
        public static final String USER = "user";

        /**
         * Creates the judgement of the person who asked.
         *
         * @param call the call's facts
         * @param at when
         * @param verdict up or down
         * @param comment free text, or null
         */
        public Feedback(CallInfo call, Instant at, Verdict verdict, @Nullable String comment) {
            this(call, at, verdict, comment, USER, "");
        }
    }

    /**
     * An evaluator scored the answer.
     *
     * @param call the call's facts
     * @param at when
     * @param evaluation what was judged, such as {@code faithfulness}
     * @param score the score, finite
     * @param label the evaluator's verdict in a word, or null
     * @param explanation free text that may quote content, or null
     * @param evaluator who scored, with its version, such as {@code faithfulness-judge@3}, or null when not stated. Only
     *     scores of one evaluator are comparable
     */
    record Evaluation(
            CallInfo call,
            Instant at,
            String evaluation,
            double score,
            @Nullable String label,
            @Nullable String explanation,
            @Nullable String evaluator)
            implements LlmEvent {

        /**
         * Creates the score of an evaluator that is not stated.
         *
         * @param call the call's facts
         * @param at when
         * @param evaluation what was judged
         * @param score the score, finite
         * @param label the evaluator's verdict in a word, or null
         * @param explanation free text, or null
         */
        public Evaluation(
                CallInfo call,
                Instant at,
                String evaluation,
                double score,
                @Nullable String label,
                @Nullable String explanation) {
            this(call, at, evaluation, score, label, explanation, null);
        }
    }

    /**
     * The answer turned out to be a refusal.
     *
     * @param call the call's facts
     * @param at when
     * @param reason why, in a word of low cardinality
     */
    record Refusal(CallInfo call, Instant at, String reason) implements LlmEvent {}

    /**
     * A risk was found.
     *
     * @param call the call's facts
     * @param at when
     * @param finding what was found
     */
    record Risk(CallInfo call, Instant at, RiskFinding finding) implements LlmEvent {}
}
