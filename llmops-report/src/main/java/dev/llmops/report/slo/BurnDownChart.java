package dev.llmops.report.slo;

import dev.llmops.report.Svg;
import dev.llmops.report.Svg.Anchor;
import dev.llmops.report.internal.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The error budget over the time of a run: 100 % at the start, less with every bad event, where the whole budget is the
 * run's events times the budget's ratio.
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

    /** Draws the budget, or an empty frame for a run without events. */
    static Svg of(List<JudgedEvent> events, double budgetRatio) {
        Svg svg = new Svg(WIDTH, HEIGHT);
        if (events.isEmpty()) {
            return svg.rectangle("frame", LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM)
                    .text("no events", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT / 2.0, Anchor.MIDDLE);
        }
        double budget = events.size() * budgetRatio;
        double spent = events.stream().mapToDouble(JudgedEvent::badness).sum();
        double lowest = Math.min(0, remaining(spent, budget));
        Axis axis = new Axis(events.get(0).at(), events.get(events.size() - 1).at(), lowest);
        // Far overspent, the line of the whole budget lies too close to that of none for a label of its own.
        gridLine(svg, axis, 1, axis.y(0) - axis.y(1) < LABEL_HEIGHT ? "" : "100 %", "grid");
        gridLine(svg, axis, 0, "0 %", "limit");
        if (lowest < 0) {
            gridLine(svg, axis, lowest, Shown.percent(lowest), "grid");
        }
        return svg.polyline("curve", points(events, budget, axis))
                .text("0 s", LEFT, HEIGHT - 8, Anchor.START)
                .text(time(axis.spanSeconds()), WIDTH - RIGHT, HEIGHT - 8, Anchor.END);
    }

    /** A budget of nothing is whole until the first bad event, and then overspent by one budget for each. */
    private static double remaining(double spent, double budget) {
        return budget > 0 ? 1 - spent / budget : 1 - spent;
    }

    private static String time(double seconds) {
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return seconds < 7200
                ? String.format(Locale.ROOT, "%.1f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }

    private static void gridLine(Svg svg, Axis axis, double remaining, String label, String style) {
        double y = axis.y(remaining);
        svg.line(style, LEFT, y, WIDTH - RIGHT, y).text(label, LEFT - 6, y + 4, Anchor.END);
    }

    /** A step for every change, thinned evenly where a run has more events than the picture has room for. */
    private static double[] points(List<JudgedEvent> events, double budget, Axis axis) {
        int stride = Math.max(1, events.size() / MAX_POINTS);
        double[] points = new double[4 * (events.size() / stride + 2)];
        int length = 0;
        double spent = 0;
        for (int i = 0; i < events.size(); i++) {
            double before = spent;
            spent += events.get(i).badness();
            if (i % stride == 0 || i == events.size() - 1) {
                double x = axis.x(events.get(i).at());
                points[length++] = x;
                points[length++] = axis.y(remaining(before, budget));
                points[length++] = x;
                points[length++] = axis.y(remaining(spent, budget));
            }
        }
        return Arrays.copyOf(points, length);
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
