package dev.llmops.redaction.internal.scan;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Labels;
import dev.llmops.redaction.internal.text.SecretNames;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Values;
import dev.llmops.redaction.internal.text.Values.Binding;
import java.util.List;

/** Values behind a name that says they are secret: {@code NAME=value}, {@code "name": "value"}, headers, and in words. */
final class Assignments {

    /** "Is" and "as" of Chinese sentences: 密码是…, 密钥为…. */
    static final char IS = '是';

    static final char AS = '为';

    private static final List<String> SCHEMES =
            List.of("bearer", "basic", "token", "apikey", "api-token", "api-key", "oauth", "bot", "ssws");

    private static final String SCHEME_INITIALS = Chars.initials(SCHEMES);
    private static final int GAP = 4;
    private static final int SHORTEST_BEARER = 10;
    private static final int LONG_BEARER = 24;
    private static final int LONGEST_CONTENT = 512;

    private Assignments() {}

    /** Reports the value behind a colon or an equals sign and answers its end, or -1. */
    static int find(Scan scan, int mark) {
        Source source = scan.source;
        char next = source.peek(mark + 1);
        boolean equals = source.at(mark) == '=';
        char previous = source.peek(mark - 1);
        boolean comparison = next == '=' || previous == '=' || previous == '!' || previous == '<' || previous == '>';
        if (equals ? comparison : next == '=' || next == ':') {
            return -1;
        }
        int nameEnd = endOfName(source, mark);
        SecretNames name = SecretNames.of(source, scan.found.lastEnd(), nameEnd);
        if (name == SecretNames.NONE) {
            return -1;
        }
        int start = mark + (equals && next == '>' ? 2 : 1);
        int gapEnd = source.skip(start, Chars.SPACE, start + GAP);
        boolean tight = equals && gapEnd == mark + 1 && nameEnd == mark;
        return value(scan, name, gapEnd, tight ? Binding.TIGHT : Binding.LOOSE);
    }

    /** Before the operator, its spaces, and a closing quote or bracket. */
    private static int endOfName(Source source, int mark) {
        int end = mark;
        while (end > 0 && mark - end < 3 && isOperator(source.at(end - 1))) {
            end--;
        }
        int operator = end;
        while (end > 0 && operator - end < GAP && (source.at(end - 1) == ' ' || source.at(end - 1) == '\t')) {
            end--;
        }
        if (source.peek(end - 1) == ']') {
            // environ['KEY'] names a setting; [API_KEY] is what became of another.
            end = Labels.startBefore(source, end) < end ? 0 : end - 1;
        }
        return Values.isQuote(source.peek(end - 1)) ? end - 1 : end;
    }

    private static boolean isOperator(char c) {
        return c == ':' || c == '?' || c == '+';
    }

    /** Reports the value that starts there, if it is a secret; answers its end, or -1. */
    static int value(Scan scan, SecretNames name, int from, Binding unquoted) {
        Source source = scan.source;
        char quote = source.peek(from);
        boolean quoted = Values.isQuote(quote);
        int opening = Values.behindOpening(source, quoted ? from + 1 : from);
        int start = afterScheme(source, opening);
        boolean scheme = start > opening;
        if (source.startsWith("-----BEGIN", start) || Values.isPlaceholder(source, start)) {
            return -1;
        }
        SecretNames promise = scheme && name == SecretNames.KEY ? SecretNames.HEADER : name;
        Binding binding = quoted ? Binding.QUOTED : scheme ? Binding.TIGHT : unquoted;
        if (!Values.isSecret(source, promise, binding, start, quote)) {
            return -1;
        }
        int end = Values.end(source, start, quote);
        boolean bearer = scheme && source.startsWithIgnoreCase("bearer", opening);
        return reportTyped(scan, bearer ? PiiTypes.BEARER : PiiTypes.SECRET_ASSIGNMENT, start, end);
    }

    /** Names the token better where its own shape does. */
    private static int reportTyped(Scan scan, String type, int start, int end) {
        int token = scan.webTokens().match(scan, start);
        if (token > 0) {
            return scan.report(PiiTypes.JWT, start, longer(scan.source, token, end));
        }
        int key = VendorKeys.match(scan, start);
        return scan.report(key > 0 ? PiiTypes.API_KEY : type, start, key > 0 ? longer(scan.source, key, end) : end);
    }

    /** The end of the value, unless only punctuation of the sentence stands between the token and it. */
    private static int longer(Source source, int tokenEnd, int valueEnd) {
        int at = tokenEnd;
        while (at < valueEnd && !source.is(at, Chars.ALNUM)) {
            at++;
        }
        return at < valueEnd ? valueEnd : tokenEnd;
    }

    private static int afterScheme(Source source, int start) {
        if (SCHEME_INITIALS.indexOf(Chars.lower(source.peek(start))) < 0) {
            return start;
        }
        for (String scheme : SCHEMES) {
            int end = start + scheme.length();
            if (source.peek(end) == ' ' && source.startsWithIgnoreCase(scheme, start)) {
                return source.skip(end, Chars.SPACE, end + 3);
            }
        }
        return start;
    }

    /** Reports the token behind the word "bearer", if that is the word; answers its end, or -1. */
    static int afterBearer(Scan scan, int start, int end) {
        Source source = scan.source;
        if (!source.startsWithIgnoreCase("bearer", start) || source.peek(end) != ' ') {
            return -1;
        }
        int from = source.skip(end, Chars.SPACE, end + GAP);
        int tokenEnd = from;
        boolean digit = false;
        while (tokenEnd < source.length && isBearer(source.at(tokenEnd))) {
            digit |= source.is(tokenEnd, Chars.DIGIT);
            tokenEnd++;
        }
        while (tokenEnd > from && source.at(tokenEnd - 1) == '.') {
            tokenEnd--;
        }
        int length = tokenEnd - from;
        boolean token = length >= SHORTEST_BEARER && (digit || length >= LONG_BEARER);
        return token ? reportTyped(scan, PiiTypes.BEARER, from, tokenEnd) : -1;
    }

    private static boolean isBearer(char c) {
        return Chars.is(c, Chars.LOOSE | Chars.BASE64) || c == '~';
    }

    /** Reports the content of an XML element with a telling name, {@code <password>…</password>}; answers its end, or -1. */
    static int inElement(Scan scan, int bracket) {
        Source source = scan.source;
        int start = bracket + 1;
        int end = scan.nextTag(start);
        if (end - start > LONGEST_CONTENT || !source.startsWith("</", end)) {
            return -1;
        }
        SecretNames name = SecretNames.of(source, scan.found.lastEnd(), bracket);
        boolean secret = name != SecretNames.NONE
                && !Values.isPlaceholder(source, start)
                && Values.isSecret(source, name, Binding.QUOTED, start, (char) 0);
        return secret ? reportTyped(scan, PiiTypes.SECRET_ASSIGNMENT, start, end) : -1;
    }

    /** Reports what a sentence says the password is; answers its end, or -1. */
    static int afterPassword(Scan scan, int start, int end) {
        boolean says = scan.source.startsWithIgnoreCase("password", start) && scan.source.startsWith(" is ", end);
        return says ? value(scan, SecretNames.PASSWORD, end + 4, Binding.LOOSE) : -1;
    }

    /** The same in Chinese; answers where to go on. */
    static int afterChineseVerb(Scan scan, int verb) {
        SecretNames name = SecretNames.of(scan.source, scan.found.lastEnd(), verb);
        int next = name == SecretNames.NONE
                ? -1
                : value(scan, name, scan.source.skip(verb + 1, Chars.SPACE, verb + GAP), Binding.LOOSE);
        return next < 0 ? verb + 1 : next;
    }
}
