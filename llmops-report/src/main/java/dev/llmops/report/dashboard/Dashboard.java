package dev.llmops.report.dashboard;

import java.util.List;

/**
 * A dashboard.
 *
 * @param name the name of its file, and the end of its uid
 * @param title the title
 * @param modelMetric the metric whose label values are the models to choose from
 * @param modelLabel the label; empty for a dashboard that does not filter by model
 * @param panels the panels in reading order
 */
record Dashboard(String name, String title, String modelMetric, String modelLabel, List<Panel> panels) {}
