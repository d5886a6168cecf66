package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import java.util.List;

/** JSON web tokens: base64url segments between dots, the first of which decodes to a header that names an algorithm. */
final class Jwts {

    /** Beginnings of an object in base64: with a quote, a space or a line break behind its bracket. */
    static final List<String> STARTS = List.of("eyJ", "eyA", "ewo", "ew0", "ewk");

    private static final int ENCRYPTED_SEGMENTS = 5;

    /** The end of the last run that was looked at: only the first start in a run can be a token's. */
    private int doneUntil = -1;

    /** The end of the token that starts at the index, or -1. */
    int match(ScanState scan, int start) {
        Source source = scan.source;
        if (start < doneUntil || !startsObject(source, start)) {
            return -1;
        }
        int end = scan.runEnd(Chars.WORD, start);
        doneUntil = end;
        Header header = source.peek(end) == '.' ? Header.read(source, start, end) : Header.NONE;
        if (header == Header.NONE) {
            return -1;
        }
        int segments = 1;
        int signedEnd = -1;
        while (source.peek(end) == '.' && segments < ENCRYPTED_SEGMENTS) {
            if (segments == 1 && header != Header.ENCRYPTED && !startsObject(source, end + 1)) {
                return -1;
            }
            int next = source.skip(end + 1, Chars.WORD, source.length);
            if (next == end + 1 && segments >= 2 && header == Header.SIGNED) {
                break;
            }
            end = next;
            segments++;
            signedEnd = segments <= 3 ? end : signedEnd;
        }
        if (segments == ENCRYPTED_SEGMENTS && header == Header.ENCRYPTED) {
            return end;
        }
        return signedEnd < 0 ? -1 : padded(source, signedEnd);
    }

    private static boolean startsObject(Source source, int start) {
        if (source.peek(start) == 'e') {
            for (String opening : STARTS) {
                if (source.startsWith(opening, start)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int padded(Source source, int end) {
        int last = end;
        while (last < end + 2 && source.peek(last) == '=') {
            last++;
        }
        return last;
    }

    private enum Header {
        NONE,
        SIGNED,
        /** The algorithm is "none": the token ends with a bare dot. */
        UNSIGNED,
        ENCRYPTED;

        /** Decodes the segment on the fly and looks for the few bytes that matter. */
        static Header read(Source source, int start, int end) {
            Needle algorithm = new Needle("\"alg\"");
            Needle encryption = new Needle("\"enc\"");
            Needle none = new Needle("\"none\"");
            int buffer = 0;
            int bits = 0;
            int last = 0;
            for (int i = start; i < end; i++) {
                buffer = (buffer << 6) | value(source.at(i));
                bits += 6;
                if (bits >= 8) {
                    bits -= 8;
                    last = (buffer >>> bits) & 0xFF;
                    algorithm.accept(last);
                    encryption.accept(last);
                    none.accept(last);
                }
            }
            if (last != '}' || !algorithm.seen) {
                return NONE;
            }
            return encryption.seen ? ENCRYPTED : none.seen ? UNSIGNED : SIGNED;
        }

        private static int value(char c) {
            if (c >= 'a') {
                return c - 'a' + 26;
            }
            if (c >= 'A' && c <= 'Z') {
                return c - 'A';
            }
            return c == '-' ? 62 : c == '_' ? 63 : c - '0' + 52;
        }
    }

    /** Watches a stream of bytes for a word that starts and ends with the only quotes in it. */
    private static final class Needle {

        private final String word;
        private int matched;
        boolean seen;

        Needle(String word) {
            this.word = word;
        }

        void accept(int next) {
            matched = next == word.charAt(matched) ? matched + 1 : next == '"' ? 1 : 0;
            if (matched == word.length()) {
                seen = true;
                matched = 1;
            }
        }
    }
}
