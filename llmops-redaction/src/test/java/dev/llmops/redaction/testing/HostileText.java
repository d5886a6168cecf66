package dev.llmops.redaction.testing;

/** What an attacker repeats to make redaction slow. Each constant is named for what its text imitates. */
public enum HostileText {

    // E-mail addresses
    LOCAL_PART_OF_UNDERSCORES("b_"),
    LOCAL_PART_OF_DASHES("b-"),
    LOCAL_PART_OF_DOTS("b."),
    AT_SIGNS("@"),
    SHORT_ADDRESSES("a@"),
    ADDRESSES_IN_ONE_WORD("a@b."),
    ADDRESSES_IN_A_ROW("a.b@c.d"),
    AT_SIGNS_OF_URLS("%40"),
    AT_SIGNS_OF_JSON("\\u0040"),

    // Numbers
    DIGITS("2"),
    SINGLE_DIGITS("1 "),
    WIDE_DIGITS("１ "),
    WIDE_AND_NARROW_DIGITS("01 １"),
    WIDE_GROUPS("１２３　"),
    PAIRS_OF_DIGITS("11 "),
    DIGITS_AND_DASHES("1-"),
    SSN_BEGINNINGS("123-45-"),
    CARD_GROUPS("4111 "),
    CARD_BEGINNINGS("4111 1111 1111 "),
    CARD_GROUPS_WITH_DASHES("4111-1111-"),
    CARDS("4111111111111111 "),
    OLD_RESIDENT_IDS("123456789012345 "),
    RESIDENT_IDS("110101194910010011 "),
    RESIDENT_AREAS("110101 "),
    CREDIT_CODE_BEGINNINGS("91350100M"),
    IBAN_BEGINNINGS("GB11 "),
    IBAN_LETTERS("gb11abcd "),

    // Telephone numbers
    LOCAL_NUMBERS("1234567 "),
    COUNTRY_CODES("+1 "),
    OPEN_BRACKETS("(1"),
    NUMBERS_BESIDE_THEIR_WORD("phone 1234567 "),
    CARD_GROUPS_BESIDE_THEIR_WORD("phone 4111 1111 "),

    // Addresses of the network
    VERSION_PARTS("1."),
    COLONS("::"),
    CLOSED_COLONS("]::"),
    CLOSED_COLONS_AND_LETTERS("]::b"),
    IPV6_GROUPS("ab:"),
    IPV6_WORDS("dead:beef:"),
    IPV6_BEGINNINGS("fe80::"),
    IPV6_OF_DIGITS("1:"),
    IPV6_OF_WIDE_DIGITS("１:"),
    IPV6_LONG_GROUPS("12345678:"),
    MAC_WITH_DASHES("ab-"),
    MAC_WITH_DOTS("abcd."),

    // URLs
    SCHEME_ENDS("://"),
    SCHEMES("https://"),
    URL_PASSWORDS("a://b:"),
    URL_CREDENTIALS("a://b:c@"),

    // Settings
    EQUALS_SIGNS("="),
    ASSIGNMENTS("a="),
    SECRET_NAMES("secret.b-"),
    SECRET_ASSIGNMENTS("token="),
    ELEMENTS("secret>"),
    CLOSED_ELEMENTS("secret></"),
    SPACED_ASSIGNMENTS("secret = "),
    QUOTED_ASSIGNMENTS("token='"),
    SECRET_HEADERS("token:"),
    KEYS("key:"),
    KEYS_BEHIND_SIGNS("=key"),
    KEYS_WITH_DIGITS("=key1."),
    PASSWORDS_IN_SENTENCES("password is "),
    CHINESE_PASSWORDS("密码是"),
    BEARER_TOKENS("Bearer a"),
    JSON_SECRETS("{\"token\":\""),
    JSON_OPENINGS("{\"a\":"),
    JSON_IN_JSON("{\\\"token\\\":\\\""),
    BACKSLASHES("\\\\"),
    JSON_SECRETS_OF_LINES("{\"token\":\"a1\\n"),
    LONG_WORDS_BEHIND_NAMES("token: Aaaaaaaaaaaaaaaaaaaaa "),
    COMMANDS("curl -u a:b1234 "),
    CREDENTIAL_OPTIONS("curl -u a"),
    QUOTED_CREDENTIALS(" -u \"curl:"),
    SECRET_OPTIONS(" --token "),
    WORDS_OF_OPTIONS("--a"),

    // Keys of vendors
    OPENAI_PREFIXES("sk-"),
    GITHUB_PREFIXES("ghp_"),
    SLACK_PREFIXES("xoxb-"),
    SENDGRID_PREFIXES("SG."),
    AZURE_MARKS("8Q~"),

    // Web tokens and private keys
    TOKEN_BEGINNINGS("eyJb"),
    TOKEN_BEGINNINGS_WITH_DASHES("eyJ-"),
    TOKENS_IN_ONE_WORD("eyJa.eyJ"),
    TOKEN_HEADERS("eyJhbGciOiJIUzI1NiJ9."),
    PRIVATE_KEY_DASHES("-----BEGIN"),
    PRIVATE_KEY_HEADERS("-----BEGIN RSA PRIVATE KEY-----"),

    // Plain text
    ONE_WORD("b"),
    SHORT_WORDS("ab "),
    TABS("\t"),
    CHINESE_PLACES("区县"),
    CHINESE_VERBS("是"),
    PLACEHOLDERS("[EMAIL_1]");

    private final String unit;

    HostileText(String unit) {
        this.unit = unit;
    }

    /** The unit over and over, cut at a length. */
    public String text(int length) {
        return repeat(unit, length);
    }

    /** Any unit over and over, cut at a length. */
    public static String repeat(String unit, int length) {
        return unit.repeat(length / unit.length() + 1).substring(0, length);
    }
}
