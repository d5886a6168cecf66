/** Statistics of two samples or histograms: pure functions, with their formulas. */
@NullMarked
package dev.llmops.quality.drift.statistics;

import org.jspecify.annotations.NullMarked;
