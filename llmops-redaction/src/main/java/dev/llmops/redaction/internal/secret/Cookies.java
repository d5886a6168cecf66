package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Source;

/** The lines of {@code Cookie} and {@code Set-Cookie} headers, whose values may open a session. Not thread-safe. */
final class Cookies {

    private static final String COOKIE = "cookie";
    private static final int LONGEST_LINE = 8192;

    private final Source source;
    private int until = -1;

    Cookies(Source source) {
        this.source = source;
    }

    /** Notes the header that ends before the mark. */
    void note(int mark, int nameEnd) {
        int start = nameEnd - COOKIE.length();
        if (source.at(mark) != ':' || mark < until || !source.startsWithIgnoreCase(COOKIE, start)) {
            return;
        }
        int end = mark;
        while (end < source.length && end < mark + LONGEST_LINE && source.raw(end) != '\n') {
            end++;
        }
        until = source.is(start - 1, Chars.LETTER) ? until : end;
    }

    boolean holds(int mark) {
        return mark < until && source.at(mark) == '=';
    }
}
