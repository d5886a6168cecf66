package dev.llmops.redaction.internal.scan;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keys and tokens that a vendor marks with a prefix.
 *
 * <p>A key ends at the first character outside its alphabet, so that it is found in prose and beside any punctuation.
 * Lengths are minima where the prefix alone gives the key away, and exact where it could start an ordinary word.
 */
final class VendorKeys {

    private static final String OPEN_AI = "sk-";
    private static final int BUCKETS = 1024;
    private static final KeyShape[] NO_SHAPES = {};
    /** Shapes by the first three characters of their prefix; most places are empty, which ends the matter at once. */
    private static final KeyShape[][] SHAPES = new KeyShape[BUCKETS][];

    static {
        List<List<KeyShape>> buckets = new ArrayList<>();
        for (int i = 0; i < BUCKETS; i++) {
            buckets.add(new ArrayList<>());
        }
        VendorKeyTable.SHAPES
                .lines()
                .map(KeyShape::parse)
                .forEach(shape -> buckets.get(bucket(shape.prefix)).add(shape));
        for (int i = 0; i < BUCKETS; i++) {
            SHAPES[i] = buckets.get(i).isEmpty() ? NO_SHAPES : buckets.get(i).toArray(KeyShape[]::new);
        }
        // Found by code of their own, so their place must not look empty.
        Stream.concat(Jwts.STARTS.stream(), Stream.of(OPEN_AI, PrivateKeys.PUTTY))
                .forEach(start ->
                        SHAPES[bucket(start)] = buckets.get(bucket(start)).toArray(KeyShape[]::new));
    }

    private VendorKeys() {}

    static boolean mayStart(Source source, int start) {
        return start + 2 < source.length
                && SHAPES[bucket(source.raw(start), source.raw(start + 1), source.raw(start + 2))] != NO_SHAPES;
    }

    /** Reports the key, web token or key file that starts at the word and answers its end, or -1. */
    static int find(Scan scan, int start) {
        String type = PiiTypes.JWT;
        int end = scan.webTokens().match(scan, start);
        if (end < 0) {
            type = PiiTypes.API_KEY;
            end = match(scan, start);
        }
        if (end < 0) {
            return PrivateKeys.findPutty(scan, start);
        }
        return scan.gluedBefore(start) ? -1 : scan.report(type, start, end);
    }

    /** The end of the longest key that starts at the index, or -1. */
    static int match(Scan scan, int start) {
        Source source = scan.source;
        if (!mayStart(source, start)) {
            return -1;
        }
        int end = -1;
        KeyShape[] shapes = SHAPES[bucket(source.raw(start), source.raw(start + 1), source.raw(start + 2))];
        for (KeyShape shape : shapes) {
            end = Math.max(end, shape.match(scan, start));
        }
        return Math.max(end, matchOpenAi(scan, start));
    }

    private static int matchOpenAi(Scan scan, int start) {
        if (!scan.source.startsWith(OPEN_AI, start)) {
            return -1;
        }
        int end = scan.runEnd(Chars.WORD, start);
        return end - start >= 48 && scan.holdsOpenAiMark(start, end) ? end : -1;
    }

    /** Client secrets of Azure AD carry their mark, {@code 8Q~}, behind three characters. */
    static int findAzureSecret(Scan scan, int tilde) {
        Source source = scan.source;
        int start = tilde - 5;
        if (source.peek(tilde - 1) != 'Q'
                || !source.is(tilde - 2, Chars.DIGIT)
                || start < scan.found.lastEnd()
                || scan.gluedBefore(start)) {
            return -1;
        }
        for (int i = start; i < tilde - 2; i++) {
            if (!isAzure(source.at(i))) {
                return -1;
            }
        }
        int end = tilde + 1;
        while (end < source.length && end <= tilde + 36 && isAzure(source.at(end))) {
            end++;
        }
        while (end > tilde + 1 && source.at(end - 1) == '.') {
            end--;
        }
        int body = end - tilde - 1;
        return body < 31 || body > 34 ? -1 : scan.report(PiiTypes.API_KEY, start, end);
    }

    private static boolean isAzure(char c) {
        return Chars.is(c, Chars.WORD) || c == '.' || c == '~';
    }

    private static int bucket(String prefix) {
        return bucket(prefix.charAt(0), prefix.charAt(1), prefix.charAt(2));
    }

    private static int bucket(char a, char b, char c) {
        return (a * 961 + b * 31 + c) & (BUCKETS - 1);
    }
}
