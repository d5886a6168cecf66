/** What every call cost, kept for good. Start at {@link dev.llmops.cost.ledger.Ledger}. */
@NullMarked
package dev.llmops.cost.ledger;

import org.jspecify.annotations.NullMarked;
