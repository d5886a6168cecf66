package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.secret.SecretValueRules.Binding;
import dev.llmops.redaction.internal.text.CharSet;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.EarlierLabels;
import dev.llmops.redaction.internal.text.Occurrence;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import java.util.List;

/** Values behind a name that says they are secret: {@code NAME=value}, {@code "name": "value"}, headers, and in words. */
public final class Assignments {

    private static final int LONGEST_VERB = 8;
    private static final int LONGEST_REMARK = 24;
    private static final List<String> SCHEMES =
            List.of("bearer", "basic", "token", "apikey", "api-token", "api-key", "oauth", "bot", "ssws");

    private static final CharSet SCHEME_INITIALS = CharSet.of(Chars.initials(SCHEMES));
    private static final int GAP = 4;
    private static final int SHORTEST_BEARER = 10;
    private static final int LONG_BEARER = 24;
    private static final int LONGEST_CONTENT = 512;

    private final ScanState scan;
    private final Source source;
    private final VendorKeys keys;
    private final NamedFields fields;
    private final Cookies cookies;
    private final Occurrence tag;

    public Assignments(ScanState scan, VendorKeys keys) {
        this.scan = scan;
        this.source = scan.source;
        this.keys = keys;
        this.fields = new NamedFields(source);
        this.cookies = new Cookies(source);
        this.tag = new Occurrence(source, "<");
    }

    /** Reports the value behind a colon or an equals sign and returns its end, or -1. */
    public int find(int mark) {
        char next = source.peek(mark + 1);
        boolean equals = source.at(mark) == '=';
        char previous = source.peek(mark - 1);
        boolean comparison = next == '=' || previous == '=' || previous == '!' || previous == '<' || previous == '>';
        if (equals ? comparison : next == '=' || next == ':') {
            return -1;
        }
        int nameEnd = endOfName(mark);
        SecretNames name = SecretNames.of(source, scan.found.lastEnd(), nameEnd);
        name = name == SecretNames.NONE && !SecretValueRules.isQuote(source.at(nameEnd)) ? beforeVerb(nameEnd) : name;
        int start = behindBold(mark + (equals && next == '>' ? 2 : 1));
        int gapEnd = source.skip(start, Chars.SPACE, start + GAP);
        cookies.note(mark, nameEnd);
        SecretNames named = name == SecretNames.NONE || name == SecretNames.KEY
                ? fields.promiseAt(mark, nameEnd, gapEnd)
                : SecretNames.NONE;
        if (named != SecretNames.NONE) {
            return value(named, gapEnd, Binding.TIGHT);
        }
        int before = fields.valueBeforeName(mark, scan.found.lastEnd());
        if (before >= 0) {
            value(fields.promise(), before, Binding.TIGHT);
            return -1;
        }
        if (name == SecretNames.NONE) {
            return cookies.holds(mark) ? value(SecretNames.SESSION, gapEnd, Binding.TIGHT) : -1;
        }
        boolean path = name == SecretNames.PASSWORD && isPath(gapEnd);
        boolean tight = equals && gapEnd == mark + 1 && nameEnd == mark;
        return path ? -1 : value(name, gapEnd, tight ? Binding.TIGHT : Binding.LOOSE);
    }

    /** Returns the position before a remark in brackets, as in "password (root):". */
    private int beforeBracket(int end) {
        int open = end - 1;
        while (open > 0 && end - open < LONGEST_REMARK && source.at(open) != '(') {
            open--;
        }
        return source.at(open) == '(' && source.peek(open - 1) == ' ' ? open - 1 : end;
    }

    /** Returns the promise of the name before a verb, as in "password is: …". */
    private SecretNames beforeVerb(int end) {
        int start = end;
        while (start > 0 && end - start <= LONGEST_VERB && source.is(start - 1, Chars.LETTER)) {
            start--;
        }
        return source.peek(start - 1) == ' ' && SecretPhrases.VERB_WORDS.contains(source, start, end)
                ? SecretNames.of(source, scan.found.lastEnd(), start - 1)
                : SecretNames.NONE;
    }

    /** Returns the position behind the stars that end bold print, as in {@code **Password:** …}. */
    private int behindBold(int start) {
        int end = start;
        while (end < start + 2 && source.peek(end) == '*') {
            end++;
        }
        return end > start && source.peek(end) == ' ' ? end : start;
    }

    /** Returns the position before the operator, its spaces, and a closing quote or bracket. */
    private int endOfName(int mark) {
        int end = mark;
        while (end > 0 && mark - end < 3 && isOperator(source.at(end - 1))) {
            end--;
        }
        int operator = end;
        while (end > 0 && operator - end < GAP && (source.at(end - 1) == ' ' || source.at(end - 1) == '\t')) {
            end--;
        }
        while (end > 0 && operator - end < GAP && source.at(end - 1) == '*') {
            end--;
        }
        if (source.peek(end - 1) == ')') {
            end = beforeBracket(end);
        }
        if (source.peek(end - 1) == ']') {
            // environ['KEY'] names a setting; [API_KEY] is what became of another.
            end = EarlierLabels.startBefore(source, end) < end ? 0 : end - 1;
        }
        return SecretValueRules.isQuote(source.peek(end - 1)) ? end - 1 : end;
    }

    /** Returns true for a path, as {@code pwd} prints it. */
    private boolean isPath(int start) {
        char first = source.peek(start);
        boolean root = first == '/' || first == '~' || (first == '.' && "./".indexOf(source.peek(start + 1)) >= 0);
        boolean drive = source.peek(start + 1) == ':' && "\\/".indexOf(source.peek(start + 2)) >= 0;
        return (root && (source.is(start + 1, Chars.LETTER) || source.is(start + 1, Chars.CLOSING | Chars.PHONE)))
                || (drive && source.peek(start + 2) != 0 && Chars.is(first, Chars.LETTER));
    }

    private static boolean isOperator(char c) {
        return c == ':' || c == '?' || c == '+';
    }

    /** Reports the value that starts there, if it is a secret; returns its end, or -1. */
    int value(SecretNames name, int from, Binding unquoted) {
        char quote = source.peek(from);
        boolean quoted = SecretValueRules.isQuote(quote);
        int opening = SecretValueRules.behindOpening(source, quoted ? from + 1 : from);
        int start = afterScheme(opening);
        boolean scheme = start > opening;
        if (source.startsWith("-----BEGIN", start) || SecretValueRules.isPlaceholder(source, start)) {
            return -1;
        }
        SecretNames promise = scheme && name == SecretNames.KEY ? SecretNames.HEADER : name;
        Binding binding = quoted ? Binding.QUOTED : scheme ? Binding.TIGHT : unquoted;
        if (!SecretValueRules.isSecret(source, promise, binding, start, quote)) {
            return -1;
        }
        int end = SecretValueRules.end(source, start, quote);
        boolean bearer = scheme && source.startsWithIgnoreCase("bearer", opening);
        return reportTyped(bearer ? PiiTypes.BEARER : PiiTypes.SECRET_ASSIGNMENT, start, end);
    }

    /** Names the token better where its own shape does. */
    private int reportTyped(String type, int start, int end) {
        int token = keys.matchWebToken(start);
        if (token > 0) {
            return scan.report(PiiTypes.JWT, start, longer(token, end));
        }
        int key = keys.match(start);
        return scan.report(key > 0 ? PiiTypes.API_KEY : type, start, key > 0 ? longer(key, end) : end);
    }

    /** The end of the value, unless only punctuation of the sentence stands between the token and it. */
    private int longer(int tokenEnd, int valueEnd) {
        int at = tokenEnd;
        while (at < valueEnd && !source.is(at, Chars.ALNUM)) {
            at++;
        }
        return at < valueEnd ? valueEnd : tokenEnd;
    }

    private int afterScheme(int start) {
        if (!SCHEME_INITIALS.has(Chars.lower(source.peek(start)))) {
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

    /** Reports the token behind the word "bearer"; returns its end, or -1. */
    public int afterBearer(int end) {
        if (source.peek(end) != ' ') {
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
        return token ? reportTyped(PiiTypes.BEARER, from, tokenEnd) : -1;
    }

    private static boolean isBearer(char c) {
        return Chars.is(c, Chars.LOOSE | Chars.BASE64) || c == '~';
    }

    /** Reports the content of an XML element with a telling name, {@code <password>…</password>}; returns its end, or -1. */
    public int inElement(int bracket) {
        int start = bracket + 1;
        int end = tag.from(start);
        if (end - start > LONGEST_CONTENT || !source.startsWith("</", end)) {
            return -1;
        }
        SecretNames element = SecretNames.of(source, scan.found.lastEnd(), bracket);
        SecretNames name = element == SecretNames.NONE ? fields.promiseOfElement(bracket) : element;
        boolean secret = name != SecretNames.NONE
                && !SecretValueRules.isPlaceholder(source, start)
                && SecretValueRules.isSecret(source, name, Binding.QUOTED, start, (char) 0);
        return secret ? reportTyped(PiiTypes.SECRET_ASSIGNMENT, start, end) : -1;
    }

    /** Notes the name of a variable of Terraform, which stands behind that word. */
    public void noteVariable(int end) {
        fields.noteVariable(end);
    }
}
