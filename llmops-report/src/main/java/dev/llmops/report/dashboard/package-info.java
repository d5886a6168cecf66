/**
 * Dashboards, recording rules and autoscaling queries for the metrics of {@code llmops-metrics}. Start at
 * {@link dev.llmops.report.dashboard.Dashboards}.
 */
@NullMarked
package dev.llmops.report.dashboard;

import org.jspecify.annotations.NullMarked;
