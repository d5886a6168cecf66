package dev.llmops.cost.ledger.export;

/**
 * Result of an export.
 *
 * @param entries entries read
 * @param rows rows or objects written
 * @param unpriced entries left out, because the format has no way to say that a cost is unknown
 * @since 0.1.0
 */
public record ExportReport(long entries, long rows, long unpriced) {}
