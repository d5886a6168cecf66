package dev.llmops.report;

import java.net.URI;

/**
 * A piece of text within a line or a table cell. The writers escape all of it.
 *
 * @since 0.1.0
 */
public sealed interface Inline {

    /**
     * Returns the text, unescaped.
     *
     * @return the text
     */
    String text();

    /**
     * Returns plain text.
     *
     * @param text the text
     * @return the piece
     */
    static Inline text(String text) {
        return new Text(text);
    }

    /**
     * Returns text in a fixed-width font that may break anywhere, for identifiers.
     *
     * @param text the text
     * @return the piece
     */
    static Inline code(String text) {
        return new Code(text);
    }

    /**
     * Returns a formatted number, aligned to the right in tables.
     *
     * @param text the number with its unit
     * @return the piece
     */
    static Inline number(String text) {
        return new Numeric(text);
    }

    /**
     * Returns a link.
     *
     * @param text the text
     * @param target a relative reference, or an http or https address
     * @return the piece
     * @throws IllegalArgumentException if the target is of another kind
     */
    static Inline link(String text, String target) {
        return new Link(text, target);
    }

    /**
     * Returns a highlighted word, such as a verdict.
     *
     * @param text the word
     * @param tone its color
     * @return the piece
     */
    static Inline badge(String text, Block.Tone tone) {
        return new Badge(text, tone);
    }

    /**
     * Returns a small picture within a table cell.
     *
     * @param text the text that stands for the picture in Markdown, in JSON and for screen readers
     * @param picture the picture
     * @return the piece
     */
    static Inline picture(String text, Svg picture) {
        return new Picture(text, picture);
    }

    /** See {@link #text(String)}. */
    record Text(String text) implements Inline {}

    /** See {@link #code(String)}. */
    record Code(String text) implements Inline {}

    /** See {@link #number(String)}. */
    record Numeric(String text) implements Inline {}

    /** See {@link #link(String, String)}. */
    record Link(String text, String target) implements Inline {

        /** Checks the target. */
        public Link {
            String scheme = URI.create(target).getScheme();
            if (scheme != null && !scheme.equals("http") && !scheme.equals("https")) {
                throw new IllegalArgumentException("link target is not allowed (" + target
                        + ") — a relative reference, http or https — pass another target");
            }
        }
    }

    /** See {@link #badge(String, Block.Tone)}. */
    record Badge(String text, Block.Tone tone) implements Inline {}

    /** See {@link #picture(String, Svg)}. */
    record Picture(String text, Svg picture) implements Inline {}
}
