package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.internal.secret.SecretValueRules.Binding;
import dev.llmops.redaction.internal.text.CharSet;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.WordSet;

/** Secrets that words and dashes give away: "the password is …", 密码是…, {@code password -> …}. */
public final class SecretPhrases {

    /** Verbs and particles of one character: 密码是…, 密钥为…, パスワードは…, 비밀번호는…, пароль — …, senha é …. */
    private static final CharSet SIGNS = CharSet.of("是为為は는은éè—àäьهをñ를→łöş码碼ド호번डб");

    /** Verbs that may stand between a name and its value. */
    public static final String VERBS = "is es ist est was lautet war equals are er jest adalah";

    /** Names of passwords that a value may follow with nothing between. Short ones would cost the scanner a look at many words. */
    public static final String PASSWORDS =
            "passwort kennwort wachtwoord contrasena salasana adgangskode passe passwd passcode"
                    + " passphrase pwd pw mdp senha clave parola";

    /** Last words in the names of other secrets that a value may follow. */
    public static final String SECRETS = "token secret key code codes credential";

    static final WordSet VERB_WORDS = WordSet.of(VERBS);
    private static final int LONGEST_LOGIN = 96;
    private static final int GAP = 4;
    /** The characters that say of a password that it was changed. */
    private static final CharSet CHANGES = CharSet.of("改成为為是设設置更新重修换換到变變了已被就用");

    /** Particles between a name and a question mark. */
    private static final CharSet TOPICS = CharSet.of("は는은");

    private static final int LONGEST_CHANGE = 5;

    /** Words between the name of a password and its value, as in "I set the password of the router to …". */
    private static final WordSet BETWEEN = WordSet.of(
            "is was are has been will be should must now to as for of the my your our new old set changed reset account",
            "admin root user wifi wlan router server database db login app email mail ist war wird jetzt neu vom von der des",
            "del de la el du do da compte cuenta conta correo es est era nouveau nueva nuevo nova from auf wurde en a hint it i use",
            "now currently then");

    private static final int MOST_BETWEEN = 5;
    private static final int LONGEST_BETWEEN = 10;

    private final ScanState scan;
    private final Source source;
    private final Assignments assignments;
    private final Announced announced;
    private final Tables tables;
    private final SqlColumns columns;

    public SecretPhrases(ScanState scan, Assignments assignments) {
        this.scan = scan;
        this.source = scan.source;
        this.assignments = assignments;
        this.announced = new Announced(scan, assignments);
        this.tables = new Tables(source, assignments.expected());
        this.columns = new SqlColumns(source, assignments.expected());
    }

    /** Expects the values of secret columns behind the word "values" of SQL. */
    public void atValues(int start, int end) {
        columns.atValues(start, end);
    }

    /** Returns true for a verb or particle of one character that may stand between a name and its value. */
    public static boolean isSign(char raw) {
        return raw >= 0x80 && SIGNS.has(raw);
    }

    /** Reports the value behind a verb that follows the name of a secret; returns its end, or -1. */
    public int afterVerb(int start, int end) {
        boolean french = source.peek(start - 1) == '\'' && Chars.lower(source.peek(start - 2)) == 'c';
        int before = french ? start - 3 : start - 1;
        if (source.peek(before) != ' ' || source.peek(end) != ' ') {
            return -1;
        }
        SecretNames name = SecretNames.of(source, scan.found.lastEnd(), before);
        int from = source.skip(end, Chars.SPACE, end + GAP);
        int found = name == SecretNames.NONE ? -1 : assignments.value(name, from, Binding.PROSE);
        if (found < 0) {
            assignments.expectOfLogin(before, from);
        }
        return found;
    }

    /** Reports the value that stands behind the word "password" with nothing between; returns its end, or -1. */
    public int afterPassword(int start, int end) {
        int from = source.skip(end, Chars.SPACE, end + GAP);
        boolean bracket = source.peek(from) == '(' && SecretValueRules.isQuote(source.peek(from + 1));
        boolean quoted = bracket || (from > end && source.peek(from) == '\'');
        if (quoted) {
            return assignments.value(SecretNames.PASSWORD, bracket ? from + 1 : from, Binding.LOOSE);
        }
        if (source.startsWith("'s ", end)) {
            return assignments.value(SecretNames.PASSWORD, end + 3, Binding.PROSE);
        }
        boolean login = from > end && isBehindLogin(start);
        if (login) {
            return assignments.value(SecretNames.PASSWORD, from, Binding.TIGHT);
        }
        return afterName(start, end);
    }

    /** Reports the value behind the name of a key, token or code that ends there; returns its end, or -1. */
    public int afterSecret(int start, int end) {
        SecretNames name = isAssigned(end) ? SecretNames.NONE : SecretNames.of(source, scan.found.lastEnd(), end);
        if (name == SecretNames.KEY) {
            return RouterLines.afterKey(scan, end);
        }
        if (name != SecretNames.SECRET) {
            return -1;
        }
        if (source.peek(end) == '?') {
            announced.expectAnswer(name, end + 1);
            return -1;
        }
        if (isWordBehind(end)) {
            announced.expect(name, end);
            return -1;
        }
        int from = source.skip(end, Chars.SPACE, end + GAP);
        int found = from == end ? inPair(name, start, end) : typed(name, from);
        if (found < 0) {
            tables.below(start, end);
            announced.expect(name, end);
        }
        return found;
    }

    /** Reports the value behind a dash or arrow between spaces, or behind the bar of a table; returns its end, or -1. */
    public int afterDash(int dash) {
        char next = source.peek(dash + 1);
        if (source.peek(dash - 1) != ' ' || (next != ' ' && next != '>')) {
            return -1;
        }
        SecretNames name =
                SecretNames.of(source, scan.found.lastEnd(), source.peek(dash - 2) == '*' ? dash - 3 : dash - 1);
        int from = next == '>' ? dash + 2 : dash + 1;
        boolean said = name == SecretNames.PASSWORD || name == SecretNames.SECRET;
        return said ? assignments.value(name, source.skip(from, Chars.SPACE, from + GAP), Binding.PROSE) : -1;
    }

    /** Reports the value that stands behind the name of a password with nothing between; returns its end, or -1. */
    public int afterName(int start, int end) {
        if (isAssigned(end)) {
            return -1;
        }
        int question = source.peek(end) == ' ' ? end + 1 : end;
        if (source.peek(question) == '?') {
            announced.expectAnswer(SecretNames.PASSWORD, question + 1);
            return -1;
        }
        boolean quoted = SecretValueRules.isQuote(source.peek(end));
        int found = quoted ? inPair(SecretNames.PASSWORD, start, end) : directlyAfter(end);
        if (found < 0) {
            announced.before(SecretNames.PASSWORD, start);
            tables.below(start, end);
            announced.expect(SecretNames.PASSWORD, end);
        }
        return found;
    }

    /** Returns true if a word of small letters follows, which is no secret. */
    private boolean isWordBehind(int end) {
        int wordEnd = source.peek(end) == ' ' ? source.skip(end + 1, Chars.LOWER, end + LONGEST_LOGIN) : end;
        return wordEnd > end + 1 && " .,;)\n".indexOf(source.peek(wordEnd)) >= 0;
    }

    /** Returns true before a colon or an equals sign, which is asked itself. */
    private boolean isAssigned(int end) {
        char next = source.peek(end);
        char last = SecretValueRules.isQuote(next) ? source.peek(end + 1) : next;
        return last == ':' || last == '=';
    }

    private int directlyAfter(int end) {
        int from = source.skip(end, Chars.SPACE, end + GAP);
        if (from == end) {
            return -1;
        }
        int found = isPathBelow(end, from) ? -1 : typed(SecretNames.PASSWORD, from);
        for (int words = 0; found < 0 && words < MOST_BETWEEN; words++) {
            int wordEnd = source.skip(from, Chars.LETTER, from + LONGEST_BETWEEN);
            if (source.peek(wordEnd) != ' ' || !BETWEEN.contains(source, from, wordEnd)) {
                return -1;
            }
            from = source.skip(wordEnd, Chars.SPACE, wordEnd + GAP);
            found = assignments.value(SecretNames.PASSWORD, from, Binding.PLAIN);
        }
        if (found > 0) {
            announced.expectNext(SecretNames.PASSWORD, found);
        }
        return found;
    }

    /** Reports the value behind the name and, in the lines of routers, the digit that says how it is written. */
    private int typed(SecretNames name, int from) {
        boolean type = RouterLines.isType(source, from);
        return assignments.value(name, type ? from + 2 : from, type ? Binding.PROSE : Binding.PLAIN);
    }

    /** Reports what stands behind the word "pass", or expects the cells below it; returns its end, or -1. */
    public int afterPass(int start, int end) {
        if (source.peek(end) != ' ') {
            tables.below(start, end);
            return -1;
        }
        return announced.afterPass(start, end + 1);
    }

    /** Reports the second text of a pair such as {@code ["X-Api-Key", "…"]}; returns its end, or -1. */
    private int inPair(SecretNames name, int start, int end) {
        char quote = source.peek(end);
        if (!SecretValueRules.isQuote(quote) || source.peek(end + 1) != ',') {
            return -1;
        }
        int value = source.skip(end + 2, Chars.SPACE, end + GAP);
        int open = start;
        while (open > 0 && start - open < LONGEST_LOGIN && source.is(open - 1, Chars.NAME)) {
            open--;
        }
        boolean pair = source.peek(open - 1) == quote
                && "[({".indexOf(source.peek(open - 2)) >= 0
                && SecretValueRules.isQuote(source.peek(value))
                && Calls.isUnlikeWords(source, value);
        int valueEnd = pair ? SecretValueRules.end(source, value + 1, source.at(value)) : -1;
        boolean closed = pair && "])}".indexOf(source.peek(valueEnd + 1)) >= 0;
        return closed ? assignments.value(name, value, Binding.LOOSE) : -1;
    }

    /** Returns true for what {@code pwd} prints on the next line. */
    private boolean isPathBelow(int end, int from) {
        return source.at(end) == '\n' && "/~".indexOf(source.peek(from)) >= 0;
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
                int found = assignments.value(SecretNames.PASSWORD, from, Binding.TIGHT);
                if (source.startsWithIgnoreCase(" replace ", found + 1)) {
                    assignments.expected().quoted(found + 10);
                }
                return found;
            }
        }
        return -1;
    }

    /** Reports the value behind a verb of one character, such as 是 and は; returns the index to go on from. */
    public int afterSign(int verb) {
        int word = verbOfLetters(verb);
        word = word == 0 ? nameOfIdeographs(verb) : word;
        if (word != 0) {
            return word < 0 ? verb + 1 : word;
        }
        int nameEnd = source.peek(verb - 1) == ' ' ? verb - 1 : verb;
        if (Chars.isAccented(source.at(verb)) && (nameEnd == verb || source.peek(verb + 1) != ' ')) {
            return verb + 1;
        }
        SecretNames name = SecretNames.of(source, scan.found.lastEnd(), nameEnd);
        int next = name == SecretNames.NONE ? -1 : assignments.value(name, behindColon(verb + 1), Binding.LOOSE);
        return next < 0 ? verb + 1 : next;
    }

    private int behindColon(int start) {
        int at = source.skip(start, Chars.SPACE, start + GAP);
        return source.peek(at) == ':' ? source.skip(at + 1, Chars.SPACE, at + GAP) : at;
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
                boolean named = (source.peek(end) == ' ' || source.peek(end) == '?') && source.peek(at - 1) == 'л';
                return named && SecretNames.of(source, scan.found.lastEnd(), end) == SecretNames.PASSWORD
                        ? afterName(at, end)
                        : -1;
            }
            case 'б' -> {
                return -1; // Of собака, the sign of an address.
            }
            case 'ł' -> {
                return source.peek(at - 1) == 's' && source.peek(end) == 'o' ? afterOtherName(at, at + 2) : -1;
            }
            case 'ö' -> {
                return source.peek(at - 1) == 'l' && source.startsWith("senord", end) ? afterOtherName(at, at + 7) : -1;
            }
            case 'ş' -> {
                return source.startsWith("ifre", end)
                        ? afterOtherName(at, source.skip(at + 5, Chars.LETTER, at + LONGEST_BETWEEN))
                        : -1;
            }
            case 'ñ' -> {
                return source.peek(at - 1) == 'e' && source.peek(end) == 'a' ? afterOtherName(at, at + 2) : -1;
            }
            default -> {
                return 0;
            }
        }
        if (nameEnd < 0 || source.peek(nameEnd) != ' ' || source.peek(end) != ' ') {
            return -1;
        }
        SecretNames name = SecretNames.of(source, scan.found.lastEnd(), nameEnd);
        return name == SecretNames.NONE
                ? -1
                : assignments.value(name, source.skip(end, Chars.SPACE, end + GAP), Binding.PROSE);
    }

    private int afterOtherName(int start, int end) {
        boolean named = SecretNames.of(source, scan.found.lastEnd(), end) == SecretNames.PASSWORD;
        return named ? afterName(start, end) : -1;
    }

    /**
     * Judges the end of a name in ideographs or syllables, 密码, パスワード or 비밀번호, with the value behind it: at once, or
     * behind characters that say what it became. Returns the end of the value, 0 for another sign, or -1.
     */
    private int nameOfIdeographs(int at) {
        boolean named =
                switch (source.raw(at)) {
                    case '码', '碼' -> source.peek(at - 1) == '密';
                    case 'ド' -> source.peek(at - 1) == 'ー' && source.peek(at - 2) == 'ワ';
                    case '호' -> source.peek(at - 1) == '번' && source.peek(at - 2) == '밀';
                    case '번' -> source.peek(at - 1) == '비' && source.peek(at + 1) != '호';
                    case 'ड' -> source.startsWith("पासवर्", at - 6);
                    default -> true;
                };
        if (!named) {
            return -1;
        }
        if ("码碼ド호번ड".indexOf(source.raw(at)) < 0) {
            return 0;
        }
        tables.below(at, at + 1);
        announced.beforeIdeographs(at);
        int from = at + 1;
        while (from <= at + LONGEST_CHANGE && CHANGES.has(source.peek(from))) {
            from++;
        }
        int question = TOPICS.has(source.peek(at + 1)) ? at + 2 : at + 1;
        if (source.peek(question) == '?') {
            announced.expectAnswer(SecretNames.PASSWORD, question + 1);
            return -1;
        }
        boolean changed = from > at + 1;
        int start = source.skip(from, Chars.SPACE, from + GAP);
        return source.peek(start) == ':'
                ? -1
                : assignments.value(SecretNames.PASSWORD, start, changed ? Binding.PROSE : Binding.PLAIN);
    }
}
