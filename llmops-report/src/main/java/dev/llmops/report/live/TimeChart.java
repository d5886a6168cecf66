package dev.llmops.report.live;

import dev.llmops.report.Svg;
import dev.llmops.report.Svg.Anchor;
import dev.llmops.report.live.LiveState.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Values over time, with ticks on both axes. */
final class TimeChart {

    private static final int WIDTH = 380;
    private static final int HEIGHT = 170;
    private static final int LEFT = 58;
    private static final int RIGHT = 14;
    private static final int TOP = 12;
    private static final int BOTTOM = 28;
    private static final int TICKS = 4;
    private static final Duration SHORT = Duration.ofMinutes(10);

    private final Svg svg = new Svg(WIDTH, HEIGHT);
    private final Instant from;
    private final Instant to;
    private final double lowest;
    private final double highest;

    private TimeChart(Instant from, Instant to, double lowest, double highest) {
        this.from = from;
        this.to = to;
        this.lowest = lowest;
        this.highest = highest > lowest ? highest : lowest + 1;
    }

    /** Draws ratios as a share of 100 %, with a line at 0. */
    static Svg percent(List<Sample> samples) {
        if (samples.size() < 2) {
            return missing();
        }
        double lowest = Math.min(
                0, 100 * samples.stream().mapToDouble(Sample::value).min().orElse(0));
        double highest = Math.max(
                100, 100 * samples.stream().mapToDouble(Sample::value).max().orElse(1));
        TimeChart chart = new TimeChart(
                samples.get(0).at(), samples.get(samples.size() - 1).at(), lowest, highest);
        chart.axes(" %");
        chart.svg.line("limit", LEFT, chart.y(0), WIDTH - RIGHT, chart.y(0));
        return chart.curve(
                "curve",
                samples.stream()
                        .map(each -> new Sample(each.at(), 100 * each.value()))
                        .toList());
    }

    /**
     * Draws a sum that grows from zero, and its expected course.
     *
     * @param to the end of the axis, after the last sample
     * @param expectedEnd the value expected there
     */
    static Svg sum(List<Sample> samples, Instant to, double expectedEnd, String unit) {
        if (samples.size() < 2) {
            return missing();
        }
        Sample last = samples.get(samples.size() - 1);
        TimeChart chart = new TimeChart(samples.get(0).at(), to, 0, Math.max(last.value(), expectedEnd));
        chart.axes(unit);
        chart.curve("curve expected", List.of(last, new Sample(to, expectedEnd)));
        return chart.curve("curve", samples);
    }

    /** Draws ratios that change in steps, up to now. */
    static Svg steps(List<Sample> samples, Instant now) {
        if (samples.isEmpty()) {
            return missing();
        }
        TimeChart chart = new TimeChart(samples.get(0).at(), now, 0, 100);
        chart.axes(" %");
        List<Sample> corners = Stream.iterate(0, i -> i < samples.size(), i -> i + 1)
                .flatMap(i -> {
                    Instant end = i + 1 < samples.size() ? samples.get(i + 1).at() : now;
                    double value = 100 * samples.get(i).value();
                    return Stream.of(new Sample(samples.get(i).at(), value), new Sample(end, value));
                })
                .toList();
        return chart.curve("curve", corners);
    }

    private static Svg missing() {
        return new Svg(WIDTH, HEIGHT)
                .rectangle("frame", LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM)
                .text("no data yet", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT / 2.0, Anchor.MIDDLE);
    }

    private void axes(String unit) {
        double step = Numbers.step((highest - lowest) / TICKS);
        for (double tick = Math.ceil(lowest / step) * step; tick <= highest + step / 1e6; tick += step) {
            svg.line("grid", LEFT, y(tick), WIDTH - RIGHT, y(tick))
                    .text(Numbers.of(Math.abs(tick) < step / 2 ? 0 : tick) + unit, LEFT - 6, y(tick) + 4, Anchor.END);
        }
        Duration span = Duration.between(from, to);
        time(from, Anchor.START);
        time(from.plus(span.dividedBy(2)), Anchor.MIDDLE);
        time(to, Anchor.END);
    }

    private void time(Instant at, Anchor anchor) {
        boolean isShort = Duration.between(from, to).compareTo(SHORT) < 0;
        String label = isShort ? Numbers.time(at) : Numbers.minute(at);
        svg.text(anchor == Anchor.END ? label + " UTC" : label, x(at), HEIGHT - 8, anchor);
    }

    private Svg curve(String style, List<Sample> samples) {
        return svg.polyline(
                style,
                samples.stream()
                        .flatMapToDouble(each -> DoubleStream.of(x(each.at()), y(each.value())))
                        .toArray());
    }

    private double x(Instant at) {
        double span = Math.max(1, Duration.between(from, to).toMillis());
        return LEFT + (WIDTH - LEFT - RIGHT) * Duration.between(from, at).toMillis() / span;
    }

    private double y(double value) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (highest - value) / (highest - lowest);
    }
}
