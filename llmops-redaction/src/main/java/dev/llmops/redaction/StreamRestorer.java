package dev.llmops.redaction;

/**
 * Puts values back into an answer that arrives in pieces, cut anywhere.
 *
 * <p>Holds back only what may still turn out to be a placeholder, at most 44 characters, and the first half of a
 * surrogate pair; everything else leaves with the piece it came in.
 *
 * <p>For one stream. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class StreamRestorer {

    private final RedactionSession session;
    private final StringBuilder held = new StringBuilder();

    StreamRestorer(RedactionSession session) {
        this.session = session;
    }

    /**
     * Takes the next piece.
     *
     * @param piece any part of the answer
     * @return what can go on now; possibly empty
     */
    public String accept(String piece) {
        held.append(piece);
        StringBuilder out = new StringBuilder(held.length());
        int at = 0;
        int open = held.indexOf("[");
        while (open >= 0) {
            int end = Placeholders.end(held, open);
            if (end < 0) {
                break;
            }
            int next = end == 0 ? open + 1 : end;
            out.append(held, at, open).append(end == 0 ? "[" : session.valueOf(held.substring(open, end)));
            at = next;
            open = held.indexOf("[", at);
        }
        int ready = open >= 0 ? open : held.length();
        if (ready > at && Character.isHighSurrogate(held.charAt(ready - 1)) && open < 0) {
            ready--;
        }
        out.append(held, at, ready);
        held.delete(0, ready);
        return out.toString();
    }

    /**
     * Ends the stream.
     *
     * @return what was held back and is no placeholder; possibly empty
     */
    public String finish() {
        String rest = held.toString();
        held.setLength(0);
        return rest;
    }
}
