package dev.llmops.redaction.internal.personal;

import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Source;

/** Recognises UUIDs, which are identifiers and not secrets, and whose groups would otherwise pass for numbers. */
public final class Uuids {

    public static final int LENGTH = 36;

    private Uuids() {}

    public static boolean is(Source source, int start) {
        if (start + LENGTH > source.length || source.gluedAfter(start + LENGTH)) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = source.at(start + i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : !Chars.is(c, Chars.HEX)) {
                return false;
            }
        }
        return true;
    }
}
