/** Objectives as series: on Micrometer and on the Prometheus client, with the names that the generated rules read. */
@NullMarked
package dev.llmops.slo.metrics;

import org.jspecify.annotations.NullMarked;
