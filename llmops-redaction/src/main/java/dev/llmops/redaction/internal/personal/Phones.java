package dev.llmops.redaction.internal.personal;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.national.ChineseMobiles;
import dev.llmops.redaction.internal.text.Adjacent;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Counted;
import dev.llmops.redaction.internal.text.KeywordContext;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.WordSet;
import java.util.List;

/**
 * Telephone numbers. Digits alone are never one: they need a plus sign, an area code of North America in brackets, a word
 * such as "phone" before them, or a {@link PhoneCheck} that knows the numbering plans.
 *
 * <p>See docs/decisions/redaction.md#digits-alone-are-no-telephone-number.
 */
public final class Phones {

    private static final int SHORTEST = 7;
    private static final int LONGEST = 15;
    /** Digits of a long national number, which a gap may follow. */
    private static final int NATIONAL = 10;
    /** Characters of the longest number with its separators and extension. */
    private static final int REACH = 32;
    /** Digits of the longest country code. */
    private static final int COUNTRY_CODE = 3;
    /** Characters between a word that stands before counts too and the number. */
    private static final int NEAR = 24;
    /** Characters of a number that no count is written with, spaces included. */
    private static final int LONG = 9;

    /** Phrases of people who give their number. */
    private static final Adjacent OWN = Adjacent.of(
            "llámame al|llame al|llámenos al|chiamami al|appelle-moi au|appelez-moi au|rappelez-moi au|ligue para|bel me op"
                    + "|my number|my number's|his number|her number|their number|our number"
                    + "|reach me at|reach me on|reach him on|reach him at|reach her on|reach her at|reach us at|reach us on|text me at"
                    + "|text me on|ping me on|ping me at|message me on|call me on|call me at|meine nummer|seine nummer|ihre nummer"
                    + "|unsere nummer|erreichst mich unter|erreichen sie mich unter|erreichen sie uns unter|erreichbar unter"
                    + "|rückruf unter|rückruf bitte unter|anruf unter|durchwahl|mon numéro|son numéro|notre numéro|mon numéro est le"
                    + "|joignable au|joindre au|mi número|mi numero|mi número es el|mi numero es el|su número|il mio numero|mio numero"
                    + "|meu número|meu numero|seu número|mijn nummer|mój numer|mój numer to|mitt nummer|mit nummer|numeroni|numaram"
                    + "|мой номер|её номер|его номер|наш номер|我的号码|我的號碼|他的号码|她的号码|私の番号|제 번호|내 번호|số của tôi|nomor saya");

    /** Kinds of telephones in brackets behind a number. */
    private static final WordSet KINDS = WordSet.of(
            "mobile cell home work office direct handy mobil tel phone fax privat whatsapp landline portable fijo movil");

    private static final List<String> OWNERS =
            List.of("is my ", "is his ", "is her ", "ist meine ", "est mon ", "es mi ", "è il mio ");
    private static final WordSet NAMES = WordSet.of(
            "number mobile cell phone nummer handynummer telefonnummer mobilnummer handy numéro portable téléphone móvil teléfono",
            "numero cellulare");

    private final ScanState scan;
    private final Source source;
    private final PhoneCheck plans;
    private int triedUntil;

    public Phones(ScanState scan, PhoneCheck plans) {
        this.scan = scan;
        this.source = scan.source;
        this.plans = plans;
    }

    /** Reports the number that starts with a plus sign or a bracket and returns its end, or -1. */
    public int findMarked(int mark, NumberDetector numbers) {
        boolean plus = source.at(mark) == '+';
        boolean spaced = plus && source.peek(mark + 1) == ' ';
        int digit = spaced || source.peek(mark + 1) == '(' ? mark + 2 : mark + 1;
        if (!source.is(digit, Chars.DIGIT) || scan.gluedBefore(mark)) {
            return -1;
        }
        if (plus) {
            return source.at(digit) == '0' || (spaced && !isSpaced(mark)) ? -1 : international(mark, numbers);
        }
        return isNorthAmerican(mark) ? report(mark, numbers) : findBeside(mark, numbers);
    }

    /** A space behind the plus is a sum, unless a telephone word stands before it. */
    private boolean isSpaced(int plus) {
        return scan.context.says(KeywordContext.PHONE | KeywordContext.CALL, plus);
    }

    private int international(int plus, NumberDetector numbers) {
        int runEnd = source.skip(plus + 1, Chars.DIGIT, plus + REACH);
        if (source.startsWith("86", plus + 1)) {
            int mobile = mobileEnd(plus + 1, runEnd);
            if (mobile > 0) {
                return scan.report(PiiTypes.CN_MOBILE, plus, mobile);
            }
        }
        return report(plus, numbers);
    }

    private int mobileEnd(int start, int runEnd) {
        if (runEnd - start == 13) {
            scan.groups.readRun(start, runEnd);
            return ChineseMobiles.isValid(scan.groups.digits, 13) && !source.gluedAfter(runEnd) ? runEnd : -1;
        }
        return scan.groups.read(start, runEnd) ? ChineseMobiles.endOfGrouped(scan.groups) : -1;
    }

    /** Reports the number that a word before it, or the numbering plans, call one; returns its end, or -1. */
    int findBeside(int start, NumberDetector numbers) {
        if (isTried(start)) {
            return -1;
        }
        boolean abroad = ForeignPrefix.isAt(source, start);
        int end = endOf(start, abroad, numbers);
        if (end < 0 || isDate(start) || isDecimal(start)) {
            return -1;
        }
        boolean own = OWN.isBefore(scan, start) || isLabelled(start);
        end = own ? endOf(start, true, numbers) : end;
        boolean sought = (abroad && ForeignPrefix.isNumber(source, start, end)) || (own && isLongOrShaped(start, end));
        if (sought || isCalledPhone(start, end)) {
            return scan.report(PiiTypes.PHONE, start, extended(end));
        }
        return plans.isPhone(source.substring(start, end)) ? scan.report(PiiTypes.PHONE, start, end) : -1;
    }

    private boolean isCalledPhone(int start, int end) {
        if (Counted.is(source, start, end)) {
            return false;
        }
        return scan.context.says(KeywordContext.PHONE, start)
                || (scan.context.says(KeywordContext.CALL, start, NEAR) && isShaped(start, end))
                || (isNamedBehind(end) && isShaped(start, end));
    }

    /** Returns true before "(mobile)", "is my number" and their like. */
    private boolean isNamedBehind(int end) {
        int from = source.peek(end) == ' ' ? end + 1 : end;
        if (source.peek(from) == '(') {
            return KINDS.contains(source, from + 1, source.skip(from + 1, Chars.LETTER, from + NEAR));
        }
        if (from == end || "iIeè".indexOf(source.peek(from)) < 0) {
            return false;
        }
        for (String owner : OWNERS) {
            if (source.startsWithIgnoreCase(owner, from)) {
                return scanWords(from, NAMES);
            }
        }
        return false;
    }

    private boolean scanWords(int from, WordSet words) {
        int at = from;
        for (int i = 0; i < 4; i++) {
            int end = source.skip(at, Chars.LETTER, at + NEAR);
            if (words.contains(source, at, end)) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    /** Returns true behind a letter such as that of {@code T: 030 1234567} at the beginning of a field. */
    private boolean isLabelled(int start) {
        if (source.peek(start - 1) != ' ' || source.peek(start - 2) != ':' || "0(".indexOf(source.peek(start)) < 0) {
            return false;
        }
        char before = source.peek(start - 4);
        return "TMFPHtmfph".indexOf(source.peek(start - 3)) >= 0
                && source.peek(start - 3) != 0
                && (before == 0 || "\n|,;".indexOf(before) >= 0 || (before == ' ' && source.peek(start - 5) != ' '));
    }

    private boolean isLongOrShaped(int start, int end) {
        return (end - start >= LONG || isShaped(start, end)) && !Counted.is(source, start, end);
    }

    /** Returns true if digits are written as those of a telephone number are: many, behind a zero, or joined by marks. */
    private boolean isShaped(int start, int end) {
        int digits = 0;
        boolean joined = false;
        for (int i = start; i < end; i++) {
            boolean digit = source.is(i, Chars.DIGIT);
            digits += digit ? 1 : 0;
            joined |= !digit && source.at(i) != ' ';
        }
        return digits >= NATIONAL || source.at(start) == '0' || joined;
    }

    private int report(int start, NumberDetector numbers) {
        int end = endOf(start, true, numbers);
        return end < 0 ? -1 : scan.report(PiiTypes.PHONE, start, extended(end));
    }

    /** Returns true if a telephone number was sought there before; a check by numbering plans may look again. */
    private boolean isTried(int start) {
        return plans == PhoneCheck.NONE && start < triedUntil;
    }

    /** The end of the last group that keeps within 7 to 15 digits, with separators and brackets between, or -1. */
    private int endOf(int start, boolean marked, NumberDetector numbers) {
        int digits = 0;
        int end = -1;
        int separators = 0;
        char style = 0;
        boolean international = source.at(start) == '+';
        int i = start;
        for (; i <= source.length && i < start + REACH && separators <= 3; i++) {
            char c = source.peek(i);
            if (Chars.is(c, Chars.DIGIT)) {
                if (separators == 3 && source.peek(i - 2) != '/' && source.peek(i - 2) != ')') {
                    break;
                }
                digits++;
                separators = 0;
                continue;
            }
            if (separators == 0 && digits >= SHORTEST && digits <= LONGEST && isEnd(i)) {
                end = i;
            }
            boolean separator = i == start || (Chars.is(c, Chars.PHONE) && goesOn(style, c, digits));
            if (digits > LONGEST || !separator || (end == i && c == ' ' && endsAtGap(start, marked, i + 1, numbers))) {
                break;
            }
            // What stands behind a country code or an area code says nothing about the rest.
            boolean code = (international && digits <= COUNTRY_CODE) || c == '/';
            style = !code && (c == ' ' || c == '-' || c == '.') ? c : style;
            separators++;
        }
        triedUntil = end < 0 ? i : end;
        return end;
    }

    /** Returns true if a gap is the end: nothing calls the number one so far, or something else begins behind it. */
    private boolean endsAtGap(int start, boolean marked, int next, NumberDetector numbers) {
        boolean called = marked
                || plans != PhoneCheck.NONE
                || scan.context.says(KeywordContext.PHONE | KeywordContext.CALL, start);
        return !called || numbers.isCheckedAt(next);
    }

    /** Returns true if the number may go on behind a separator: dots stand alone, and a space behind dashes is a gap. */
    private static boolean goesOn(char style, char separator, int digits) {
        if (style == '.' || separator == '.') {
            return style == 0 || style == separator;
        }
        return separator != ' ' || style != '-' || digits < NATIONAL;
    }

    /** Returns true if a group ends there that is not the first part of something longer. */
    private boolean isEnd(int index) {
        char next = source.peek(index);
        boolean more = (next == '-' || next == '.') && source.is(index + 1, Chars.DIGIT);
        return !more && (!source.gluedAfter(index) || extended(index) > index);
    }

    /** Returns the end with an extension such as {@code x123}. */
    private int extended(int end) {
        if (source.peek(end) != 'x') {
            return end;
        }
        int last = source.skip(end + 1, Chars.DIGIT, end + 7);
        return last == end + 1 || source.gluedAfter(last) ? end : last;
    }

    /** Returns true for {@code (415)555-0132}, with or without a space. */
    private boolean isNorthAmerican(int bracket) {
        if (source.at(bracket + 1) < '2' || source.skip(bracket + 1, Chars.DIGIT, bracket + 4) != bracket + 4) {
            return false;
        }
        int exchange = bracket + (source.peek(bracket + 5) == ' ' ? 6 : 5);
        return source.peek(bracket + 4) == ')'
                && source.skip(exchange, Chars.DIGIT, exchange + 3) == exchange + 3
                && source.at(exchange) >= '2'
                && "- .".indexOf(source.peek(exchange + 3)) >= 0
                && source.skip(exchange + 4, Chars.DIGIT, exchange + 9) == exchange + 8;
    }

    private boolean isDate(int start) {
        char separator = source.peek(start + 4);
        return (separator == '-' || separator == '/' || separator == '.')
                && isYear(start)
                && (source.peek(start + 7) == separator || isYear(start + 5));
    }

    private boolean isYear(int start) {
        return (source.startsWith("19", start) || source.startsWith("20", start))
                && source.skip(start, Chars.DIGIT, start + 5) == start + 4;
    }

    /** Returns true for few digits before one dot, and no group of a number behind it. */
    private boolean isDecimal(int start) {
        int point = source.skip(start, Chars.DIGIT, start + 3);
        return point < start + 3
                && source.peek(point) == '.'
                && source.skip(point + 1, Chars.DIGIT, point + SHORTEST) > point + 5;
    }
}
