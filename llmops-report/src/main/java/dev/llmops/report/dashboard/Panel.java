package dev.llmops.report.dashboard;

import java.util.List;

/**
 * A panel of a dashboard.
 *
 * @param title the title
 * @param description a sentence on what it shows
 * @param type the kind of picture
 * @param unit Grafana's name of the unit
 * @param queries the queries, each with the legend of its series
 */
record Panel(String title, String description, Type type, String unit, List<Query> queries) {

    static final String PER_SECOND = "suffix:/s";
    static final String TOKENS_PER_SECOND = "suffix:tokens/s";

    /** The kinds of picture. */
    enum Type {
        /** A single number. */
        STAT("stat", 6, 4),
        /** Lines over time. */
        LINES("timeseries", 12, 8);

        final String grafanaName;
        final int width;
        final int height;

        Type(String grafanaName, int width, int height) {
            this.grafanaName = grafanaName;
            this.width = width;
            this.height = height;
        }
    }

    /** A query in PromQL. */
    record Query(String expression, String legend) {}

    static Panel stat(String title, String unit, String description, String expression) {
        return new Panel(title, description, Type.STAT, unit, List.of(new Query(expression, title)));
    }

    static Panel lines(String title, String unit, String description, Query... queries) {
        return new Panel(title, description, Type.LINES, unit, List.of(queries));
    }

    static Query query(String legend, String expression) {
        return new Query(expression, legend);
    }
}
