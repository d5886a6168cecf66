package dev.llmops.redaction;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Puts values back into an answer that arrives in pieces, cut anywhere.
 *
 * <p>A placeholder is restored as it was given out, and in the forms that models make of it: in small letters, with
 * escaped underscores, with spaces or dashes, or without its brackets. A form that stood in a redacted text already, or
 * that two placeholders share, is left as it is.
 *
 * <p>Holds back only what may still turn out to be a placeholder of the session, and the first half of a surrogate pair;
 * everything else leaves with the piece it came in.
 *
 * <p>For one stream. Not thread-safe.
 *
 * <p>See docs/decisions/redaction.md#a-form-of-a-placeholder-that-a-text-held-is-never-restored.
 *
 * @since 0.1.0
 */
public final class StreamRestorer {

    private static final int MORE = -1;
    private static final int NONE = 0;

    private final RedactionSession session;
    private final StringBuilder held = new StringBuilder();
    private final StringBuilder out = new StringBuilder();
    /** The character before what is held. */
    private char previous;
    /** Brackets that are open in what was returned. */
    private int open;

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
        return restored(false);
    }

    /**
     * Ends the stream.
     *
     * @return what was held back, restored where it is a placeholder; possibly empty
     */
    public String finish() {
        return restored(true);
    }

    private String restored(boolean last) {
        out.setLength(0);
        int at = 0;
        while (at < held.length()) {
            int end = placeholder(at, last);
            if (end == MORE) {
                break;
            }
            if (end == NONE) {
                copy(held.charAt(at));
                end = at + 1;
            }
            previous = held.charAt(end - 1);
            at = end;
        }
        held.delete(0, at);
        return out.toString();
    }

    private void copy(char c) {
        open = c == '[' ? open + 1 : c == ']' ? Math.max(open - 1, 0) : c == '\n' ? 0 : open;
        out.append(c);
    }

    /** Writes the value of the placeholder that starts there and returns its end, or one of the two constants. */
    private int placeholder(int at, boolean last) {
        char c = held.charAt(at);
        if (Placeholders.isOpening(c)) {
            return bracketed(at, at, last);
        }
        if (c == '%') {
            boolean more = held.length() - at < Placeholders.ENCODED && "%5B".startsWith(upper(at));
            return more && !last ? MORE : Placeholders.opening(held, at) > 0 ? bracketed(at, at + 2, last) : NONE;
        }
        if (c == '\\') {
            boolean more = at + 1 == held.length();
            return more ? (last ? NONE : MORE) : held.charAt(at + 1) == '[' ? bracketed(at, at + 1, last) : NONE;
        }
        if (Character.isHighSurrogate(c)) {
            return at + 1 == held.length() && !last ? MORE : NONE;
        }
        return Placeholders.isBare(c) && !Placeholders.isBare(previous) ? bare(at, at, last) : NONE;
    }

    private int bracketed(int start, int bracket, boolean last) {
        int end = bracket + 1;
        while (end < held.length() && Placeholders.isLoose(held.charAt(end)) && mayBe(bracket + 1, end + 1)) {
            end++;
        }
        if (end == held.length() && !last) {
            return MORE;
        }
        boolean encoded = held.charAt(start) == '%';
        if (encoded && !last && held.length() - end < Placeholders.ENCODED && "%5D".startsWith(upper(end))) {
            return MORE;
        }
        int closing = end < held.length() ? Placeholders.closing(held, end) : 0;
        boolean closed = closing == (encoded ? Placeholders.ENCODED : 1);
        boolean escaped = held.charAt(start) == '\\';
        boolean whole = closed && (!escaped || held.charAt(end - 1) == '\\');
        String value = whole ? value(held.substring(bracket, end + 1), bracket + 1, end) : null;
        if (value != null) {
            out.append(value);
            return end + closing;
        }
        // The closing bracket may be missing; where a list goes on, the bracket is the list's.
        return escaped || encoded ? NONE : bare(bracket + 1, start, last);
    }

    private String upper(int from) {
        return held.substring(from).toUpperCase(Locale.ROOT);
    }

    /** Restores a name without brackets; the closing one belongs to it where none is open. */
    private int bare(int start, int from, boolean last) {
        int end = start;
        while (end < held.length() && Placeholders.isBare(held.charAt(end)) && mayBe(start, end + 1)) {
            end++;
        }
        if (end == held.length() && !last) {
            return MORE;
        }
        char next = end < held.length() ? held.charAt(end) : 0;
        boolean joined = end == start || !Placeholders.isNumbered(held, start, end);
        if (joined || Placeholders.isBare(next) || (from < start && ",;/|]".indexOf(next) >= 0 && next != 0)) {
            return NONE;
        }
        String value = value("", start, end);
        if (value == null) {
            return NONE;
        }
        out.append(value);
        return next == ']' && open == 0 ? end + 1 : end;
    }

    private boolean mayBe(int start, int end) {
        return session.mayBe(Placeholders.key(held.substring(start, end)));
    }

    private @Nullable String value(String exact, int start, int end) {
        return session.valueOf(exact, Placeholders.withoutEnd(Placeholders.key(held.substring(start, end))));
    }
}
