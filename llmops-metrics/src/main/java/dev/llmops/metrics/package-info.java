/**
 * Golden signals of language-model calls on Micrometer and on the Prometheus client. Start at
 * {@link dev.llmops.metrics.GoldenSignals}; {@link dev.llmops.metrics.instrument.Instrument} is the table of names.
 */
@NullMarked
package dev.llmops.metrics;

import org.jspecify.annotations.NullMarked;
