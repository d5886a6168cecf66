/**
 * Costs of calls in exact decimals: price books and the arithmetic on them. Start at
 * {@link dev.llmops.cost.book.PriceBook}.
 */
@NullMarked
package dev.llmops.cost;

import org.jspecify.annotations.NullMarked;
