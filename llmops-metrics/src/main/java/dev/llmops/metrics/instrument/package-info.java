/** The table of metrics: names, units, labels, buckets and profiles. */
@NullMarked
package dev.llmops.metrics.instrument;

import org.jspecify.annotations.NullMarked;
