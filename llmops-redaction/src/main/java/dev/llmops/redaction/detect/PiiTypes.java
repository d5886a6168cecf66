package dev.llmops.redaction.detect;

import dev.llmops.redaction.Redactor;

/**
 * Names of the kinds of data that a {@link Redactor} finds by itself.
 *
 * <p>The vocabulary is open: a {@link PiiDetector} and a custom rule bring names of their own.
 *
 * @since 0.1.0
 */
public final class PiiTypes {

    /** An e-mail address. */
    public static final String EMAIL = "EMAIL";

    /** A telephone number: international with {@code +}, or beside a word such as "phone". */
    public static final String PHONE = "PHONE";

    /** A payment card number that passes the Luhn check. */
    public static final String CREDIT_CARD = "CREDIT_CARD";

    /** An international bank account number that passes the mod-97 check and has its country's length. */
    public static final String IBAN = "IBAN";

    /** A social security number of the United States. */
    public static final String US_SSN = "US_SSN";

    /** An IPv4 or IPv6 address, with prefix length and zone where given. */
    public static final String IP_ADDRESS = "IP_ADDRESS";

    /** A hardware address of 48 or 64 bits. */
    public static final String MAC_ADDRESS = "MAC_ADDRESS";

    /** A resident identity number of mainland China. */
    public static final String CN_ID_CARD = "CN_ID_CARD";

    /** A mobile telephone number of mainland China. */
    public static final String CN_MOBILE = "CN_MOBILE";

    /** A unified social credit code of a Chinese organisation. */
    public static final String CN_USCC = "CN_USCC";

    /** A UnionPay card number that passes the Luhn check. */
    public static final String CN_BANK_CARD = "CN_BANK_CARD";

    /** A key or token in the shape of a known vendor. */
    public static final String API_KEY = "API_KEY";

    /** A JSON web token, signed, unsigned or encrypted. */
    public static final String JWT = "JWT";

    /** A private key in PEM form, up to its end line or, without one, to the end of the text. */
    public static final String PRIVATE_KEY = "PRIVATE_KEY";

    /** The token after {@code Bearer}. */
    public static final String BEARER = "BEARER";

    /** The value of a setting whose name says that it is secret, such as {@code DB_PASSWORD=…}. */
    public static final String SECRET_ASSIGNMENT = "SECRET_ASSIGNMENT";

    /** The password in {@code scheme://user:password@host}. */
    public static final String URL_CREDENTIALS = "URL_CREDENTIALS";

    private PiiTypes() {}
}
