package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Unescaped;

/** Private keys in PEM form, from their first dash to the end of their last line. */
public final class PrivateKeys {

    private static final String BEGIN = "BEGIN";
    private static final String PRIVATE_KEY = "private key";
    /** Beginning of a key file of PuTTY. */
    static final String PUTTY = "PuTTY-User-Key-File-";

    private static final String PUTTY_END = "Private-MAC:";
    private static final int LABEL = 100;
    private static final int LEAST_DASHES = 4;
    private static final int DASHES = 5;

    private PrivateKeys() {}

    /** Reports the key that a run of dashes opens and returns its end, or where to go on. */
    public static int find(ScanState scan, int dash) {
        Source source = scan.source;
        int dashes = endOfDashes(source, dash);
        boolean spaced = source.peek(dashes) == ' ';
        int word = spaced ? dashes + 1 : dashes;
        if (dashes - dash < LEAST_DASHES || !source.startsWith(BEGIN, word)) {
            return dashes;
        }
        int header = endOfHeader(source, word + BEGIN.length());
        if (header < 0) {
            return dashes;
        }
        int end = endOfKey(source, header, spaced ? "---- END" : "-----END");
        return end < 0 ? header : scan.report(PiiTypes.PRIVATE_KEY, dash, end);
    }

    /** Reports the key file of PuTTY that starts at the word and returns its end, or -1. */
    static int findPutty(ScanState scan, int start) {
        Source source = scan.source;
        if (!source.startsWith(PUTTY, start)) {
            return -1;
        }
        int mac = source.indexOf(PUTTY_END, start);
        int end = mac < 0 ? source.length : mac + PUTTY_END.length();
        while (end < source.length && source.at(end) != '\n' && source.at(end) != Unescaped.BREAK) {
            end++;
        }
        return scan.report(PiiTypes.PRIVATE_KEY, start, end);
    }

    /** Behind the dashes that close a line which says "private key", or -1. */
    private static int endOfHeader(Source source, int start) {
        for (int at = start; at < start + LABEL && isLabel(source.peek(at)) && !source.startsWith("--", at); at++) {
            if (source.startsWithIgnoreCase(PRIVATE_KEY, at)) {
                int end = at + PRIVATE_KEY.length();
                end = source.startsWithIgnoreCase(" block", end) ? end + 6 : end;
                end = source.peek(end) == ' ' ? end + 1 : end;
                // A footer may follow at once.
                int closed = Math.min(endOfDashes(source, end), end + DASHES);
                return closed - end < LEAST_DASHES ? -1 : closed;
            }
        }
        return -1;
    }

    /** Returns the end of the key, which is that of the text without an end line; nothing between the lines is none. */
    private static int endOfKey(Source source, int header, String footer) {
        int foot = source.indexOf(footer, header);
        if (foot < 0) {
            return source.length;
        }
        int body = header;
        while (body < foot && !source.is(body, Chars.ALNUM)) {
            body++;
        }
        int label = foot + footer.length();
        int end = label;
        while (end < label + LABEL && source.peek(end) != '-' && isLabel(source.peek(end))) {
            end++;
        }
        return body == foot ? -1 : endOfDashes(source, end);
    }

    private static int endOfDashes(Source source, int start) {
        int end = start;
        while (source.peek(end) == '-') {
            end++;
        }
        return end;
    }

    private static boolean isLabel(char c) {
        return Chars.is(c, Chars.WORD) || c == ' ';
    }
}
