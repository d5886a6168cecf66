/** What benchmarks have measured, as tables of both sides and against the goals. */
@NullMarked
package dev.llmops.benchmarks.results;

import org.jspecify.annotations.NullMarked;
