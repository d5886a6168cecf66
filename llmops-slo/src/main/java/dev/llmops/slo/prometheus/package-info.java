/**
 * Objectives on Prometheus: rules generated from them, and their statuses read back. Start at
 * {@link dev.llmops.slo.prometheus.PrometheusRules} and {@link dev.llmops.slo.prometheus.PrometheusReader}.
 */
@NullMarked
package dev.llmops.slo.prometheus;

import org.jspecify.annotations.NullMarked;
