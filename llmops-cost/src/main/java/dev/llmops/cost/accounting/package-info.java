/**
 * Running totals by user, tenant, feature, model and version set, top spenders, unit economics, and what
 * models on own devices cost. Start at {@link dev.llmops.cost.accounting.Accounts}.
 */
@NullMarked
package dev.llmops.cost.accounting;

import org.jspecify.annotations.NullMarked;
