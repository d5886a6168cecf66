package dev.llmops.logging.redaction;

/** Private keys in PEM form, from their first dash to the end of their last line. */
final class PrivateKeys {

    private static final String DASHES = "-----";
    private static final String BEGIN = "BEGIN";
    private static final String END = "-----END";
    private static final int LABEL = 100;

    private PrivateKeys() {}

    /** Reports the key that a run of dashes opens and answers its end, or where to go on, or -1. */
    static int find(Scan scan, int dash) {
        Source source = scan.source;
        int word = dash;
        while (source.peek(word) == '-') {
            word++;
        }
        if (word - dash < DASHES.length() || !source.startsWith(BEGIN, word)) {
            return word;
        }
        int label = endOfLabel(source, word + BEGIN.length());
        if (label < 0) {
            return word;
        }
        int end = endOfKey(source, label);
        return end < 0 ? label : scan.report(PiiTypes.PRIVATE_KEY, word - DASHES.length(), end);
    }

    /** Behind the dashes that close a line which says "PRIVATE KEY", or -1. */
    private static int endOfLabel(Source source, int start) {
        int at = start;
        int key = -1;
        while (at < start + LABEL && source.is(at, Chars.UPPER | Chars.DIGIT | Chars.SPACE)) {
            key = source.startsWith("PRIVATE KEY", at) ? at : key;
            at++;
        }
        return key >= 0 && source.startsWith(DASHES, at) ? at + DASHES.length() : -1;
    }

    /** Without an end line, everything is the key. A header and footer with nothing between are none. */
    private static int endOfKey(Source source, int label) {
        int footer = source.indexOf(END, label);
        if (footer < 0) {
            return source.length;
        }
        int body = label;
        while (body < footer && !source.is(body, Chars.ALNUM)) {
            body++;
        }
        int line = footer + END.length();
        int end = source.skip(line, Chars.UPPER | Chars.DIGIT | Chars.SPACE, line + LABEL);
        while (source.peek(end) == '-') {
            end++;
        }
        return body == footer ? -1 : end;
    }
}
