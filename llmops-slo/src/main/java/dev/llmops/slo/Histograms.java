package dev.llmops.slo;

import java.util.regex.Pattern;

/** Checks what histograms of both kinds are named by, since a query of a misspelt name finds nothing. */
final class Histograms {

    static final String BUCKET = "_bucket";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    private Histograms() {}

    static void require(String metric, String matchers, double threshold) {
        if (!NAME.matcher(metric).matches()) {
            throw new IllegalArgumentException(
                    "metric is '" + metric + "' — letters, digits, '_' and ':' — write labels under matchers");
        }
        if (matchers.strip().startsWith("{")) {
            throw new IllegalArgumentException(
                    "matchers are '" + matchers + "' — label matchers without braces — leave the braces out");
        }
        if (!(threshold > 0) || Double.isInfinite(threshold)) {
            throw new IllegalArgumentException("threshold is " + threshold + " — above 0, in the histogram's unit");
        }
    }
}
