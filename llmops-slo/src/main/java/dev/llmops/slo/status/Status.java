package dev.llmops.slo.status;

import dev.llmops.slo.Measurement;
import java.time.Instant;

/**
 * The status of an objective, a composite or an event rule at one instant. Not for you to implement.
 *
 * @since 0.1.0
 */
public sealed interface Status permits SloStatus, CompositeStatus, EventRuleStatus {

    /**
     * Returns how much of the service was seen.
     *
     * @return one instance or the fleet
     */
    Measurement.View view();

    /**
     * Returns the instant that all windows end at.
     *
     * @return the instant
     */
    Instant at();

    /**
     * Explains the status.
     *
     * @return a sentence with its numbers
     */
    String reason();
}
