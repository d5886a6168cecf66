/** Spending limits that hold across a fleet. Start at {@link dev.llmops.cost.budget.Budgets}. */
@NullMarked
package dev.llmops.cost.budget;

import org.jspecify.annotations.NullMarked;
