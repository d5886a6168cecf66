/** The evidence of the gate: sums per stage, arm and metric, from live calls, logs, counters or tables. */
@NullMarked
package dev.llmops.release.evidence;

import org.jspecify.annotations.NullMarked;
