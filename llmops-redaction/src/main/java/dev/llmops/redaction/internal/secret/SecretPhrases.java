package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.internal.secret.SecretValueRules.Binding;
import dev.llmops.redaction.internal.text.CharSet;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.WordSet;

/** Secrets that words, dashes and calls give away: "the password is …", 密码是…, {@code password -> …}, {@code setPassword("…")}. */
public final class SecretPhrases {

    /** Verbs and particles of one character: 密码是…, 密钥为…, パスワードは…, 비밀번호는…, пароль — …, senha é …. */
    private static final CharSet SIGNS = CharSet.of("是为為は는은éè—àäьهをñ를→");

    /** Verbs that may stand between a name and its value. */
    public static final String VERBS = "is es ist est was lautet war equals are er jest adalah";

    /** Names of passwords that a value may follow with nothing between. Short ones would cost the scanner a look at many words. */
    public static final String PASSWORDS = "passwort kennwort wachtwoord contrasena salasana adgangskode passe";

    static final WordSet VERB_WORDS = WordSet.of(VERBS);
    private static final int LONGEST_LOGIN = 96;
    private static final int GAP = 4;

    /** Words between the name of a password and its value, as in "I set the password of the router to …". */
    private static final WordSet BETWEEN = WordSet.of(
            "is was are has been will be should must now to as for of the my your our new old set changed reset account",
            "admin root user wifi wlan router server database db login app email mail ist war wird jetzt neu vom von der des",
            "del de la el du do da compte cuenta conta correo es est era nouveau nueva nuevo nova");

    private static final int MOST_BETWEEN = 5;
    private static final int LONGEST_BETWEEN = 10;

    private final ScanState scan;
    private final Source source;
    private final Assignments assignments;

    public SecretPhrases(ScanState scan, Assignments assignments) {
        this.scan = scan;
        this.source = scan.source;
        this.assignments = assignments;
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
        return name == SecretNames.NONE
                ? -1
                : assignments.value(name, source.skip(end, Chars.SPACE, end + GAP), Binding.PROSE);
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
        return afterName(end);
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
            return isUnlikeWords(bracket + 1) ? assignments.value(function, bracket + 1, Binding.LOOSE) : -1;
        }
        int end = source.skip(bracket + 2, Chars.NAME, bracket + 2 + LONGEST_LOGIN);
        if (source.peek(end) != quote || source.peek(end + 1) != ',') {
            return -1;
        }
        SecretNames name = SecretNames.of(source, bracket + 2, end);
        int from = source.skip(end + 2, Chars.SPACE, end + 2 + GAP);
        boolean quoted = name != SecretNames.NONE && SecretValueRules.isQuote(source.peek(from));
        return quoted && isUnlikeWords(from) ? assignments.value(name, from, Binding.LOOSE) : -1;
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
        if (from == end) {
            return -1;
        }
        int found = assignments.value(SecretNames.PASSWORD, from, Binding.PLAIN);
        for (int words = 0; found < 0 && words < MOST_BETWEEN; words++) {
            int wordEnd = source.skip(from, Chars.LETTER, from + LONGEST_BETWEEN);
            if (source.peek(wordEnd) != ' ' || !BETWEEN.contains(source, from, wordEnd)) {
                return -1;
            }
            from = source.skip(wordEnd, Chars.SPACE, wordEnd + GAP);
            found = assignments.value(SecretNames.PASSWORD, from, Binding.PLAIN);
        }
        return found;
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
                return assignments.value(SecretNames.PASSWORD, from, Binding.TIGHT);
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
                : assignments.value(name, source.skip(verb + 1, Chars.SPACE, verb + GAP), Binding.LOOSE);
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
            case 'ñ' -> {
                boolean named = source.peek(at - 1) == 'e' && source.peek(end) == 'a' && source.peek(end + 1) == ' ';
                return named && SecretNames.of(source, scan.found.lastEnd(), end + 1) == SecretNames.PASSWORD
                        ? afterName(end + 1)
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
        return name == SecretNames.NONE
                ? -1
                : assignments.value(name, source.skip(end, Chars.SPACE, end + GAP), Binding.PROSE);
    }
}
