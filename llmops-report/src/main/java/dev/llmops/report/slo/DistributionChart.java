package dev.llmops.report.slo;

import dev.llmops.report.Block;
import dev.llmops.report.Svg;
import dev.llmops.report.Svg.Anchor;
import dev.llmops.report.internal.Shown;
import java.util.Arrays;
import org.HdrHistogram.DoubleHistogram;

/** The distribution of an indicator's values, with the threshold drawn in. */
final class DistributionChart {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 150;
    private static final int LEFT = 72;
    private static final int RIGHT = 12;
    private static final int TOP = 20;
    private static final int BOTTOM = 28;
    private static final int MAX_BARS = 60;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Scale scale;
    private final double[] values;
    private final int missing;

    /** Takes values in any order; {@code missing} is the number of events without a value. */
    DistributionChart(Scale scale, double[] values, int missing) {
        this.scale = scale;
        this.values = values.clone();
        this.missing = missing;
        Arrays.sort(this.values);
    }

    Block.Figure toFigure() {
        String without = missing == 0 ? "" : "; " + Shown.count(missing) + " without a value";
        if (values.length == 0) {
            return new Block.Figure("Distribution of " + scale.title() + ": no values" + without, frame());
        }
        String text = "Distribution of " + scale.title() + ": " + percentiles() + threshold() + without;
        return new Block.Figure(text, bars());
    }

    private static Svg frame() {
        return new Svg(WIDTH, HEIGHT)
                .rectangle("frame", LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM)
                .text("no values", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT / 2.0, Anchor.MIDDLE);
    }

    private String percentiles() {
        double lowest = values[0];
        if (lowest < 0) {
            return "from " + scale.format(lowest) + " to " + scale.format(values[values.length - 1]);
        }
        DoubleHistogram histogram = new DoubleHistogram(SIGNIFICANT_DIGITS);
        Arrays.stream(values).forEach(histogram::recordValue);
        StringBuilder text = new StringBuilder();
        for (int percentile : new int[] {50, 90, 95, 99}) {
            text.append('p').append(percentile).append(' ');
            text.append(scale.format(histogram.getValueAtPercentile(percentile)))
                    .append(", ");
        }
        return text + "max " + scale.format(values[values.length - 1]);
    }

    private String threshold() {
        return scale.threshold().isPresent()
                ? "; threshold " + scale.format(scale.threshold().getAsDouble())
                : "";
    }

    private Svg bars() {
        Bins bins = Bins.of(scale, values, MAX_BARS);
        Svg svg = new Svg(WIDTH, HEIGHT);
        double step = (double) (WIDTH - LEFT - RIGHT) / bins.counts().length;
        double plot = HEIGHT - TOP - BOTTOM;
        double most = Arrays.stream(bins.counts()).max().orElse(1);
        svg.line("grid", LEFT, TOP + plot, WIDTH - RIGHT, TOP + plot);
        svg.text(Shown.count(most), LEFT - 6, TOP + 4, Anchor.END);
        for (int i = 0; i < bins.counts().length; i++) {
            if (bins.counts()[i] > 0) {
                double height = Math.max(1.5, plot * bins.counts()[i] / most);
                String style = scale.isBad(bins.middle(i)) ? "bar bad" : "bar";
                svg.rectangle(style, LEFT + i * step, TOP + plot - height, Math.max(1, step - 1), height);
            }
        }
        if (scale.threshold().isPresent()) {
            double x = LEFT + step * bins.position(scale.threshold().getAsDouble());
            svg.line("limit", x, TOP - 6, x, TOP + plot);
            svg.text(scale.format(scale.threshold().getAsDouble()), x, TOP - 9, Anchor.MIDDLE);
        }
        svg.text(scale.format(bins.from()), LEFT, HEIGHT - 8, Anchor.START);
        return svg.text(bins.lastLabel(scale), WIDTH - RIGHT, HEIGHT - 8, Anchor.END);
    }
}
