package dev.llmops.redaction.internal.scan;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Values;

/** Passwords in the authority of a URL: {@code scheme://user:password@host}, the user possibly empty. */
final class UrlCredentials {

    private static final int REACH = 300;

    private UrlCredentials() {}

    /** Reports the password behind the colon of {@code ://} and answers the index of the host, or -1. */
    static int find(Scan scan, int colon) {
        Source source = scan.source;
        if (source.peek(colon + 1) != '/' || source.peek(colon + 2) != '/' || !source.is(colon - 1, Chars.ALNUM)) {
            return -1;
        }
        int start = colon + 3;
        int separator = -1;
        int sign = -1;
        for (int i = start; i < source.length && i < start + REACH && !endsAuthority(source.at(i)); i++) {
            char c = source.at(i);
            separator = c == ':' && separator < 0 ? i : separator;
            sign = c == '@' ? i : sign;
        }
        if (separator < 0 || sign <= separator + 1 || Values.isPlaceholder(source, separator + 1)) {
            return -1;
        }
        scan.report(PiiTypes.URL_CREDENTIALS, separator + 1, sign);
        return sign + 1;
    }

    private static boolean endsAuthority(char c) {
        return c <= ' ' || c == '/' || c == '?' || c == '#' || c == '"' || c == '\'' || c == '<' || c == '>'
                || c == '`';
    }
}
