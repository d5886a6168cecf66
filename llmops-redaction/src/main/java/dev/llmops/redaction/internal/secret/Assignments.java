package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.secret.SecretValueRules.Binding;
import dev.llmops.redaction.internal.text.CharSet;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.EarlierLabels;
import dev.llmops.redaction.internal.text.Occurrence;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.WordSet;
import java.util.List;

/** Values behind a name that says they are secret: {@code NAME=value}, {@code "name": "value"}, headers, and in words. */
public final class Assignments {

    /** Verbs and particles of one character: 密码是…, 密钥为…, パスワードは…, 비밀번호는…, пароль — …, senha é …. */
    private static final CharSet SIGNS = CharSet.of("是为為は는은éè—àäьه");

    /** Verbs that may stand between a name and its value. */
    public static final String VERBS = "is es ist est was lautet war equals are er jest adalah";

    /** Names of passwords that a value may follow with nothing between. Short ones would cost the scanner a look at many words. */
    public static final String PASSWORDS = "passwort kennwort wachtwoord contrasena salasana adgangskode";

    private static final WordSet VERB_WORDS = WordSet.of(VERBS);
    private static final int LONGEST_VERB = 8;
    private static final int LONGEST_LOGIN = 96;

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

    /** Returns true for a verb or particle of one character that may stand between a name and its value. */
    public static boolean isSign(char raw) {
        return SIGNS.has(raw);
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
        name = name == SecretNames.NONE ? beforeVerb(nameEnd) : name;
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

    /** Returns the promise of the name before a verb, as in "password is: …". */
    private SecretNames beforeVerb(int end) {
        int start = end;
        while (start > 0 && end - start <= LONGEST_VERB && source.is(start - 1, Chars.LETTER)) {
            start--;
        }
        return source.peek(start - 1) == ' ' && VERB_WORDS.contains(source, start, end)
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

    /** Reports the value behind a verb that follows the name of a secret; returns its end, or -1. */
    public int afterVerb(int start, int end) {
        boolean french = source.peek(start - 1) == '\'' && Chars.lower(source.peek(start - 2)) == 'c';
        int before = french ? start - 3 : start - 1;
        if (source.peek(before) != ' ' || source.peek(end) != ' ') {
            return -1;
        }
        SecretNames name = SecretNames.of(source, scan.found.lastEnd(), before);
        return name == SecretNames.NONE ? -1 : value(name, source.skip(end, Chars.SPACE, end + GAP), Binding.PROSE);
    }

    /** Reports the value that stands behind the word "password" with nothing between; returns its end, or -1. */
    public int afterPassword(int start, int end) {
        int from = source.skip(end, Chars.SPACE, end + GAP);
        boolean bracket = source.peek(from) == '(' && SecretValueRules.isQuote(source.peek(from + 1));
        boolean quoted = bracket || (from > end && source.peek(from) == '\'');
        if (quoted) {
            return value(SecretNames.PASSWORD, bracket ? from + 1 : from, Binding.LOOSE);
        }
        boolean login = from > end && isBehindLogin(start);
        return from == end ? -1 : value(SecretNames.PASSWORD, from, login ? Binding.TIGHT : Binding.PLAIN);
    }

    /** Reports the value behind a dash or arrow between spaces, or behind the bar of a table; returns its end, or -1. */
    public int afterDash(int dash) {
        char next = source.peek(dash + 1);
        if (source.peek(dash - 1) != ' ' || (next != ' ' && next != '>')) {
            return -1;
        }
        SecretNames name = SecretNames.of(source, scan.found.lastEnd(), source.peek(dash - 2) == '*' ? dash - 3 : dash - 1);
        int from = next == '>' ? dash + 2 : dash + 1;
        boolean said = name == SecretNames.PASSWORD || name == SecretNames.SECRET;
        return said ? value(name, source.skip(from, Chars.SPACE, from + GAP), Binding.PROSE) : -1;
    }

    /**
     * Reports the argument of a call in quotes: {@code setPassword("value")}, {@code define('DB_PASSWORD', 'value')}; returns its
     * end, or -1.
     */
    public int inCall(int bracket) {
        char quote = source.peek(bracket + 1);
        if (!SecretValueRules.isQuote(quote)) {
            return -1;
        }
        SecretNames function = SecretNames.of(source, scan.found.lastEnd(), bracket);
        if (function == SecretNames.PASSWORD || function == SecretNames.SECRET) {
            return isUnlikeWords(bracket + 1) ? value(function, bracket + 1, Binding.LOOSE) : -1;
        }
        int end = source.skip(bracket + 2, Chars.NAME, bracket + 2 + LONGEST_LOGIN);
        if (source.peek(end) != quote || source.peek(end + 1) != ',') {
            return -1;
        }
        SecretNames name = SecretNames.of(source, bracket + 2, end);
        int from = source.skip(end + 2, Chars.SPACE, end + 2 + GAP);
        boolean quoted = name != SecretNames.NONE && SecretValueRules.isQuote(source.peek(from));
        return quoted && isUnlikeWords(from) ? value(name, from, Binding.LOOSE) : -1;
    }

    /** Returns true if a text in quotes has a digit and no space: code often has the words of a label there. */
    private boolean isUnlikeWords(int quote) {
        boolean digit = false;
        for (int i = quote + 1; i < quote + LONGEST_LOGIN; i++) {
            char c = source.peek(i);
            if (c == source.at(quote)) {
                return digit;
            }
            if (c == ' ' || c == 0) {
                return false;
            }
            digit |= Chars.is(c, Chars.DIGIT);
        }
        return digit;
    }

    /** Reports the value that stands behind the name of a password with nothing between; returns its end, or -1. */
    public int afterName(int end) {
        int from = source.skip(end, Chars.SPACE, end + GAP);
        return from == end ? -1 : value(SecretNames.PASSWORD, from, Binding.PLAIN);
    }

    /** Notes the name of a variable of Terraform, which stands behind that word. */
    public void noteVariable(int end) {
        fields.noteVariable(end);
    }

    /** Returns true in a line such as {@code machine host login name password value}. */
    private boolean isBehindLogin(int start) {
        int at = start - 1;
        int floor = Math.max(0, start - LONGEST_LOGIN);
        while (at > floor && Chars.is(source.at(at), Chars.SPACE)) {
            at--;
        }
        while (at > floor && !Chars.is(source.at(at), Chars.SPACE)) {
            at--;
        }
        return source.startsWithIgnoreCase("login", at - 5);
    }

    /** Reports the password of {@code IDENTIFIED BY 'value'}; returns its end, or -1. */
    public int afterIdentified(int end) {
        for (int at = end; at < end + LONGEST_LOGIN && at < source.length && source.raw(at) != '\n'; at++) {
            if (source.startsWithIgnoreCase(" by ", at)) {
                int from = source.skip(at + 4, Chars.SPACE, at + 4 + GAP);
                from = source.startsWithIgnoreCase("password ", from) ? from + 9 : from;
                from = source.startsWithIgnoreCase("values ", from) ? from + 7 : from;
                return value(SecretNames.PASSWORD, from, Binding.TIGHT);
            }
        }
        return -1;
    }

    /** Reports the value behind a verb of one character, such as 是 and は; returns the index to go on from. */
    public int afterSign(int verb) {
        int word = verbOfLetters(verb);
        if (word != 0) {
            return word < 0 ? verb + 1 : word;
        }
        int nameEnd = source.peek(verb - 1) == ' ' ? verb - 1 : verb;
        if (Chars.isAccented(source.at(verb)) && (nameEnd == verb || source.peek(verb + 1) != ' ')) {
            return verb + 1;
        }
        SecretNames name = SecretNames.of(source, scan.found.lastEnd(), nameEnd);
        int next = name == SecretNames.NONE
                ? -1
                : value(name, source.skip(verb + 1, Chars.SPACE, verb + GAP), Binding.LOOSE);
        return next < 0 ? verb + 1 : next;
    }

    /**
     * Judges the letters by which a verb or name of another script is known: là, är, هي, هو and the end of пароль. Returns the
     * end of the value behind it, 0 for another sign, or -1.
     */
    private int verbOfLetters(int at) {
        int nameEnd;
        int end = at + 1;
        switch (source.raw(at)) {
            case 'à' -> nameEnd = source.peek(at - 1) == 'l' ? at - 2 : -1;
            case 'ä' -> {
                nameEnd = source.peek(at + 1) == 'r' ? at - 1 : -1;
                end = at + 2;
            }
            case 'ه' -> {
                nameEnd = source.peek(at + 1) == 'ي' || source.peek(at + 1) == 'و' ? at - 1 : -1;
                end = at + 2;
            }
            case 'ь' -> {
                boolean named = source.peek(end) == ' ' && source.peek(at - 1) == 'л';
                return named && SecretNames.of(source, scan.found.lastEnd(), end) == SecretNames.PASSWORD
                        ? afterName(end)
                        : -1;
            }
            default -> {
                return 0;
            }
        }
        if (nameEnd < 0 || source.peek(nameEnd) != ' ' || source.peek(end) != ' ') {
            return -1;
        }
        SecretNames name = SecretNames.of(source, scan.found.lastEnd(), nameEnd);
        return name == SecretNames.NONE ? -1 : value(name, source.skip(end, Chars.SPACE, end + GAP), Binding.PROSE);
    }
}
