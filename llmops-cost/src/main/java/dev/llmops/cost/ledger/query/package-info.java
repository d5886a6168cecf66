/** Questions to the ledger. */
@NullMarked
package dev.llmops.cost.ledger.query;

import org.jspecify.annotations.NullMarked;
