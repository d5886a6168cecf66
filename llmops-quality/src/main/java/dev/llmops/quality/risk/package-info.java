/** Risks of calls: findings, guardrails, tools, leaks and rules without tolerance. Start at {@link dev.llmops.quality.risk.Guardrails}. */
@NullMarked
package dev.llmops.quality.risk;

import org.jspecify.annotations.NullMarked;
