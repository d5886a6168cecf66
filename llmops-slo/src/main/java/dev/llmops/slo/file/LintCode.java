package dev.llmops.slo.file;

/**
 * The findings of {@link Lint}. An error keeps the engine and the rule generator from starting; a warning does not.
 *
 * @since 0.1.0
 */
public enum LintCode {
    /** Two objectives or event rules share a name. */
    DUPLICATE_NAME(true),
    /** The target is 100 %: there is no budget and no burn rate; an event rule says it better. */
    OBJECTIVE_100(true),
    /** The target is below 50 %. */
    OBJECTIVE_LOW(false),
    /** A tier's threshold is 1 or more, so that it can never fire. */
    THRESHOLD_UNREACHABLE(true),
    /** A tier's threshold is 0.5 or more: half of all events are bad before an alert fires. */
    THRESHOLD_HIGH(false),
    /** A tier's factor is below 1, so that it fires on a service that keeps its promise. */
    FACTOR_BELOW_ONE(false),
    /** A tier's short window is not shorter than its long one. */
    SHORT_NOT_SHORTER(true),
    /** The objective's window is not longer than the longest alert window. */
    PERIOD_TOO_SHORT(true),
    /** Two tiers of one severity look at the same windows. */
    DUPLICATE_ALERT_WINDOW(false),
    /** The objective has no alert tiers. */
    ALL_ALERTS_DISABLED(false),
    /** The objective does not say why it is there. */
    NO_DESCRIPTION(false),
    /** A label is one that the generated rules set themselves. */
    RESERVED_LABEL(true),
    /** A label's name is none that Prometheus takes. */
    LABEL_NAME_CHARS(true),
    /** Both queries of a ratio are the same. */
    SAME_QUERY(true),
    /** A query lacks the placeholder for its window. */
    WINDOW_PLACEHOLDER_MISSING(true),
    /** Only one query of a ratio falls back to zero, so that a scrape gap looks perfect or disastrous. */
    SLI_FALLBACK_ASYMMETRY(false),
    /** A threshold is no edge of the histogram it is read from. */
    THRESHOLD_NOT_A_BUCKET(true),
    /** So little traffic is expected that one failure is over a tier's threshold. */
    TRAFFIC_TOO_LOW(false),
    /** A full outage spends the whole budget before any tier can fire. */
    BUDGET_UNDER_DETECTION(false),
    /** Verdicts come later than the windows end, so that the short windows stay empty. */
    EVALUATION_DELAY_TOO_SHORT(false),
    /** A composite or an exclusion names an objective that is not there. */
    UNKNOWN_NAME(true),
    /** The members of a composite have different windows, groups, or kinds of events that have no common budget. */
    MEMBERS_CANNOT_COMBINE(true);

    private final boolean error;

    LintCode(boolean error) {
        this.error = error;
    }

    /**
     * Returns true if the finding keeps objectives from being used.
     *
     * @return true for an error, false for a warning
     */
    public boolean isError() {
        return error;
    }
}
