package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.WordSet;

/** Hashes of passwords, as {@code crypt}, PHC strings, Django, LDAP and databases write them. */
public final class PasswordHashes {

    private static final WordSet SCHEMES = WordSet.of(
            "1 2 2a 2b 2x 2y 5 6 7 y gy apr1 argon2i argon2d argon2id scrypt pbkdf2 pbkdf2-sha256",
            "pbkdf2-sha512 md5 sha1 p h s");
    private static final WordSet NAMED = WordSet.of(
            "pbkdf2_sha256 pbkdf2_sha1 pbkdf2_sha512 argon2 bcrypt_sha256 scrypt pbkdf2 sha256 scram-sha-256",
            "scram-sha-1 sha512");
    private static final WordSet LDAP =
            WordSet.of("ssha ssha256 ssha512 sha smd5 md5 crypt pbkdf2 sha256 sha512 ssha384");
    private static final int LONGEST_SCHEME = 16;
    private static final int LEAST_BODY = 22;
    private static final int LONGEST = 512;
    private static final int LEAST_LDAP = 16;

    private PasswordHashes() {}

    /** Reports the hash whose scheme the dollar sign opens or closes; returns its end, or -1. */
    public static int find(ScanState scan, int dollar) {
        Source source = scan.source;
        int schemeEnd = dollar + 1;
        while (schemeEnd <= dollar + LONGEST_SCHEME && isScheme(source.peek(schemeEnd))) {
            schemeEnd++;
        }
        if (source.peek(schemeEnd) != '$') {
            return -1;
        }
        boolean opened = SCHEMES.contains(source, dollar + 1, schemeEnd);
        int start = dollar;
        if (!opened) {
            while (start > scan.found.lastEnd() && dollar - start < LONGEST_SCHEME && isScheme(source.at(start - 1))) {
                start--;
            }
            if (!NAMED.contains(source, start, dollar)) {
                return -1;
            }
        }
        int end = schemeEnd;
        while (end < source.length && end < dollar + LONGEST && isBody(source.at(end))) {
            end++;
        }
        while (end > schemeEnd && (source.at(end - 1) == '.' || source.at(end - 1) == ',') && end - start != BCRYPT) {
            end--;
        }
        return end - schemeEnd < LEAST_BODY ? -1 : scan.report(PiiTypes.PASSWORD_HASH, start, end);
    }

    /** Characters of a bcrypt hash, which may end in a dot. */
    private static final int BCRYPT = 60;

    /** Reports the hash behind a scheme in braces, {@code {SSHA}…}; returns its end, or -1. */
    public static int findLdap(ScanState scan, int brace) {
        Source source = scan.source;
        int close = source.skip(brace + 1, Chars.ALNUM, brace + LONGEST_SCHEME);
        if (source.peek(close) != '}' || !LDAP.contains(source, brace + 1, close)) {
            return -1;
        }
        int end = source.skip(close + 1, Chars.BASE64, close + LONGEST);
        while (source.peek(end) == '=') {
            end++;
        }
        return end - close < LEAST_LDAP ? -1 : scan.report(PiiTypes.PASSWORD_HASH, brace, end);
    }

    private static boolean isScheme(char c) {
        return Chars.is(c, Chars.IDENTIFIER) || c == '-';
    }

    private static boolean isBody(char c) {
        return Chars.is(c, Chars.BASE64 | Chars.LOOSE) || c == '$' || c == ',' || c == ':';
    }
}
