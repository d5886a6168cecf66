package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.internal.secret.SecretValueRules.Binding;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.WordSet;

/** Secrets among the arguments of calls: {@code setPassword("…")}, {@code define('DB_PASSWORD', '…')}, {@code login("bob", "…")}. */
public final class Calls {

    /** Functions whose second argument is a password. */
    private static final WordSet SECOND = WordSet.of(
            "networkcredential pscredential usernamepasswordauthenticationtoken usernamepasswordcredentials httpbasicauth",
            "httpdigestauth httpproxyauth basicauth basic_auth setbasicauth set_basic_auth login log_in signin sign_in auth",
            "authenticate authorize passwordauthentication begin credentials setcredentials withcredentials credential",
            "plain_auth plainauth userpass user_pass pgp_sym_encrypt pgp_sym_decrypt aes_encrypt aes_decrypt");

    /** Functions whose third argument is one. */
    private static final WordSet THIRD = WordSet.of(
            "getconnection mysqli mysqli_connect mysql_connect mysqli_real_connect real_connect pdo plainauth createconnection",
            "ftp_login connect oci_connect db_connect");

    private static final WordSet OPTIONS = WordSet.of("string asplaintext force key");
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_LIST = 256;
    private static final int GAP = 4;

    private final ScanState scan;
    private final Source source;
    private final Assignments assignments;

    public Calls(ScanState scan, Assignments assignments) {
        this.scan = scan;
        this.source = scan.source;
        this.assignments = assignments;
    }

    /** Reports the argument in quotes behind the bracket and returns its end, or -1; expects that of a login further on. */
    public int find(int bracket) {
        int from = source.skip(bracket + 1, Chars.SPACE, bracket + 2);
        char quote = source.peek(from);
        if (!SecretValueRules.isQuote(quote)) {
            expectOfLogin(bracket);
            return -1;
        }
        SecretNames function = SecretNames.of(source, scan.found.lastEnd(), bracket);
        if (function == SecretNames.PASSWORD || function == SecretNames.SECRET) {
            int found = isUnlikeWords(source, from) ? assignments.value(function, from, Binding.LOOSE) : -1;
            if (found > 0) {
                return found;
            }
        }
        int end = source.skip(from + 1, Chars.NAME, from + 1 + LONGEST_NAME);
        if (source.peek(end) == quote && source.peek(end + 1) == ',') {
            SecretNames name = SecretNames.of(source, from + 1, end);
            int second = source.skip(end + 2, Chars.SPACE, end + 2 + GAP);
            boolean quoted = name != SecretNames.NONE && SecretValueRules.isQuote(source.peek(second));
            if (quoted && isUnlikeWords(source, second)) {
                return assignments.value(name, second, Binding.LOOSE);
            }
        }
        expectOfLogin(bracket);
        return -1;
    }

    private void expectOfLogin(int bracket) {
        int end = source.peek(bracket - 1) == '=' ? bracket - 1 : bracket;
        int start = end;
        while (start > 0 && end - start < LONGEST_NAME && source.is(start - 1, Chars.IDENTIFIER)) {
            start--;
        }
        boolean begins = source.startsWith("begin", start) && !source.startsWithIgnoreCase("wifi.", start - 5);
        int number = begins ? 0 : SECOND.contains(source, start, end) ? 1 : THIRD.contains(source, start, end) ? 2 : 0;
        int at = number == 0 ? -1 : argument(source, bracket, number);
        if (at > 0 && SecretValueRules.isQuote(source.peek(at))) {
            assignments.expected().said(SecretNames.PASSWORD, at);
        }
    }

    /** Returns the start of an argument behind the bracket, or -1. */
    static int argument(Source source, int bracket, int number) {
        int limit = Math.min(source.length, bracket + LONGEST_LIST);
        int commas = 0;
        char quote = 0;
        for (int at = bracket + 1; at < limit; at++) {
            char c = source.at(at);
            if (quote != 0) {
                quote = c == quote || c == '\n' ? 0 : quote;
            } else if (SecretValueRules.isQuote(c)) {
                quote = c;
            } else if (c == ')' || c == ';') {
                return -1;
            } else if (c == ',' && ++commas == number) {
                return source.skip(at + 1, Chars.SPACE, at + 1 + GAP);
            }
        }
        return -1;
    }

    /** Expects the text behind {@code ConvertTo-SecureString} and its options. */
    public void expectSecureString(int end) {
        int at = source.skip(end, Chars.SPACE, end + GAP);
        for (int options = 0; options < GAP && source.peek(at) == '-'; options++) {
            int option = source.skip(at + 1, Chars.LETTER, at + LONGEST_NAME);
            at = OPTIONS.contains(source, at + 1, option) ? source.skip(option, Chars.SPACE, option + GAP) : end;
        }
        if (SecretValueRules.isQuote(source.peek(at))) {
            assignments.expected().quoted(at);
        } else if (source.is(at, Chars.ALNUM)) {
            assignments.expected().said(SecretNames.PASSWORD, at);
        }
    }

    /** Returns true if a text in quotes has a digit and no space: code often has the words of a label there. */
    static boolean isUnlikeWords(Source source, int quote) {
        boolean digit = false;
        for (int i = quote + 1; i < quote + LONGEST_NAME; i++) {
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
}
