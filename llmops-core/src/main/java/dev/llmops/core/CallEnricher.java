package dev.llmops.core;

/**
 * Adds to the record of a call between its end and its views: a cost, redacted texts, a verdict. Enrichers run in the
 * order in which they were added, on the thread that ended the call, and see what those before them made of it.
 *
 * <p>An enricher that throws is counted and skipped; the record goes on without its contribution. An enricher that
 * guards the content of records must therefore drop it itself when it fails.
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
}
