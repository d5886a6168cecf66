package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.secret.SecretValueRules.Binding;
import dev.llmops.redaction.internal.text.CharSet;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.EarlierLabels;
import dev.llmops.redaction.internal.text.Occurrence;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Unescaped;
import java.util.List;

/** Values behind a name that says they are secret: {@code NAME=value}, {@code "name": "value"}, headers, and in words. */
public final class Assignments {

    private static final int LONGEST_VERB = 8;
    private static final int LONGEST_TYPE = 12;
    private static final int LONGEST_REMARK = 24;
    private static final List<String> SCHEMES =
            List.of("bearer", "basic", "token", "apikey", "api-token", "api-key", "oauth", "bot", "ssws");

    /** Letters and signs before a string in several languages. */
    private static final CharSet STRING_MARKS = CharSet.of("NnBbRrUuFfLE@");

    private static final CharSet SCHEME_INITIALS = CharSet.of(Chars.initials(SCHEMES));
    private static final int GAP = 4;
    private static final int SHORTEST_BEARER = 10;
    private static final int LONG_BEARER = 24;
    private static final int LONGEST_CONTENT = 512;
    private static final int LEADERS = 24;
    private static final int LONGEST_BULLET = 8;
    private static final int LONGEST_LABEL = 48;
    private static final int LONGEST_TAGS = 128;
    private static final String CDATA = "<![CDATA[";

    private final ScanState scan;
    private final Source source;
    private final VendorKeys keys;
    private final NamedFields fields;
    private final Cookies cookies;
    private final HtmlTables tables;
    private final Expected expected = new Expected();
    private final Occurrence tag;
    private final Occurrence dataEnd;

    public Assignments(ScanState scan, VendorKeys keys) {
        this.scan = scan;
        this.source = scan.source;
        this.keys = keys;
        this.fields = new NamedFields(scan, expected);
        this.cookies = new Cookies(source);
        this.tables = new HtmlTables(source, expected);
        this.tag = new Occurrence(source, "<");
        this.dataEnd = new Occurrence(source, "]]>");
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
        if (name == SecretNames.NONE && !SecretValueRules.isQuote(source.at(nameEnd))) {
            name = equals ? beforeType(nameEnd) : beforeVerb(nameEnd);
        }
        int start = SecretValueRules.behindBold(source, mark + (equals && next == '>' ? 2 : 1));
        int gapEnd = source.skip(start, Chars.SPACE, start + GAP);
        cookies.note(mark, nameEnd);
        boolean open = name == SecretNames.NONE || name == SecretNames.KEY;
        SecretNames named = open ? fields.promiseAt(mark, nameEnd, gapEnd) : SecretNames.NONE;
        if (named != SecretNames.NONE) {
            return value(named, gapEnd, Binding.TIGHT);
        }
        if (beforeName(mark)) {
            return -1;
        }
        if (SettingLines.isShortLogin(source, mark)) {
            return value(SecretNames.PASSWORD, gapEnd, Binding.PROSE);
        }
        if (name != SecretNames.NONE) {
            return behindName(name, mark, nameEnd, gapEnd);
        }
        return cookies.holds(mark) ? value(SecretNames.SESSION, gapEnd, Binding.TIGHT) : -1;
    }

    /** Reports the value that the field noted last names from behind; returns whether there is one. */
    private boolean beforeName(int mark) {
        int before = fields.valueBeforeName(mark, scan.found.lastEnd());
        if (before >= 0) {
            value(fields.promise(), before, Binding.TIGHT, mark);
        }
        return before >= 0;
    }

    private int behindName(SecretNames name, int mark, int nameEnd, int from) {
        boolean tight = source.at(mark) == '=' && from == mark + 1 && nameEnd == mark;
        boolean below = !tight && isBelow(mark + 1, from) && !SecretValueRules.isQuote(source.peek(from));
        boolean path = name == SecretNames.PASSWORD && SecretValueRules.isPath(source, from);
        if (below || source.peek(from) == '{') {
            fields.noteParent(name, nameEnd);
            path |= source.peek(source.skip(from, Chars.NAME, from + LONGEST_LABEL)) == ':';
        }
        boolean setting = !below && name == SecretNames.PASSWORD && SettingLines.isWord(source, nameEnd, from);
        int found =
                path ? -1 : value(name, from, tight || setting ? Binding.TIGHT : below ? Binding.PROSE : Binding.LOOSE);
        if (found < 0 && name == SecretNames.SECRET && fields.isCredentials(nameEnd)) {
            fields.expectOfLogin(from);
        } else if (found > 0 && name == SecretNames.SECRET && Chars.lower(source.at(nameEnd - 1)) == 's') {
            expectNextOfList(found);
        }
        return found;
    }

    /** Expects the password of "the login is bob / …" behind the verb. */
    void expectOfLogin(int nameEnd, int from) {
        if (fields.isCredentials(nameEnd) || source.startsWithIgnoreCase("login", nameEnd - 5)) {
            fields.expectOfLogin(from);
        }
    }

    /** Expects another value behind the mark or line that separates it from the last: codes for recovery come in lists. */
    private void expectNextOfList(int end) {
        int at = end;
        while (at < source.length
                && at < end + LONGEST_BULLET
                && (source.is(at, Chars.SPACE) || ",;*-•".indexOf(source.at(at)) >= 0)) {
            at++;
        }
        if (at > end) {
            expected.listed(at);
        }
    }

    /** Returns true if a line ends between: what stands below a name may as well be the next field. */
    private boolean isBelow(int start, int end) {
        for (int i = start; i < end; i++) {
            if (source.at(i) == '\n' || source.at(i) == Unescaped.BREAK) {
                return true;
            }
        }
        return false;
    }

    /** Returns the values that are expected further on. */
    public Expected expected() {
        return expected;
    }

    /** Reports the value that is expected at the index, if it is a secret; returns its end, or -1. */
    public int atExpected(int index) {
        Expected.Value value = expected.take(index);
        if (value == null || index < scan.found.lastEnd()) {
            return -1;
        }
        return switch (value.how()) {
            case ARGUMENT -> scan.report(PiiTypes.SECRET_ASSIGNMENT, index, value.end());
            case CELL ->
                SecretValueRules.isSecretCell(source, value.name(), index, value.end())
                        ? reportTyped(PiiTypes.SECRET_ASSIGNMENT, index, value.end())
                        : -1;
            case LISTED -> {
                int end = value(value.name(), index, Binding.PLAIN);
                if (end > 0) {
                    expectNextOfList(end);
                }
                yield end;
            }
            case QUOTED -> value(value.name(), index, Binding.TIGHT);
            case SAID -> {
                boolean words = SecretValueRules.isQuote(source.peek(index)) && !Calls.isUnlikeWords(source, index);
                yield words ? -1 : value(value.name(), index, Binding.PROSE);
            }
        };
    }

    /** Returns the position before a remark in brackets, as in "password (root):" and "Access Key [None]:". */
    private int beforeBracket(int end, char bracket) {
        int open = end - 1;
        while (open > 0 && end - open < LONGEST_REMARK && source.at(open) != bracket) {
            open--;
        }
        return source.at(open) == bracket && source.peek(open - 1) == ' ' ? open - 1 : end;
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

    /** Returns the promise of the name before a type, as in {@code val password: String = "…"}. */
    private SecretNames beforeType(int end) {
        int colon = end;
        while (colon > 0 && end - colon <= LONGEST_TYPE && source.is(colon - 1, Chars.LETTER)) {
            colon--;
        }
        return source.peek(colon - 1) == ' ' && source.peek(colon - 2) == ':'
                ? SecretNames.of(source, scan.found.lastEnd(), colon - 2)
                : SecretNames.NONE;
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
        while (end > 0 && operator - end < LEADERS && isLeader(source.at(end - 1))) {
            end--;
        }
        if (source.peek(end - 1) == ')') {
            end = beforeBracket(end, '(');
        }
        if (source.peek(end - 1) == ']') {
            // environ['KEY'] names a setting; [API_KEY] is what became of another.
            int remark = beforeBracket(end, '[');
            boolean label = EarlierLabels.startBefore(source, end) < end;
            end = label ? 0 : remark < end ? remark : end - 1;
        }
        return SecretValueRules.isQuote(source.peek(end - 1)) ? end - 1 : end;
    }

    /** Returns true for marks of bold print, and for dots that lead to a value. */
    private static boolean isLeader(char c) {
        return c == '*' || c == '_' || c == '.';
    }

    private static boolean isOperator(char c) {
        return c == ':' || c == '?' || c == '+';
    }

    /** Reports the value that starts there, if it is a secret; returns its end, or -1. */
    int value(SecretNames name, int place, Binding unquoted) {
        return value(name, place, unquoted, source.length);
    }

    /** Reports the value that starts there and ends at the limit at the latest: what names it stands behind it. */
    int value(SecretNames name, int place, Binding unquoted, int limit) {
        int from = quoteFrom(place);
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
        return reportTyped(bearer ? PiiTypes.BEARER : PiiTypes.SECRET_ASSIGNMENT, start, end, limit);
    }

    /** Returns the quote behind a letter such as that of {@code N'…'} and {@code b"…"}, or the last of three quotes. */
    private int quoteFrom(int place) {
        char c = source.peek(place);
        char next = source.peek(place + 1);
        if (SecretValueRules.isQuote(c)) {
            return next == c && source.peek(place + 2) == c ? place + 2 : place;
        }
        boolean marked = (next == '"' || next == '\'') && STRING_MARKS.has(c);
        return marked ? place + 1 : place;
    }

    /** Names the token better where its own shape does. */
    private int reportTyped(String type, int start, int end) {
        return reportTyped(type, start, end, source.length);
    }

    private int reportTyped(String type, int start, int end, int limit) {
        int token = keys.matchWebToken(start);
        int key = token > 0 ? token : keys.match(start);
        String named = token > 0 ? PiiTypes.JWT : key > 0 ? PiiTypes.API_KEY : type;
        int last = Math.min(key > 0 ? longer(key, end) : end, limit);
        return last > start ? scan.report(named, start, last) : -1;
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
        boolean data = source.startsWith(CDATA, bracket + 1);
        int start = data ? bracket + 1 + CDATA.length() : bracket + 1;
        int end = data ? dataEnd.from(start) : tag.from(start);
        if (end - start > LONGEST_CONTENT || !source.startsWith(data ? "]]>" : "</", end)) {
            return -1;
        }
        SecretNames element = SecretNames.of(source, scan.found.lastEnd(), bracket);
        SecretNames name = element == SecretNames.NONE ? fields.promiseOfElement(bracket) : element;
        boolean secret = name != SecretNames.NONE
                && !SecretValueRules.isPlaceholder(source, start)
                && SecretValueRules.isSecret(source, name, Binding.QUOTED, start, (char) 0);
        if (secret) {
            return reportTyped(PiiTypes.SECRET_ASSIGNMENT, start, end);
        }
        expectInNextElement(start, end);
        return -1;
    }

    /** Expects the value behind the label that an element is: {@code <td>Password</td><td>…}, {@code <b>Password:</b> …}. */
    private void expectInNextElement(int start, int end) {
        int labelEnd = source.peek(end - 1) == ':' ? end - 1 : end;
        SecretNames name =
                labelEnd - start > LONGEST_LABEL ? SecretNames.NONE : SecretNames.of(source, start, labelEnd);
        if (name == SecretNames.NONE || name == SecretNames.KEY || tables.below(start, end)) {
            return;
        }
        int at = end;
        for (int i = end; i < end + LONGEST_TAGS && i < source.length; i++) {
            char c = source.at(i);
            if (c == '>') {
                at = i + 1;
            } else if (c != '<' && i == at && !Chars.is(c, Chars.SPACE) && c != ':') {
                expected.said(name, i);
                return;
            } else if (i == at && c != '<') {
                at++;
            }
        }
    }

    /** Notes the name of a variable of Terraform, which stands behind that word. */
    public void noteVariable(int end) {
        fields.noteVariable(end);
    }
}
