/** Exports of the ledger: CSV, JSON lines and FOCUS. */
@NullMarked
package dev.llmops.cost.ledger.export;

import org.jspecify.annotations.NullMarked;
