package dev.llmops.redaction.internal.national;

import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Checksums;
import dev.llmops.redaction.internal.text.DigitGroups;
import dev.llmops.redaction.internal.text.KeywordContext;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.BitSet;

/** Resident identity numbers of mainland China, and the unified social credit codes of its organisations. */
public final class ChineseIds {

    /** The two-digit codes of the 34 provinces and regions. */
    private static final BitSet PROVINCES = provinces(11, 15, 21, 23, 31, 37, 41, 46, 50, 54, 61, 65, 71, 71, 81, 82);

    private ChineseIds() {}

    private static BitSet provinces(int... ranges) {
        BitSet codes = new BitSet();
        for (int i = 0; i < ranges.length; i += 2) {
            codes.set(ranges[i], ranges[i + 1] + 1);
        }
        return codes;
    }

    /** Returns true if 17 digits and a check character are an identity number. */
    public static boolean isValid(byte[] digits, char check, LocalDate today) {
        return isProvince(digits[0], digits[1])
                && Checksums.mod11(digits, check == 'x' ? 'X' : check)
                && isPast(today, year(digits, 6), digits, 10);
    }

    /** The form of 15 digits has no check digit: only the place, the date and the surroundings speak for it. */
    public static boolean isOldForm(ScanState scan, int start, int end, LocalDate today) {
        byte[] digits = scan.groups.digits;
        return isProvince(digits[0], digits[1])
                && isPast(today, 1900 + digits[6] * 10 + digits[7], digits, 8)
                && (scan.context.says(KeywordContext.CN_ID, start) || scan.source.isWhole(start, end));
    }

    /** Returns the end of an identity number in groups of 6, 8 and 4, or -1. */
    public static int endOfGrouped(ScanState scan, LocalDate today) {
        DigitGroups groups = scan.groups;
        Source source = scan.source;
        int last = groups.end(1) + 1;
        int end = last + 4;
        if (source.peek(last - 1) != ' ' || source.skip(last, Chars.DIGIT, last + 3) != last + 3) {
            return -1;
        }
        for (int i = 0; i < 3; i++) {
            groups.digits[14 + i] = (byte) (source.at(last + i) - '0');
        }
        boolean valid = isValid(groups.digits, source.peek(end - 1), today);
        return valid && !source.gluedAfter(end) ? end : -1;
    }

    /** Returns true if 18 letters and digits are the code of an organisation. */
    public static boolean isCreditCode(ScanState scan, int start) {
        Source source = scan.source;
        if (source.skip(start + 2, Chars.DIGIT, start + 8) != start + 8) {
            return false;
        }
        int tens = source.at(start + 2) - '0';
        boolean known = "159NYny".indexOf(source.at(start)) >= 0
                && (isProvince(tens, source.at(start + 3) - '0') || (tens == 1 && source.at(start + 3) == '0'));
        return (known || scan.context.says(KeywordContext.COMPANY, start)) && Checksums.mod31(source, start);
    }

    private static boolean isProvince(int tens, int ones) {
        return PROVINCES.get(tens * 10 + ones);
    }

    private static int year(byte[] digits, int at) {
        return digits[at] * 1000 + digits[at + 1] * 100 + digits[at + 2] * 10 + digits[at + 3];
    }

    private static boolean isPast(LocalDate today, int year, byte[] digits, int monthAt) {
        int month = digits[monthAt] * 10 + digits[monthAt + 1];
        int day = digits[monthAt + 2] * 10 + digits[monthAt + 3];
        if (year < 1800 || month < 1 || month > 12 || day < 1 || day > 31) {
            return false;
        }
        try {
            return !LocalDate.of(year, month, day).isAfter(today);
        } catch (DateTimeException noSuchDay) {
            return false;
        }
    }
}
