package dev.llmops.slo.alert;

import dev.llmops.slo.status.Incident;
import dev.llmops.slo.status.Status;
import java.time.Instant;

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
    void alertChanged(Change change);

    /**
     * Returns the listener that writes changes to the logger {@code llmops.slo}: pages as errors, other severities as
     * warnings, ends as info. Every engine has it.
     *
     * @return the listener
     */
    static AlertListener logging() {
        return new AlertLog();
    }

    /**
     * An alert began, lost its data, found it again, or ended.
     *
     * @param kind what happened
     * @param at when it was noticed
     * @param incident the firing that this is about
     * @param status the status of the objective or event rule that the change follows from
     * @param reason a sentence with the numbers behind it
     */
    public record Change(Kind kind, Instant at, Incident incident, Status status, String reason) {

        /** The change of the alert. */
        public enum Kind {
            /** Fires, for the first time or again after a gap in the data. */
            FIRING,
            /** Fired before, and has no data now; the incident stays open. */
            NO_DATA,
            /** Is over. */
            RESOLVED
        }
    }
}
