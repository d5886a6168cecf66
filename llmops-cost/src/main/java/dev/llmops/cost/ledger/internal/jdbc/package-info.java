/** Not part of the API: the ledger's tables in a database. */
@NullMarked
package dev.llmops.cost.ledger.internal.jdbc;

import org.jspecify.annotations.NullMarked;
