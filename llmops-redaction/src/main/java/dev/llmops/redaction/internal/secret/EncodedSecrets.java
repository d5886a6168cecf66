package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Base64 of a private key, of a name and password, or of text with a secret in it. One level is decoded, and of it no more
 * than {@value #MOST} characters are judged.
 *
 * <p>See docs/decisions/redaction.md#base64-is-decoded-one-level-deep-and-only-if-its-first-bytes-are-printable.
 */
public final class EncodedSecrets {

    private static final int LEAST = 16;
    private static final int MOST = 8192;
    private static final int LEAST_PASSWORD = 5;

    private EncodedSecrets() {}

    /** Judges the decoded text. */
    @FunctionalInterface
    public interface Judge {
        /** Returns the type of a secret in the text, or the empty string. */
        String secretIn(String decoded);
    }

    /** Returns true if the word may begin base64 of printable text: few begin so, and are long enough or go on. */
    public static boolean mayStart(Source source, int start, int end) {
        if (end - start < LEAST && (end - start < 4 || !source.is(end, Chars.BASE64))) {
            return false;
        }
        char first = source.at(start);
        return (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'f');
    }

    /** Reports the run of base64 that starts with the word; returns its end, or -1. */
    public static int find(ScanState scan, int start, Judge judge) {
        Source source = scan.source;
        if (scan.gluedBefore(start) || ("+/_".indexOf(source.peek(start - 1)) >= 0 && start > 0)) {
            return -1;
        }
        int end = scan.runEnd(Chars.BASE64, start);
        if (end - start < LEAST || !isPrintable(source, start)) {
            return -1;
        }
        int limit = Math.min(end, start + MOST) - start;
        String decoded =
                decode(source.folded(start, start + limit - limit % 4), end - start - limit, source, start, end);
        String type = decoded.isEmpty() ? "" : typeOf(decoded, judge);
        if (type.isEmpty()) {
            return -1;
        }
        int padded = end;
        while (padded < end + 2 && source.peek(padded) == '=') {
            padded++;
        }
        return scan.report(type, start, endOfLines(source, type, padded));
    }

    /** The first four characters decode to three printable ones. */
    private static boolean isPrintable(Source source, int start) {
        byte[] bytes = Base64.getDecoder().decode(source.folded(start, start + 4));
        return isText(bytes, 0) && isText(bytes, 1) && isText(bytes, 2);
    }

    private static String decode(String whole, int cut, Source source, int start, int end) {
        String rest = cut > 0 ? "" : source.folded(start + whole.length(), end);
        byte[] bytes = Base64.getDecoder().decode(whole + (rest.length() > 1 ? rest : ""));
        for (int i = 0; i < bytes.length; i++) {
            if (!isText(bytes, i)) {
                return "";
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static boolean isText(byte[] bytes, int i) {
        return (bytes[i] >= ' ' && bytes[i] < 0x7F) || bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == '\t';
    }

    private static String typeOf(String decoded, Judge judge) {
        String secret = judge.secretIn(decoded);
        return secret.isEmpty() && isCredential(decoded.strip()) ? PiiTypes.SECRET_ASSIGNMENT : secret;
    }

    /** Returns true for {@code name:password} and nothing else. */
    private static boolean isCredential(String text) {
        int colon = text.indexOf(':');
        boolean pair = colon > 0 && text.length() - colon > LEAST_PASSWORD && !text.startsWith("//", colon + 1);
        return pair
                && text.chars().noneMatch(Character::isWhitespace)
                && text.substring(0, colon).chars().allMatch(c -> Chars.is((char) c, Chars.MAIL) || c == '@');
    }

    /** A key is written over many lines, each of them base64. */
    private static int endOfLines(Source source, String type, int end) {
        int last = end;
        while (type.equals(PiiTypes.PRIVATE_KEY) && source.peek(last) == '\n') {
            int lineEnd = source.skip(last + 1, Chars.BASE64, source.length);
            if (lineEnd - last <= LEAST) {
                break;
            }
            last = lineEnd;
            while (source.peek(last) == '=') {
                last++;
            }
        }
        return last;
    }
}
