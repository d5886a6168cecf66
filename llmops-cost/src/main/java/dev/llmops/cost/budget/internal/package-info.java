/** Stores of budget counters: in memory or in Redis. */
@NullMarked
package dev.llmops.cost.budget.internal;

import org.jspecify.annotations.NullMarked;
