/** Stores of budget counters: in memory or in Redis. */
@NullMarked
package dev.llmops.cost.budget.store;

import org.jspecify.annotations.NullMarked;
