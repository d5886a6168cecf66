/** Internal, not part of the API: the statistics of the gate, pure functions of sums with the sources of their formulas. */
@NullMarked
package dev.llmops.release.internal.statistics;

import org.jspecify.annotations.NullMarked;
