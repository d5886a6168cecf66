package dev.llmops.redaction.internal.personal;

import static dev.llmops.redaction.detect.PiiTypes.CN_ID_CARD;
import static dev.llmops.redaction.detect.PiiTypes.CN_MOBILE;
import static dev.llmops.redaction.detect.PiiTypes.CN_USCC;
import static dev.llmops.redaction.detect.PiiTypes.US_SSN;

import dev.llmops.redaction.internal.national.ChineseIds;
import dev.llmops.redaction.internal.national.ChineseMobiles;
import dev.llmops.redaction.internal.national.NationalIds;
import dev.llmops.redaction.internal.national.SocialSecurity;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Checksums;
import dev.llmops.redaction.internal.text.Counted;
import dev.llmops.redaction.internal.text.DigitGroups;
import dev.llmops.redaction.internal.text.KeywordContext;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import java.time.LocalDate;
import java.util.function.Supplier;

/**
 * Decides what a run of digits, alone or with the groups that follow it, is. Checked kinds come before shapes, telephone
 * numbers last.
 */
public final class NumberDetector {

    /** Digits of the shortest number that needs no other group, except for codes. */
    private static final int SHORTEST = 7;

    private static final int LONGEST = 19;
    /** Separators that may stand between two groups. */
    private static final int SEPARATORS = 3;
    /** A run this long before a dash is a number of its own, as in a range. */
    private static final int SEPARATE = 9;

    private final ScanState scan;
    private final Source source;
    private final Phones phones;
    private final NationalIds nationalIds;
    private final Codes codes;
    private final Supplier<LocalDate> today;

    public NumberDetector(
            ScanState scan, Phones phones, NationalIds nationalIds, Codes codes, Supplier<LocalDate> today) {
        this.scan = scan;
        this.source = scan.source;
        this.phones = phones;
        this.nationalIds = nationalIds;
        this.codes = codes;
        this.today = today;
    }

    /** Reports the number that starts with the digit run and returns its end, or -1. */
    public int find(int start, int end) {
        int length = end - start;
        if (length > LONGEST || scan.gluedBefore(start) || source.gluedAfter(end)) {
            return -1;
        }
        char next = source.peek(end);
        boolean fraction =
                start - 1 > scan.found.lastEnd() && source.peek(start - 1) == '.' && source.is(start - 2, Chars.DIGIT);
        if (fraction) {
            return -1;
        }
        boolean continued = isContinued(start);
        if (length < SHORTEST && isAlone(end)) {
            return continued ? -1 : codes.find(start, end);
        }
        int found = -1;
        if (length <= 3 && next == '.') {
            found = IpAddresses.findV4(scan, start);
        } else if (length == 2 ? next == '-' || next == ' ' : length == 4 && next == '.') {
            found = MacAddresses.find(scan, start, end);
        }
        if (found < 0 && !continued) {
            found = codes.find(start, end);
            boolean other = isTwoFours(end, length) && nationalIds.isNoneOf(start, end);
            found = found < 0 && !other ? nationalIds.find(start) : found;
        }
        if (found < 0 && length >= 9) {
            found = solid(start, end, continued);
        }
        if (found < 0 && !continued && mayBeGrouped(start, length) && scan.groups.read(start, end)) {
            found = grouped(start);
        }
        return found < 0 && !continued ? phones.findBeside(start, this) : found;
    }

    /** Returns true for two groups of four digits, with which cards begin: that no word makes them another number is soon known. */
    private boolean isTwoFours(int end, int length) {
        return length == 4 && source.is(end + 4, Chars.DIGIT) && source.skip(end + 1, Chars.DIGIT, end + 4) == end + 4;
    }

    /** Returns true if no group of letters or digits goes on behind the separators of a number. */
    private boolean isAlone(int end) {
        int behind = source.skip(end, Chars.PHONE, end + SEPARATORS);
        boolean joined = source.peek(end) == '_' && source.is(end + 1, Chars.DIGIT);
        return !joined && (behind == end || !source.is(behind, Chars.ALNUM));
    }

    /** Returns true if the run is a later group of a longer number with dashes. */
    private boolean isContinued(int start) {
        if (source.peek(start - 1) != '-' || !source.is(start - 2, Chars.DIGIT)) {
            return false;
        }
        int before = start - 2;
        while (before > 0 && start - before <= SEPARATE && source.is(before - 1, Chars.DIGIT)) {
            before--;
        }
        return start - before <= SEPARATE;
    }

    private int solid(int start, int end, boolean continued) {
        int length = end - start;
        byte[] digits = scan.groups.digits;
        scan.groups.readRun(start, end);
        if (length == 18 && ChineseIds.isValid(digits, source.at(end - 1), today.get())) {
            return scan.report(CN_ID_CARD, start, end);
        }
        if (length == 18 && scan.context.says(KeywordContext.COMPANY, start) && Checksums.mod31(source, start)) {
            return scan.report(CN_USCC, start, end);
        }
        String card = length < 12 ? null : Cards.type(scan, start, length);
        if (card != null) {
            return scan.report(card, start, end);
        }
        if (continued) {
            return -1;
        }
        if (length == 15 && ChineseIds.isOldForm(scan, start, end, today.get())) {
            return scan.report(CN_ID_CARD, start, end);
        }
        if (ChineseMobiles.isValid(digits, length) && !isCounted(start, end)) {
            return scan.report(CN_MOBILE, start, end);
        }
        boolean ssn = length == 9 && SocialSecurity.isValid(digits) && scan.context.says(KeywordContext.SSN, start);
        return ssn ? scan.report(US_SSN, start, end) : -1;
    }

    /** Returns true if a number with a check, or of a shape of its own, starts there: no part of a telephone number before it. */
    boolean isCheckedAt(int start) {
        int end = source.skip(start, Chars.DIGIT, start + LONGEST + 1);
        int length = end - start;
        if (length < 3 || length > LONGEST || source.gluedAfter(end)) {
            return false;
        }
        int found = length >= 9 ? solid(start, end, false) : -1;
        if (found < 0 && scan.groups.read(start, end)) {
            found = grouped(start);
        }
        if (found > 0) {
            scan.found.removeLast();
        }
        return found > 0;
    }

    /**
     * Every number in groups that is looked for starts with four digits or more, with a country code, or with three before
     * two, as a social security number does, or before four, as a mobile number does.
     */
    private boolean mayBeGrouped(int start, int length) {
        return switch (length) {
            case 1 -> false;
            case 2 -> source.startsWith("86", start);
            case 3 -> source.is(start + 7, Chars.DIGIT) || !source.is(start + 6, Chars.DIGIT);
            default -> true;
        };
    }

    private int grouped(int start) {
        DigitGroups groups = scan.groups;
        if (groups.startsWith(68) && groups.separator() == ' ') {
            int end = ChineseIds.endOfGrouped(scan, today.get());
            if (end > 0) {
                return scan.report(CN_ID_CARD, start, end);
            }
        }
        int card = Cards.findGrouped(scan, start);
        if (card > 0) {
            return card;
        }
        if (groups.isLoose()) {
            return -1;
        }
        groups.keepLine();
        if (groups.startsWith(324)
                && groups.endsWith(2)
                && SocialSecurity.isValid(groups.digits)
                && !isQuantity(start, groups.end(2))) {
            return scan.report(US_SSN, start, groups.end(2));
        }
        int mobile = ChineseMobiles.endOfGrouped(groups);
        return mobile < 0 ? -1 : scan.report(CN_MOBILE, start, mobile);
    }

    /** Returns true for a number of eleven digits that counts, measures or pays, and that nothing calls a telephone's. */
    private boolean isCounted(int start, int end) {
        return scan.context.says(KeywordContext.AMOUNT, start)
                || (Counted.is(source, start, end) && !scan.context.says(KeywordContext.PHONE, start));
    }

    /** Returns true for figures in groups that are amounts: counted, called so, or all of them round. */
    private boolean isQuantity(int start, int end) {
        if (scan.context.says(KeywordContext.SSN, start)) {
            return false;
        }
        if (scan.groups.separator() == '-') {
            return Counted.is(source, start, end);
        }
        byte[] digits = scan.groups.digits;
        boolean round = digits[2] == 0 && digits[4] == 0 && digits[8] == 0;
        boolean inList = source.peek(start - 1) == ' ' && source.is(start - 2, Chars.DIGIT);
        boolean listed = inList || (source.peek(end) == ' ' && source.is(end + 1, Chars.DIGIT));
        return round || listed || scan.context.says(KeywordContext.AMOUNT, start) || Counted.is(source, start, end);
    }

    /** Reports a Chinese identity number that ends in X, or the code of an organisation; returns its end, or -1. */
    public int findChineseCode(int start, int end) {
        if (source.skip(start, Chars.DIGIT, end) == end - 1) {
            scan.groups.readRun(start, end - 1);
            if (ChineseIds.isValid(scan.groups.digits, source.at(end - 1), today.get())) {
                return scan.report(CN_ID_CARD, start, end);
            }
        }
        return ChineseIds.isCreditCode(scan, start) ? scan.report(CN_USCC, start, end) : -1;
    }
}
