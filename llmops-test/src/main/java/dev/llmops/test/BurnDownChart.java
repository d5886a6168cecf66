package dev.llmops.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The error budget over the time of a run, as inline SVG: 100 % at the start, less with every bad event, where the whole
 * budget is the run's events times the budget's ratio.
 */
final class BurnDownChart {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 180;
    private static final int LEFT = 72;
    private static final int RIGHT = 12;
    private static final int TOP = 12;
    private static final int BOTTOM = 28;
    private static final int LABEL_HEIGHT = 12;
    private static final int MAX_POINTS = 600;

    private BurnDownChart() {}

    static String of(List<Judged> events, double budgetRatio) {
        if (events.isEmpty()) {
            return "<p class=\"empty\">No events.</p>";
        }
        double budget = events.size() * budgetRatio;
        double spent = events.stream().mapToDouble(Judged::badness).sum();
        double lowest = Math.min(0, 1 - spent / budget);
        Axis axis = new Axis(events.get(0).at(), events.get(events.size() - 1).at(), lowest);
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"error budget left over the run\">",
                WIDTH,
                HEIGHT));
        // Far overspent, the line of the whole budget lies too close to that of none for a label of its own.
        gridLine(svg, axis, 1, axis.y(0) - axis.y(1) < LABEL_HEIGHT ? "" : "100 %", "grid");
        gridLine(svg, axis, 0, "0 %", "zero");
        if (lowest < 0) {
            gridLine(svg, axis, lowest, String.format(Locale.ROOT, "%.0f %%", lowest * 100), "grid");
        }
        svg.append("<polyline class=\"burn\" points=\"")
                .append(points(events, budget, axis))
                .append("\"/>");
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\">0 s</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text></svg>",
                LEFT,
                HEIGHT - 8,
                WIDTH - RIGHT,
                HEIGHT - 8,
                time(axis.spanSeconds())));
        return svg.toString();
    }

    private static String time(double seconds) {
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return seconds < 7200
                ? String.format(Locale.ROOT, "%.1f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }

    private static void gridLine(StringBuilder svg, Axis axis, double remaining, String label, String style) {
        double y = axis.y(remaining);
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                        + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                style,
                LEFT,
                WIDTH - RIGHT,
                y,
                y,
                LEFT - 6,
                y + 4,
                label));
    }

    /** A step for every change, thinned evenly where a run has more events than the picture has room for. */
    private static String points(List<Judged> events, double budget, Axis axis) {
        int stride = Math.max(1, events.size() / MAX_POINTS);
        StringBuilder points = new StringBuilder();
        double spent = 0;
        for (int i = 0; i < events.size(); i++) {
            double before = spent;
            spent += events.get(i).badness();
            if (i % stride == 0 || i == events.size() - 1) {
                double x = axis.x(events.get(i).at());
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, axis.y(1 - before / budget)));
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, axis.y(1 - spent / budget)));
            }
        }
        return points.toString().strip();
    }

    private record Axis(Instant from, Instant to, double lowest) {

        double x(Instant at) {
            double span = Math.max(1, Duration.between(from, to).toNanos());
            return LEFT + (WIDTH - LEFT - RIGHT) * Duration.between(from, at).toNanos() / span;
        }

        double y(double remaining) {
            return TOP + (HEIGHT - TOP - BOTTOM) * (1 - remaining) / (1 - lowest);
        }

        double spanSeconds() {
            return Duration.between(from, to).toNanos() / 1e9;
        }
    }
}
