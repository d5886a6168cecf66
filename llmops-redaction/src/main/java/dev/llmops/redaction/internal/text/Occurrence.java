package dev.llmops.redaction.internal.text;

/** The next place of a literal, sought once for all candidates before it. Not thread-safe. */
public final class Occurrence {

    private final Source source;
    private final String literal;
    private int next = -1;

    public Occurrence(Source source, String literal) {
        this.source = source;
        this.literal = literal;
    }

    /** Returns the first index of the literal at or behind {@code start}, or {@link Integer#MAX_VALUE}. */
    public int from(int start) {
        if (next < start) {
            int at = source.indexOf(literal, start);
            next = at < 0 ? Integer.MAX_VALUE : at;
        }
        return next;
    }
}
