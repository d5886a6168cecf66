/** Benchmarks, a class per figure; each benchmark stands beside the code a user would otherwise write. */
@NullMarked
package dev.llmops.benchmarks;

import org.jspecify.annotations.NullMarked;
