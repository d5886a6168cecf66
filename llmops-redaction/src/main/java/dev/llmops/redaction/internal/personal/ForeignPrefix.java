package dev.llmops.redaction.internal.personal;

import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.WordSet;

/** Numbers with the digits that are dialled to leave a country, {@code 0049 171 1234567} and {@code 011 44 20 7946 0958}. */
final class ForeignPrefix {

    private static final WordSet CODES = WordSet.of(
            "1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86",
            "90 91 92 93 94 95 98 212 213 216 218 234 254 351 352 353 354 355 356 357 358 359 370 371 372 373 374 375 380 381",
            "382 385 386 387 389 420 421 852 853 855 880 886 960 961 962 963 964 965 966 968 970 971 972 973 974 977 992 993 994",
            "995 996 998");

    /** Words before numbers of other things. */
    private static final WordSet OTHERS = WordSet.of(
            "part serial order number no nr nummer id ids ref sku item invoice case ticket account konto code artikelnummer",
            "bestellnummer kundennummer auftragsnummer rechnungsnummer seriennummer vorgangsnummer commande dossier pedido заказа",
            "offset rows binary bits hex address");

    private static final int LEAST = 7;
    private static final int MOST = 12;
    private static final int NORTH_AMERICAN = 10;
    private static final int LONGEST_WORD = 20;

    private ForeignPrefix() {}

    /** Returns true if a prefix and the code of a country start there, with a group behind them. */
    static boolean isAt(Source source, int start) {
        int code = code(source, start);
        if (code < 0) {
            return false;
        }
        int end = source.skip(code, Chars.DIGIT, code + 4);
        char separator = source.peek(end);
        boolean grouped = " -/.(".indexOf(separator) >= 0
                && separator != 0
                && (source.is(end + 1, Chars.DIGIT) || source.peek(end + 1) == '(');
        if (end - code > 3) {
            return isSolid(source, start, code);
        }
        boolean trunk = source.peek(end + 1) == '0' && separator != '(';
        return grouped && !trunk && CODES.contains(source, code, end) && !isOther(source, start);
    }

    /** Returns the start of the country's code, or -1. */
    private static int code(Source source, int start) {
        if (source.peek(start) != '0') {
            return -1;
        }
        boolean american = source.startsWith("011", start);
        int end = american ? start + 3 : source.startsWith("00", start) ? start + 2 : -1;
        boolean apart = end > 0 && (source.peek(end) == ' ' || source.peek(end) == '-');
        return apart ? end + 1 : american ? -1 : end;
    }

    /** Returns true for digits without a gap that are the whole text. */
    private static boolean isSolid(Source source, int start, int code) {
        int end = source.skip(start, Chars.DIGIT, start + MOST + 4);
        boolean known = CODES.contains(source, code, code + 2) || CODES.contains(source, code, code + 3);
        return known && end - start >= MOST && source.isWhole(start, end);
    }

    private static boolean isOther(Source source, int start) {
        int end = start;
        while (end > 0 && start - end < 3 && " :#=.".indexOf(source.at(end - 1)) >= 0) {
            end--;
        }
        int word = end;
        while (word > 0 && end - word < LONGEST_WORD && Chars.isLetter(source.at(word - 1))) {
            word--;
        }
        return OTHERS.contains(source, word, end) || source.peek(start - 1) == '=' || source.is(end - 1, Chars.DIGIT);
    }

    /** Returns true if what follows the code has the length of a number, and not only groups of four. */
    static boolean isNumber(Source source, int start, int end) {
        int code = code(source, start);
        if (source.skip(code, Chars.DIGIT, end) == end) {
            return true;
        }
        int at = source.skip(code, Chars.DIGIT, code + 4);
        boolean american = at == code + 1 && source.at(code) == '1';
        int digits = 0;
        int group = 0;
        boolean fours = true;
        for (; at <= end; at++) {
            boolean digit = at < end && source.is(at, Chars.DIGIT);
            if (!digit && group > 0) {
                fours &= group == 4;
                group = 0;
            }
            group += digit ? 1 : 0;
            digits += digit ? 1 : 0;
        }
        return !fours && (american ? digits == NORTH_AMERICAN : digits >= LEAST && digits <= MOST + 1);
    }
}
