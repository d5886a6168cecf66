package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Occurrence;
import dev.llmops.redaction.internal.text.ScanState;
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
public final class VendorKeys {

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
        VendorKeyTable.shapes().stream()
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

    private final ScanState scan;
    private final Jwts webTokens = new Jwts();
    private final Occurrence openAiMark;

    public VendorKeys(ScanState scan) {
        this.scan = scan;
        // Stands in the middle of OpenAI's keys, under any prefix.
        this.openAiMark = new Occurrence(scan.source, "T3BlbkFJ");
    }

    public static boolean mayStart(Source source, int start) {
        return start + 2 < source.length
                && SHAPES[bucket(source.raw(start), source.raw(start + 1), source.raw(start + 2))] != NO_SHAPES;
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
        KeyShape[] shapes = SHAPES[bucket(source.raw(start), source.raw(start + 1), source.raw(start + 2))];
        for (KeyShape shape : shapes) {
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

    private static int bucket(String prefix) {
        return bucket(prefix.charAt(0), prefix.charAt(1), prefix.charAt(2));
    }

    private static int bucket(char a, char b, char c) {
        return (a * 961 + b * 31 + c) & (BUCKETS - 1);
    }
}
