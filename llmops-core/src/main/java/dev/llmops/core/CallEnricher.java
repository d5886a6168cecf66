package dev.llmops.core;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;

/**
 * Adds to the record of a call between its end and its views: a cost, redacted texts, a verdict. What happens to the call
 * later passes through it too. Enrichers run in the order in which they were added, on the thread that ended the call or
 * reported the event, and see what those before them made of it.
 *
 * <p>An enricher that throws is counted and skipped; the record or event goes on without its contribution. An enricher
 * that guards their texts must therefore drop them itself when it fails.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallEnricher {

    /**
     * Enriches a record.
     *
     * @param record what is known so far
     * @return the record to go on with, usually {@code record.toBuilder()…build()}
     */
    CallRecord enrich(CallRecord record);

    /**
     * Enriches what happened to a call after it ended; by default it goes on as it is.
     *
     * @param event what is known so far
     * @return the event to go on with
     */
    default LlmEvent enrich(LlmEvent event) {
        return event;
    }

    /**
     * Loads what the first call would otherwise load while it is timed. Must record nothing.
     *
     * @param sample a record of no real call, to try things on
     */
    default void warmUp(CallRecord sample) {}
}
