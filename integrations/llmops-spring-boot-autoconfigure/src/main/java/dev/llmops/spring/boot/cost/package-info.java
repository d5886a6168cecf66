/** Adds cost to every record, keeps budgets, and books calls in a ledger. */
@NullMarked
package dev.llmops.spring.boot.cost;

import org.jspecify.annotations.NullMarked;
