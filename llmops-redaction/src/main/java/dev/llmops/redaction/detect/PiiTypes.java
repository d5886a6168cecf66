package dev.llmops.redaction.detect;

import dev.llmops.redaction.Redactor;
import java.util.Set;

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

    /** A national insurance number of the United Kingdom. */
    public static final String UK_NINO = "UK_NINO";

    /** An NHS number of the United Kingdom that passes its check, beside its word. */
    public static final String UK_NHS = "UK_NHS";

    /** A German tax identification number that passes its check, beside its word. */
    public static final String DE_TAX_ID = "DE_TAX_ID";

    /** The number of a German identity card, beside its word. */
    public static final String DE_ID_CARD = "DE_ID_CARD";

    /** A French social security number that passes its check. */
    public static final String FR_NIR = "FR_NIR";

    /** A Spanish identity number that passes its check. */
    public static final String ES_DNI = "ES_DNI";

    /** A Spanish foreigner's number that passes its check. */
    public static final String ES_NIE = "ES_NIE";

    /** An Italian fiscal code that passes its check. */
    public static final String IT_FISCAL_CODE = "IT_FISCAL_CODE";

    /** A Dutch citizen service number that passes its check, beside its word. */
    public static final String NL_BSN = "NL_BSN";

    /** A Polish PESEL that passes its check, beside its word. */
    public static final String PL_PESEL = "PL_PESEL";

    /** A Brazilian CPF that passes its check, in groups or beside its word. */
    public static final String BR_CPF = "BR_CPF";

    /** A Brazilian CNPJ that passes its check, in groups or beside its word. */
    public static final String BR_CNPJ = "BR_CNPJ";

    /** An Indian Aadhaar number that passes its check, beside its word. */
    public static final String IN_AADHAAR = "IN_AADHAAR";

    /** An Indian permanent account number, beside its word. */
    public static final String IN_PAN = "IN_PAN";

    /** A Korean resident registration number. */
    public static final String KR_RRN = "KR_RRN";

    /** A Japanese individual number that passes its check, beside its word. */
    public static final String JP_MY_NUMBER = "JP_MY_NUMBER";

    /** A Singaporean NRIC or FIN that passes its check. */
    public static final String SG_NRIC = "SG_NRIC";

    /** A Hong Kong identity card number that passes its check. */
    public static final String HK_ID = "HK_ID";

    /** A Taiwanese identity number that passes its check, beside its word. */
    public static final String TW_ID = "TW_ID";

    /** An individual taxpayer identification number of the United States. */
    public static final String US_ITIN = "US_ITIN";

    /** A passport number directly behind its word. */
    public static final String PASSPORT = "PASSPORT";

    /** A card verification code directly behind its word. */
    public static final String CARD_CVV = "CARD_CVV";

    /** A one-time code or PIN beside the words that say so. */
    public static final String ONE_TIME_CODE = "ONE_TIME_CODE";

    /** The number of a mobile device that passes the Luhn check, beside its word. */
    public static final String IMEI = "IMEI";

    /** An address of a crypto currency. */
    public static final String CRYPTO_ADDRESS = "CRYPTO_ADDRESS";

    /** A private key of a crypto currency. */
    public static final String CRYPTO_KEY = "CRYPTO_KEY";

    /** The words of a wallet, beside their word. */
    public static final String SEED_PHRASE = "SEED_PHRASE";

    /** A hash of a password, with its scheme. */
    public static final String PASSWORD_HASH = "PASSWORD_HASH";

    /** The id of the call's user, in a text of the call. */
    public static final String USER_ID = "USER_ID";

    /** The id of the call's tenant, in a text of the call. */
    public static final String TENANT_ID = "TENANT_ID";

    /** The id of the request, in a text of the call. */
    public static final String REQUEST_ID = "REQUEST_ID";

    private static final Set<String> NATIONAL = Set.of(
            US_SSN,
            US_ITIN,
            CN_ID_CARD,
            CN_MOBILE,
            CN_USCC,
            CN_BANK_CARD,
            UK_NINO,
            UK_NHS,
            DE_TAX_ID,
            DE_ID_CARD,
            FR_NIR,
            ES_DNI,
            ES_NIE,
            IT_FISCAL_CODE,
            NL_BSN,
            PL_PESEL,
            BR_CPF,
            BR_CNPJ,
            IN_AADHAAR,
            IN_PAN,
            KR_RRN,
            JP_MY_NUMBER,
            SG_NRIC,
            HK_ID,
            TW_ID);

    private PiiTypes() {}

    /**
     * Returns the types that belong to one country. Each begins with two letters for the country and an underscore.
     *
     * @return the types; unmodifiable
     */
    public static Set<String> national() {
        return NATIONAL;
    }
}
