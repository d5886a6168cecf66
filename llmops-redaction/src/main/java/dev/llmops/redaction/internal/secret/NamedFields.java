package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Unescaped;
import dev.llmops.redaction.internal.text.WordSet;

/**
 * Names and values that stand in fields of their own: {@code name: DB_PASSWORD} and {@code value: …}, as in JSON, YAML, XML
 * attributes and the variables of Terraform. Not thread-safe.
 */
public final class NamedFields {

    private static final String NAME_WORDS =
            "name key k id parameterkey parametername envname envvar field fieldname header headername "
                    + "property option variable variablename attribute attributename keyname setting settingname param "
                    + "parameter label";
    private static final String VALUE_WORDS =
            "value val v values default parametervalue defaultvalue stringvalue bytesvalue intvalue "
                    + "arrayvalue content secretvalue text headervalue fieldvalue secretstring plaintext currentvalue";
    /** Names of fields that hold the name of a user and a password. */
    private static final String LOGIN_WORDS =
            "login logins credentials credential creds zugangsdaten zugang anmeldedaten identifiants "
                    + "credenciales credenciais credenziali inloggegevens wifi wlan access";

    private static final WordSet NAMES = WordSet.of(NAME_WORDS);
    private static final WordSet VALUES = WordSet.of(VALUE_WORDS);
    /** All of them: most fields are none, which one look tells. */
    private static final WordSet FIELDS = WordSet.of(NAME_WORDS, VALUE_WORDS, LOGIN_WORDS);

    private static final int LONGEST_FIELD = 14;
    private static final int LONGEST_NAME = 96;
    /** Characters between a name and its value. */
    private static final int REACH = 200;

    private final ScanState scan;
    private final Source source;
    private final Expected expected;
    private SecretNames promise = SecretNames.NONE;
    private int nameEnd;
    /** Returns the start of the value of a field without a name before it, or -1. */
    private int unnamed = -1;

    NamedFields(ScanState scan, Expected expected) {
        this.scan = scan;
        this.source = scan.source;
        this.expected = expected;
    }

    /** Returns true if the name of a field says that another field names its value. */
    public static boolean isName(String field) {
        return isOneOf(NAMES, field);
    }

    /** Returns true if the name of a field says that another field names it. */
    public static boolean isValue(String field) {
        return isOneOf(VALUES, field);
    }

    /** Returns true if the first of two texts in a list names the second, which is no name itself. */
    public static boolean isPair(String name, String value) {
        return isSecret(name) && !isSecret(value) && value.chars().anyMatch(c -> Chars.is((char) c, Chars.DIGIT));
    }

    private static boolean isOneOf(WordSet words, String field) {
        Source source = new Source(Unescaped.of(field));
        return words.contains(source, 0, source.length);
    }

    /** Returns true if the name says that its value is secret. */
    public static boolean isSecret(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return false;
        }
        Source source = new Source(Unescaped.of(name));
        return SecretNames.of(source, 0, source.length) != SecretNames.NONE;
    }

    /** Notes a field with a name, or returns what an earlier one promises of the value behind the mark. */
    SecretNames promiseAt(int mark, int fieldEnd, int valueStart) {
        int start = fieldEnd == scan.wordEnd ? scan.wordStart : fieldEnd;
        while (start > 0 && fieldEnd - start <= LONGEST_FIELD && source.is(start - 1, Chars.LETTER)) {
            start--;
        }
        boolean bare = fieldEnd - start == 1 && !SecretValueRules.isQuote(source.peek(fieldEnd));
        if (bare || fieldEnd - start > LONGEST_FIELD || !FIELDS.contains(source, start, fieldEnd)) {
            return SecretNames.NONE;
        }
        if (VALUES.contains(source, start, fieldEnd)) {
            boolean pending = isPending(mark);
            unnamed = pending ? -1 : valueStart;
            return pending ? promise : SecretNames.NONE;
        }
        if (NAMES.contains(source, start, fieldEnd)) {
            note(valueStart);
        } else {
            expectOfLogin(valueStart);
        }
        return SecretNames.NONE;
    }

    /** Returns where the value starts that the field noted last names from behind, or -1. */
    int valueBeforeName(int mark, int floor) {
        int value = unnamed;
        if (value < 0 || promise == SecretNames.NONE || nameEnd < mark) {
            return -1;
        }
        unnamed = -1;
        boolean near = value >= floor && mark - value <= REACH && SecretValueRules.isQuote(source.peek(value));
        return near && !isClosed(value, mark) ? value : -1;
    }

    SecretNames promise() {
        return promise;
    }

    /** Notes the quoted name behind the word "variable" of Terraform. */
    void noteVariable(int end) {
        if (source.peek(end) == ' ' && source.peek(end + 1) == '"') {
            note(end + 1);
        }
    }

    /** Notes a name whose value is an object or stands below it, {@code "DB_PASSWORD": {"value": …}}. */
    void noteParent(SecretNames name, int end) {
        promise = name;
        nameEnd = end;
    }

    /** Expects the password of {@code login: bob / …} behind the name of the user. */
    void expectOfLogin(int valueStart) {
        int userEnd = source.skip(valueStart, Chars.MAIL, valueStart + LONGEST_NAME);
        if (source.peek(userEnd) == '@') {
            userEnd = source.skip(userEnd + 1, Chars.NAME, userEnd + LONGEST_NAME);
        }
        int mark = source.skip(userEnd, Chars.SPACE, userEnd + 2);
        if (userEnd > valueStart && (source.peek(mark) == '/' || source.peek(mark) == ':')) {
            int behind = source.peek(mark + 1) == '/' ? mark + 2 : mark + 1;
            if (mark == userEnd || source.is(behind, Chars.SPACE)) {
                expected.said(SecretNames.PASSWORD, source.skip(behind, Chars.SPACE, behind + 2));
            }
        }
    }

    /** Returns true for the name of a field that holds a user and a password. */
    boolean isCredentials(int nameEnd) {
        return source.startsWithIgnoreCase("credentials", nameEnd - 11)
                || source.startsWithIgnoreCase("credential", nameEnd - 10)
                || source.startsWithIgnoreCase("creds", nameEnd - 5);
    }

    private void note(int valueStart) {
        int from = SecretValueRules.isQuote(source.peek(valueStart)) ? valueStart + 1 : valueStart;
        int end = source.skip(from, Chars.NAME, from + LONGEST_NAME);
        promise = SecretNames.of(source, from, end);
        nameEnd = end;
    }

    /** Returns what the attribute in the tag that the bracket closes promises of the content. */
    SecretNames promiseOfElement(int bracket) {
        return isPending(bracket) ? promise : SecretNames.NONE;
    }

    private boolean isPending(int index) {
        if (promise == SecretNames.NONE || index - nameEnd > REACH) {
            return false;
        }
        if (isClosed(nameEnd, index)) {
            promise = SecretNames.NONE;
            return false;
        }
        return true;
    }

    /** Returns true if the object, the tag or the paragraph ends between. */
    private boolean isClosed(int start, int end) {
        for (int i = start; i < end; i++) {
            char c = source.at(i);
            if (c == '}' || c == '>' || (c == '\n' && source.peek(i + 1) == '\n')) {
                return true;
            }
        }
        return false;
    }
}
