/** Not part of the API: the ledger's write-ahead journal and its drain. */
@NullMarked
package dev.llmops.cost.ledger.internal.journal;

import org.jspecify.annotations.NullMarked;
