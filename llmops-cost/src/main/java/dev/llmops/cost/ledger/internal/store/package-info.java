/** Not part of the API: how entries are stored in columns and as JSON. */
@NullMarked
package dev.llmops.cost.ledger.internal.store;

import org.jspecify.annotations.NullMarked;
