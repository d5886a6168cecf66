package dev.llmops.report.live;

import dev.llmops.release.LineResult;
import dev.llmops.report.Block;
import dev.llmops.report.Svg;
import dev.llmops.report.Svg.Anchor;
import java.util.Optional;

/** The ratios of candidate to control that a line has not excluded, on a logarithmic axis from a quarter to four times. */
final class RatioChart {

    private static final int WIDTH = 300;
    private static final int HEIGHT = 44;
    private static final int MARGIN = 18;
    private static final int Y = 12;
    private static final int BASE = 26;
    private static final double LARGEST = 4;
    private static final double[] TICKS = {.25, .5, 1, 2, 4};
    private static final int HALF_POINT = 3;

    private RatioChart() {}

    /** Draws the interval; empty for a line without one, or while nothing is excluded. */
    static Optional<Block> of(LineResult line) {
        double lower = line.interval().lower();
        double upper = line.interval().upper();
        if (!(lower > 0 || upper < Double.POSITIVE_INFINITY)) {
            return Optional.empty();
        }
        Svg svg = new Svg(WIDTH, HEIGHT);
        for (double tick : TICKS) {
            svg.line(tick == 1 ? "limit" : "grid", x(tick), 2, x(tick), BASE)
                    .text("×" + Numbers.of(tick), x(tick), HEIGHT - 4, Anchor.MIDDLE);
        }
        svg.line("range", x(lower), Y, x(upper), Y);
        if (!Double.isNaN(line.ratio())) {
            svg.rectangle("point", x(line.ratio()) - HALF_POINT, Y - 2 * HALF_POINT, 2 * HALF_POINT, 4 * HALF_POINT);
        }
        return Optional.of(new Block.Figure(
                "Not excluded: × " + Numbers.of(lower) + " to × " + Numbers.of(upper)
                        + (line.metric().startsWith("time") ? " of slow calls" : ""),
                svg));
    }

    private static double x(double ratio) {
        double clamped = Math.min(LARGEST, Math.max(1 / LARGEST, ratio));
        return WIDTH / 2.0 + (WIDTH / 2.0 - MARGIN) * Math.log(clamped) / Math.log(LARGEST);
    }
}
