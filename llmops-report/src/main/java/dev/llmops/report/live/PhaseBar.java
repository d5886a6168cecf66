package dev.llmops.report.live;

import dev.llmops.report.Block;
import dev.llmops.report.Inline;
import dev.llmops.report.Svg;
import dev.llmops.report.Svg.Anchor;
import java.util.ArrayList;
import java.util.List;

/** The phases of a call as a bar. Phases differ by color and by height, so that either tells them apart. */
final class PhaseBar {

    private static final int WIDTH = 420;
    private static final int HEIGHT = 16;
    private static final int MIDDLE = HEIGHT / 2;
    private static final int TICKS = 4;

    /** A part of the bar: its style, its half height and its name. */
    private enum Part {
        WAIT("wait", 2, "queue"),
        FIRST("first", 4, "first token"),
        REST("rest", 6, "streaming, or the whole answer of a call that does not stream");

        private final String style;
        private final int halfHeight;
        private final String label;

        Part(String style, int halfHeight, String label) {
            this.style = style;
            this.halfHeight = halfHeight;
            this.label = label;
        }

        void draw(Svg svg, double from, double to) {
            if (to > from) {
                svg.rectangle(style, from, MIDDLE - halfHeight, to - from, 2 * halfHeight);
            }
        }
    }

    private PhaseBar() {}

    /** Returns the length of an axis with round ticks that has room for a call. */
    static double axisMillis(double longestMillis) {
        return TICKS * Numbers.step(Math.max(1, longestMillis) / TICKS);
    }

    /**
     * Draws a call.
     *
     * @param axisMillis the length of the axis
     */
    static Inline of(LoggedCall call, double axisMillis) {
        Svg svg = new Svg(WIDTH, HEIGHT);
        for (int i = 0; i <= TICKS; i++) {
            double x = Math.min(WIDTH - .5, (double) WIDTH * i / TICKS);
            svg.line("grid", x, 0, x, HEIGHT);
        }
        double scale = WIDTH / axisMillis;
        double queue = Math.min(call.millis("queue"), call.millis("total"));
        double first = Math.max(queue, call.millis("first_token"));
        Part.WAIT.draw(svg, 0, queue * scale);
        Part.FIRST.draw(svg, queue * scale, first * scale);
        Part.REST.draw(svg, first * scale, call.millis("total") * scale);
        List<String> said = new ArrayList<>();
        if (queue > 0) {
            said.add("queue " + Numbers.duration(queue));
        }
        if (call.has("first_token")) {
            said.add("first token after " + Numbers.duration(call.millis("first_token")));
        }
        said.add("total " + Numbers.duration(call.millis("total")));
        return Inline.picture(String.join(", ", said), svg);
    }

    static Inline scale(double axisMillis) {
        Svg svg = new Svg(WIDTH, HEIGHT);
        for (int i = 0; i <= TICKS; i++) {
            Anchor anchor = i == 0 ? Anchor.START : i == TICKS ? Anchor.END : Anchor.MIDDLE;
            svg.text(Numbers.duration(axisMillis * i / TICKS), (double) WIDTH * i / TICKS, HEIGHT - 4, anchor);
        }
        return Inline.picture("0 to " + Numbers.duration(axisMillis), svg);
    }

    static Block legend() {
        List<Block.Fact> facts = new ArrayList<>();
        for (Part part : Part.values()) {
            Svg svg = new Svg(40, HEIGHT);
            part.draw(svg, 0, 40);
            facts.add(new Block.Fact(part.label, Inline.picture(part.style, svg)));
        }
        return new Block.Facts(facts);
    }
}
