package dev.llmops.slo.alert;

import dev.llmops.slo.status.Incident;
import dev.llmops.slo.status.Status;
import java.time.Instant;

/**
 * An alert began, lost its data, found it again, or ended.
 *
 * @param kind what happened
 * @param at when it was noticed
 * @param incident the firing that this is about
 * @param status the status of the objective or event rule that the change follows from
 * @param reason a sentence with the numbers behind it
 * @since 0.1.0
 */
public record AlertChange(Kind kind, Instant at, Incident incident, Status status, String reason) {

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
