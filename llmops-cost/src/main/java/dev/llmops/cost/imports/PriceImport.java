package dev.llmops.cost.imports;

import dev.llmops.cost.book.PriceBook;

/**
 * A price file of another project, as a book, with a report of what could not be taken over.
 *
 * @param book the prices
 * @param report what was imported and what was not
 * @since 0.1.0
 */
public record PriceImport(PriceBook book, ImportReport report) {}
