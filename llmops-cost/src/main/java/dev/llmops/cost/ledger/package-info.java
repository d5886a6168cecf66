/** The permanent record of the cost of every call. Start at {@link dev.llmops.cost.ledger.Ledger}. */
@NullMarked
package dev.llmops.cost.ledger;

import org.jspecify.annotations.NullMarked;
