package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.internal.text.CharSet;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Unescaped;
import dev.llmops.redaction.internal.text.WordSet;
import java.util.List;

/** Judges whether the value of a setting is a secret or only a word, a reference or a template. */
public final class SecretValueRules {

    /** Beginnings of examples in manuals, and references to where the value is kept. */
    private static final List<String> STAND_INS = List.of(
            "your_",
            "your ",
            "enter ",
            "your-",
            "yourpass",
            "yourapi",
            "yourtoken",
            "yoursecret",
            "yourkey",
            "changeme",
            "change_me",
            "change-me",
            "placeholder",
            "replace_",
            "replace-",
            "replaceme",
            "insert_",
            "insert-",
            "file://",
            "!secret ",
            "!vault ",
            "!ref ",
            "!sub ",
            "!getatt ",
            "string!",
            "id_rsa",
            "id_ed25519",
            "id_ecdsa",
            "id_dsa",
            "sha256with",
            "sha512with",
            "sha1with",
            "hmac-sha",
            "hmacsha",
            "rsa-sha",
            "!env ",
            "env:",
            "file:",
            "@env",
            "vault:",
            "process.env",
            "os.environ",
            "os.getenv",
            "system.getenv");

    private static final CharSet STAND_IN_INITIALS = CharSet.of(Chars.initials(STAND_INS));

    /** Placeholder words. */
    private static final WordSet REMARKS = WordSet.of(
            "undefined required missing redacted filtered masked hidden omitted removed",
            "expired invalid revoked disabled enabled optional unknown string");

    /** Words of forms about passwords, which the number of a footnote may follow. */
    private static final WordSet FORMS = WordSet.of(
            "forgotten forgot reset change confirm repeat vergeten wijzigen vergessen ändern zurücksetzen bestätigen",
            "wiederholen oublié oubliée modifier olvidada olvidado cambiar esquecida alterar dimenticata zapomniane");

    /** Words that describe a password in a line of settings, or its type. */
    private static final WordSet DESCRIPTIONS = WordSet.of(
            "string number integer boolean object binary varchar secret password hidden visible changed default prompt",
            "pending generated random strong medium incorrect wrong unchanged provided verified hashed encrypted plaintext",
            "bcrypt argon2 unset erforderlich falsch abgelaufen gesetzt geändert unbekannt ungültig obligatoire incorrect",
            "obligatoria incorrecta requerida obbligatoria errata verplicht onjuist wymagane обязателен неверный");

    private static final WordSet ALGORITHMS = WordSet.of(
            "aes rsa sha md hmac pbkdf argon des ed ecdsa wpa tls ssl chacha blake scrypt bcrypt pkcs camellia");

    private static final WordSet MODES =
            WordSet.of("gcm cbc ctr ecb xts psk eap sha sae enterprise personal id d i poly");

    private static final int SHORTEST_WEAK = 3;
    private static final int LONGEST_WEAK = 12;
    /** Words and figures that lists of leaked passwords begin with. */
    private static final WordSet WEAK = WordSet.of(
            "1234 12345 0000 1111 qwerty qwertz azerty asdf asdfgh zxcvbn zxcvbnm letmein iloveyou monkey",
            "dragon football baseball sunshine princess shadow superman batman master welcome login admin",
            "root toor guest password passw0rd abc123 trustno1 starwars freedom michael jordan",
            "whatever", // plain-english:allow
            "hunter ninja mustang access flower charlie donald secret computer internet soccer hockey killer",
            "pepper cheese ginger summer winter hello test passwort hallo schatz motdepasse soleil doudou",
            "contraseña hola senha amor parola juventus пароль wachtwoord tigger ashley bailey jesus cookie",
            "matrix liverpool chelsea arsenal");

    private SecretValueRules() {}

    /** Returns true if nothing, a template, a mask or an earlier replacement starts there, or a stand-in of the writer's. */
    public static boolean isPlaceholder(Source source, int start) {
        return isTemplate(source, start) || isStandIn(source, start);
    }

    private static boolean isStandIn(Source source, int start) {
        if (!STAND_IN_INITIALS.has(Chars.lower(source.peek(start)))) {
            return false;
        }
        for (String word : STAND_INS) {
            if (source.startsWithIgnoreCase(word, start)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTemplate(Source source, int start) {
        char next = source.peek(start + 1);
        return switch (source.peek(start)) {
            case 0, ',', '<', '[', '{' -> true;
            case '$' -> next == '{' || next == '(' || next == '_' || Chars.is(next, Chars.UPPER);
            case '%' -> next == '(' || next == '{' || next == 's' || Chars.is(next, Chars.UPPER);
            case '*' -> next == '*';
            case '.' -> next == '.';
            default -> false;
        };
    }

    /** Returns true if a value is a secret, given what its name promises and how tightly it is bound to it. Judged by a sample. */
    public static boolean isSecret(Source source, SecretNames name, Binding binding, int start, char quote) {
        SecretPrefix sample = new SecretPrefix(source, start, quote);
        if (name == SecretNames.PASSWORD && binding != Binding.PLAIN && isWeak(source, start, sample.length(), quote)) {
            return true;
        }
        return sample.mayBe(name)
                && !sample.isPlain(name, binding)
                && sample.read(source, start).isSecret(name, binding)
                && !isRemark(source, start, sample)
                && ((binding != Binding.PROSE && binding != Binding.LOOSE)
                        || !isAlgorithm(source, start, start + sample.length()));
    }

    /** Returns true for a word that says something about a password and is none. */
    static boolean isDescription(Source source, int start, int end) {
        return REMARKS.contains(source, start, end)
                || FORMS.contains(source, start, end)
                || DESCRIPTIONS.contains(source, start, end);
    }

    /** Returns true for the name of a cipher, a hash or a protocol, such as {@code AES-256-GCM} and {@code PBKDF2}. */
    private static boolean isAlgorithm(Source source, int start, int end) {
        int at = source.skip(start, Chars.LETTER, end);
        boolean known = ALGORITHMS.contains(source, start, at);
        while (known && at < end) {
            int from = source.peek(at) == '-' || source.peek(at) == '_' ? at + 1 : at;
            int digits = source.skip(from, Chars.DIGIT, end);
            at = digits > from ? digits : source.skip(from, Chars.LETTER, end);
            known = digits > from || MODES.contains(source, from, at);
        }
        return known;
    }

    /** Returns true if the cell of a table is a secret, given what the head of its column promises. */
    static boolean isSecretCell(Source source, SecretNames name, int start, int end) {
        SecretPrefix sample = SecretPrefix.between(source, start, end);
        boolean weak = name == SecretNames.PASSWORD && WEAK.contains(source, start, end);
        return !isPlaceholder(source, start)
                && (weak || (sample.mayBe(name) && sample.read(source, start).isSecret(name, Binding.PROSE)));
    }

    /** Returns true for a word that people choose as a password, with nothing of a sentence behind it. */
    private static boolean isWeak(Source source, int start, int length, char quote) {
        if (length < SHORTEST_WEAK || length > LONGEST_WEAK) {
            return false;
        }
        char next = source.peek(start + length);
        int after = source.skip(start + length, Chars.CLOSING, start + length + 2);
        boolean closed =
                isQuote(quote) ? next == quote : after == source.length || isEndOfClause(source, start + length);
        return closed && WEAK.contains(source, start, start + length);
    }

    private static boolean isEndOfClause(Source source, int end) {
        char next = source.peek(end);
        return ".,;\n)]}\"'&<".indexOf(next) >= 0 || next == Unescaped.BREAK;
    }

    private static boolean isRemark(Source source, int start, SecretPrefix sample) {
        int end = start + sample.length();
        return sample.isWord()
                ? REMARKS.contains(source, start, end)
                : source.is(end - 1, Chars.DIGIT) && FORMS.contains(source, start, end - 1);
    }

    /** The end of the value; closing punctuation behind it is the sentence's, unless the value stands in quotes. */
    public static int end(Source source, int start, char quote) {
        int end = start;
        while (end < source.length && !isEnd(source.raw(end), quote)) {
            end++;
        }
        while (!isQuote(quote) && end > start && source.is(end - 1, Chars.CLOSING)) {
            end--;
        }
        return end;
    }

    public static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    /** Returns true if a value in such quotes, or in none, ends before the character. */
    public static boolean isEnd(char raw, char quote) {
        return isQuote(quote)
                ? Chars.fold(raw) == quote || raw == '\n'
                : raw >= Chars.IDEOGRAPHS || Chars.is(raw, Chars.STOP) || isTypographic(raw);
    }

    /** The quotes of printed English. */
    private static boolean isTypographic(char raw) {
        return raw >= '\u2018' && raw <= '\u201F';
    }

    /** Returns true for a path, as {@code pwd} prints it. */
    static boolean isPath(Source source, int start) {
        char first = source.peek(start);
        boolean root = first == '/' || first == '~' || (first == '.' && "./".indexOf(source.peek(start + 1)) >= 0);
        boolean drive = source.peek(start + 1) == ':' && "\\/".indexOf(source.peek(start + 2)) >= 0;
        return (root && (source.is(start + 1, Chars.LETTER) || source.is(start + 1, Chars.CLOSING | Chars.PHONE)))
                || (drive && source.peek(start + 2) != 0 && Chars.is(first, Chars.LETTER));
    }

    /** Returns the position behind the stars that end bold print, as in {@code **Password:** …}. */
    static int behindBold(Source source, int start) {
        int end = start;
        while (end < start + 2 && source.peek(end) == '*') {
            end++;
        }
        return end > start && source.peek(end) == ' ' ? end : start;
    }

    /** Returns the start of a value behind an opening quote of print, which closes by itself. */
    public static int behindOpening(Source source, int start) {
        boolean opened =
                start < source.length && (isTypographic(source.raw(start)) || "「『【".indexOf(source.raw(start)) >= 0);
        return opened ? start + 1 : start;
    }

    /** The link between a name and its value. */
    public enum Binding {
        /** A value in quotes. */
        QUOTED,
        /** A value behind an equals sign without a space. */
        TIGHT,
        /** Behind a colon or a space. */
        LOOSE,
        /** Behind a verb, as words in a sentence are. */
        PROSE,
        /** Behind the name with nothing between. */
        PLAIN
    }
}
