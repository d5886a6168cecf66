package dev.llmops.slo.alert;

/**
 * Is told when alerts change. Called by the thread that evaluates, one change at a time, so it must be quick; what it
 * throws is counted and does not keep other listeners from being called.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AlertListener {

    /**
     * An alert changed.
     *
     * @param change what changed
     */
    void alertChanged(AlertChange change);

    /**
     * Returns the listener that writes changes to the logger {@code llmops.slo}: pages as errors, other severities as
     * warnings, ends as info. Every engine has it.
     *
     * @return the listener
     */
    static AlertListener logging() {
        return new AlertLog();
    }
}
