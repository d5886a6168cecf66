/** Heuristic figures of answers that need no judge. Start at {@link dev.llmops.quality.heuristic.HeuristicMonitor}. */
@NullMarked
package dev.llmops.quality.heuristic;

import org.jspecify.annotations.NullMarked;
