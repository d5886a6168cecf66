package dev.llmops.report.slo;

import dev.llmops.report.Block;
import dev.llmops.report.Svg;
import dev.llmops.report.Svg.Anchor;
import dev.llmops.report.internal.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The share of good events over time, in equal parts of the run's time, with the target drawn in. A part without events has
 * no point.
 */
final class TrendChart {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 120;
    private static final int LEFT = 72;
    private static final int RIGHT = 12;
    private static final int TOP = 12;
    private static final int BOTTOM = 28;
    private static final int PARTS = 48;

    /** The share of good events in one part of the time. */
    record Point(Instant at, double good) {}

    private TrendChart() {}

    /** Divides events, by their time, into equal parts. */
    static List<Point> points(List<JudgedEvent> events) {
        if (events.isEmpty()) {
            return List.of();
        }
        Instant first = events.get(0).at();
        long span = Duration.between(first, events.get(events.size() - 1).at()).toMillis() + 1;
        double[] bad = new double[PARTS];
        long[] all = new long[PARTS];
        for (JudgedEvent event : events) {
            int part = (int) (Duration.between(first, event.at()).toMillis() * PARTS / span);
            bad[part] += event.badness();
            all[part]++;
        }
        List<Point> points = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            if (all[part] > 0) {
                points.add(new Point(first.plusMillis(span * part / PARTS), 1 - bad[part] / all[part]));
            }
        }
        return points;
    }

    static Block.Figure of(List<JudgedEvent> events, double target) {
        List<Point> points = points(events);
        if (points.isEmpty()) {
            return new Block.Figure("Share of good events over the run: no events", new Svg(WIDTH, HEIGHT));
        }
        double lowest = points.stream().mapToDouble(Point::good).min().orElse(0);
        double highest = points.stream().mapToDouble(Point::good).max().orElse(1);
        String text = "Share of good events over the run: from " + Shown.percent(lowest) + " to "
                + Shown.percent(highest) + ", "
                + Shown.percent(points.get(points.size() - 1).good())
                + " at its end; target " + Shown.percent(target);
        return new Block.Figure(text, draw(points, Math.min(lowest, target), target));
    }

    private static Svg draw(List<Point> points, double lowest, double target) {
        double floor = lowest == 1 ? 0 : Math.max(0, lowest - (1 - lowest) / 5);
        Svg svg = new Svg(WIDTH, HEIGHT);
        line(svg, "grid", y(1, floor), "100 %");
        line(svg, "grid", y(floor, floor), Shown.percent(floor));
        line(svg, "limit", y(target, floor), "");
        double[] curve = new double[2 * points.size()];
        Instant first = points.get(0).at();
        double span = Math.max(
                1, Duration.between(first, points.get(points.size() - 1).at()).toMillis());
        for (int i = 0; i < points.size(); i++) {
            double share = Duration.between(first, points.get(i).at()).toMillis() / span;
            curve[2 * i] = LEFT + (WIDTH - LEFT - RIGHT) * share;
            curve[2 * i + 1] = y(points.get(i).good(), floor);
        }
        return svg.polyline("curve", curve)
                .text(first.toString(), LEFT, HEIGHT - 8, Anchor.START)
                .text(points.get(points.size() - 1).at().toString(), WIDTH - RIGHT, HEIGHT - 8, Anchor.END);
    }

    private static void line(Svg svg, String style, double y, String label) {
        svg.line(style, LEFT, y, WIDTH - RIGHT, y).text(label, LEFT - 6, y + 4, Anchor.END);
    }

    private static double y(double good, double floor) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - good) / (1 - floor);
    }
}
