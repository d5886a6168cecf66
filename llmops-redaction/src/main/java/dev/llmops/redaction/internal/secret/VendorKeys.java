package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Occurrence;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keys and tokens that a vendor marks with a prefix.
 *
 * <p>A key ends at the first character outside its alphabet, so that it is found in prose and beside any punctuation.
 * Lengths are minima where the prefix alone gives the key away, and exact where it could start an ordinary word.
 */
public final class VendorKeys {

    private static final String OPEN_AI = "sk-";
    private static final int BUCKETS = 1 << 13;
    private static final KeyShape[] NO_SHAPES = {};
    /** Shapes by the first three characters of their prefix. */
    private static final Map<Integer, KeyShape[]> SHAPES = new HashMap<>();
    /** Holds one bit for each bucket that is not empty, small enough for the nearest cache: most words end there. */
    private static final long[] TAKEN = new long[BUCKETS / Long.SIZE];

    static {
        VendorKeyTable.shapes().stream()
                .map(KeyShape::parse)
                .collect(Collectors.groupingBy(shape -> start(shape.prefix)))
                .forEach((start, shapes) -> SHAPES.put(start, shapes.toArray(KeyShape[]::new)));
        // The last ones are found by code of their own.
        Stream.of(
                        SHAPES.keySet().stream(),
                        Jwts.STARTS.stream().map(VendorKeys::start),
                        Stream.of(start(OPEN_AI), start(PrivateKeys.PUTTY)))
                .flatMap(starts -> starts)
                .forEach(start -> TAKEN[bucket(start) / Long.SIZE] |= 1L << bucket(start));
    }

    private final ScanState scan;
    private final Jwts webTokens = new Jwts();
    private final Occurrence openAiMark;

    public VendorKeys(ScanState scan) {
        this.scan = scan;
        // Stands in the middle of OpenAI's keys, under any prefix.
        this.openAiMark = new Occurrence(scan.source, "T3BlbkFJ");
    }

    public static boolean mayStart(Source source, int start) {
        if (start + 2 >= source.length) {
            return false;
        }
        int bucket = bucket(start(source.raw(start), source.raw(start + 1), source.raw(start + 2)));
        return (TAKEN[bucket / Long.SIZE] & 1L << bucket) != 0;
    }

    /** Reports the key, web token or key file that starts at the word and returns its end, or -1. */
    public int find(int start) {
        String type = PiiTypes.JWT;
        int end = matchWebToken(start);
        if (end < 0) {
            type = PiiTypes.API_KEY;
            end = match(start);
        }
        if (end < 0) {
            return PrivateKeys.findPutty(scan, start);
        }
        return scan.gluedBefore(start) ? -1 : scan.report(type, start, end);
    }

    /** The end of the JSON web token that starts at the index, or -1. */
    int matchWebToken(int start) {
        return webTokens.match(scan, start);
    }

    /** The end of the longest key that starts at the index, or -1. */
    int match(int start) {
        Source source = scan.source;
        if (!mayStart(source, start)) {
            return -1;
        }
        int end = -1;
        int first = start(source.raw(start), source.raw(start + 1), source.raw(start + 2));
        for (KeyShape shape : SHAPES.getOrDefault(first, NO_SHAPES)) {
            end = Math.max(end, shape.match(scan, start));
        }
        return Math.max(end, matchOpenAi(start));
    }

    private int matchOpenAi(int start) {
        if (!scan.source.startsWith(OPEN_AI, start)) {
            return -1;
        }
        int end = scan.runEnd(Chars.WORD, start);
        return end - start >= 48 && openAiMark.from(start) < end ? end : -1;
    }

    private static int start(String prefix) {
        return start(prefix.charAt(0), prefix.charAt(1), prefix.charAt(2));
    }

    /** The first three characters as one number, which is theirs alone as long as they are ASCII. */
    private static int start(char a, char b, char c) {
        return (a << 14) + (b << 7) + c;
    }

    private static int bucket(int start) {
        return (start * 0x9E3779B1) >>> (Integer.SIZE - 13);
    }
}
