package dev.llmops.report;

import java.util.Locale;

/**
 * A drawing that becomes inline SVG. Coordinates are rounded to a tenth; colors come from the style sheet by class.
 * Not safe for use by many threads while it is drawn.
 *
 * <p>Classes: {@code grid, limit, curve, curve expected, bar, bar bad, range, point, frame}, and
 * {@code wait, first, rest} for the parts of a call.
 *
 * @since 0.1.0
 */
public final class Svg {

    /** Alignment of a text. */
    public enum Anchor {
        /** The text begins at the point. */
        START,
        /** The point is the middle of the text. */
        MIDDLE,
        /** The text ends at the point. */
        END
    }

    private final int width;
    private final int height;
    private final StringBuilder shapes = new StringBuilder();

    /**
     * Creates an empty drawing, which is scaled to the width of the page.
     *
     * @param width its width
     * @param height its height
     */
    public Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /**
     * Draws a line.
     *
     * @param style its class
     * @param x1 start
     * @param y1 start
     * @param x2 end
     * @param y2 end
     * @return this drawing
     */
    public Svg line(String style, double x1, double y1, double x2, double y2) {
        return shape(
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                Escape.html(style), x1, y1, x2, y2);
    }

    /**
     * Draws a rectangle.
     *
     * @param style its class
     * @param x left
     * @param y top
     * @param width its width
     * @param height its height
     * @return this drawing
     */
    public Svg rectangle(String style, double x, double y, double width, double height) {
        return shape(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                Escape.html(style), x, y, width, height);
    }

    /**
     * Draws a text.
     *
     * @param text the text
     * @param x the point
     * @param y the base line
     * @param anchor the alignment
     * @return this drawing
     */
    public Svg text(String text, double x, double y, Anchor anchor) {
        return shape(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                x, y, anchor.name().toLowerCase(Locale.ROOT), Escape.html(text));
    }

    /**
     * Draws connected lines.
     *
     * @param style their class
     * @param points x and y in turn, an even number of values
     * @return this drawing
     */
    public Svg polyline(String style, double... points) {
        shapes.append("<polyline class=\"").append(Escape.html(style)).append("\" points=\"");
        for (int i = 0; i + 1 < points.length; i += 2) {
            shapes.append(i == 0 ? "" : " ").append(String.format(Locale.ROOT, "%.1f,%.1f", points[i], points[i + 1]));
        }
        shapes.append("\"/>");
        return this;
    }

    private Svg shape(String format, Object... values) {
        shapes.append(String.format(Locale.ROOT, format, values));
        return this;
    }

    String toMarkup(String description) {
        return "<svg viewBox=\"0 0 " + width + " " + height + "\" role=\"img\" aria-label=\"" + Escape.html(description)
                + "\">" + shapes + "</svg>";
    }
}
