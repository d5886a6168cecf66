package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;

/** Passwords in the authority of a URL: {@code scheme://user:password@host}, the user possibly empty. */
public final class UrlCredentials {

    private static final int REACH = 300;
    private static final int LONGEST_BARE = 64;
    private static final int LEAST_BARE = 6;

    private UrlCredentials() {}

    /** Reports the password behind the colon of {@code ://} and answers the index of the host, or -1. */
    public static int find(ScanState scan, int colon) {
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
        if (separator < 0 || sign <= separator + 1 || SecretValueRules.isPlaceholder(source, separator + 1)) {
            return -1;
        }
        scan.report(PiiTypes.URL_CREDENTIALS, separator + 1, sign);
        return sign + 1;
    }

    /** Reports the password of {@code jdbc:oracle:thin:name/password@host}; returns the index of the host, or -1. */
    public static int findThin(ScanState scan, int colon) {
        Source source = scan.source;
        if (!source.startsWithIgnoreCase("thin", colon - 4) && !source.startsWithIgnoreCase("oci", colon - 3)) {
            return -1;
        }
        int slash = source.skip(colon + 1, Chars.NAME, colon + REACH);
        if (slash == colon + 1 || source.peek(slash) != '/') {
            return -1;
        }
        int sign = slash + 1;
        while (sign < source.length && sign < slash + REACH && source.at(sign) != '@' && source.at(sign) > ' ') {
            sign++;
        }
        if (source.peek(sign) != '@' || sign == slash + 1 || SecretValueRules.isPlaceholder(source, slash + 1)) {
            return -1;
        }
        scan.report(PiiTypes.URL_CREDENTIALS, slash + 1, sign);
        return sign + 1;
    }

    /**
     * Reports the password of {@code name:password@host} without a scheme, if the host is an address, this machine or a
     * protocol in brackets; returns its end, or -1.
     */
    public static int findBare(ScanState scan, int sign) {
        Source source = scan.source;
        boolean host = source.is(sign + 1, Chars.DIGIT)
                || source.startsWith("tcp(", sign + 1)
                || source.startsWith("unix(", sign + 1)
                || source.startsWith("localhost", sign + 1);
        int floor = Math.max(scan.found.lastEnd(), sign - LONGEST_BARE);
        int start = sign;
        boolean digit = false;
        boolean letter = false;
        while (host
                && start > floor
                && source.at(start - 1) != ':'
                && source.at(start - 1) != '@'
                && !endsAuthority(source.at(start - 1))) {
            start--;
            digit |= source.is(start, Chars.DIGIT);
            letter |= source.is(start, Chars.LETTER);
        }
        boolean secret = digit
                && letter
                && source.peek(start - 1) == ':'
                && source.is(start - 2, Chars.WORD)
                && sign - start >= LEAST_BARE
                && !SecretValueRules.isPlaceholder(source, start);
        return secret ? scan.report(PiiTypes.URL_CREDENTIALS, start, sign) : -1;
    }

    private static boolean endsAuthority(char c) {
        return c <= ' ' || c == '/' || c == '?' || c == '#' || c == '"' || c == '\'' || c == '<' || c == '>'
                || c == '`';
    }
}
