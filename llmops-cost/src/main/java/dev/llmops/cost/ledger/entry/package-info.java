/** The entries of the ledger. */
@NullMarked
package dev.llmops.cost.ledger.entry;

import org.jspecify.annotations.NullMarked;
