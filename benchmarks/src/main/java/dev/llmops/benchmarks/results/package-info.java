/** Tables of measured figures: both sides, and the goals. */
@NullMarked
package dev.llmops.benchmarks.results;

import org.jspecify.annotations.NullMarked;
