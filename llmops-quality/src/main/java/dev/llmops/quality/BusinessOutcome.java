package dev.llmops.quality;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Result for the business that followed an answer. A later outcome of the same call, kind and identifier replaces the
 * former.
 *
 * @param call the request id or call id
 * @param kind the kind
 * @param value 1 or 0 for kinds that happen or not; 0 to 10 for {@link Kind#NPS}; seconds for {@link Kind#RESOLUTION_TIME}
 * @param identifier tells outcomes of one kind apart; empty when there is only one
 * @param at when it happened, or null for now
 * @since 0.1.0
 */
public record BusinessOutcome(
        String call,
        Kind kind,
        double value,
        String identifier,
        @Nullable Instant at) {

    /** The evaluator under which outcomes that happen or not reach logs and reports, as evaluations named by their kind. */
    public static final String EVALUATOR = "outcome";

    private static final int NPS_MAX = 10;

    /** Kind of outcome. */
    public enum Kind {
        /** The user bought, booked or signed up. */
        CONVERSION,
        /** The user's task was done. */
        TASK_SUCCESS,
        /** The answer was used. */
        ADOPTION,
        /** The user complained. */
        COMPLAINT,
        /** Likelihood that the user recommends the product, 0 to 10. */
        NPS,
        /** Seconds until the user's issue was resolved. */
        RESOLUTION_TIME;

        /**
         * Returns true if the outcome happens or not, so that its rate is of interest.
         *
         * @return false for figures
         */
        public boolean isRate() {
            return this != NPS && this != RESOLUTION_TIME;
        }

        /**
         * Returns the word for it in logs and reports.
         *
         * @return a lower-case word
         */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if the value is out of the kind's range
     */
    public BusinessOutcome {
        double max = kind.isRate() ? 1 : kind == Kind.NPS ? NPS_MAX : Double.MAX_VALUE;
        if (!(value >= 0 && value <= max)) {
            throw new IllegalArgumentException(kind.label() + " is out of range (" + value + ") — 0 to "
                    + (long) Math.min(max, Long.MAX_VALUE) + " — pass it in the unit of its kind");
        }
    }

    /**
     * Returns an outcome that happened or not.
     *
     * @param call the request id or call id
     * @param kind the kind
     * @param happened true if it happened
     * @return the outcome
     */
    public static BusinessOutcome of(String call, Kind kind, boolean happened) {
        return new BusinessOutcome(call, kind, happened ? 1 : 0, "", null);
    }

    /**
     * Returns an outcome with a figure.
     *
     * @param call the request id or call id
     * @param kind {@link Kind#NPS} or {@link Kind#RESOLUTION_TIME}
     * @param value the figure
     * @return the outcome
     */
    public static BusinessOutcome of(String call, Kind kind, double value) {
        return new BusinessOutcome(call, kind, value, "", null);
    }
}
