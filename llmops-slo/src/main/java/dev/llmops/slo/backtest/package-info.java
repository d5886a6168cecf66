/**
 * Objectives tried on the past before they are promised. Start at {@link dev.llmops.slo.backtest.Backtest}.
 */
@NullMarked
package dev.llmops.slo.backtest;

import org.jspecify.annotations.NullMarked;
