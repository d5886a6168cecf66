/** The statistics of the gate: pure functions of sums, each with the source of its formula. */
@NullMarked
package dev.llmops.release.stats;

import org.jspecify.annotations.NullMarked;
