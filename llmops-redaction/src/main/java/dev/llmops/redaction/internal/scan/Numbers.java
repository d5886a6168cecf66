package dev.llmops.redaction.internal.scan;

import static dev.llmops.redaction.detect.PiiTypes.CN_ID_CARD;
import static dev.llmops.redaction.detect.PiiTypes.CN_MOBILE;
import static dev.llmops.redaction.detect.PiiTypes.CN_USCC;
import static dev.llmops.redaction.detect.PiiTypes.US_SSN;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Checksums;
import dev.llmops.redaction.internal.text.Context;
import dev.llmops.redaction.internal.text.DigitGroups;
import dev.llmops.redaction.internal.text.Source;

/**
 * Decides what a run of digits, alone or with the groups that follow it, is. Checked kinds come before shapes, telephone
 * numbers last.
 */
final class Numbers {

    private static final int LONGEST = 19;
    /** A run this long before a dash is a number of its own, as in a range. */
    private static final int SEPARATE = 9;

    private Numbers() {}

    /** Reports the number that starts with the digit run and answers its end, or -1. */
    static int find(Scan scan, int start, int end) {
        Source source = scan.source;
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
        boolean continued = isContinued(source, start);
        int found = -1;
        if (length <= 3 && next == '.') {
            found = IpAddresses.findV4(scan, start);
        } else if (length >= 8 && (next == ':' || next == '|')) {
            found = tokenBehindNumber(scan, start, end, next);
        } else if (length == 2 ? next == '-' || next == ' ' : length == 4 && next == '.') {
            found = MacAddresses.find(scan, start, end);
        }
        if (found < 0 && length >= 9) {
            found = solid(scan, start, end, continued);
        }
        if (found < 0 && !continued && mayBeGrouped(source, start, length) && scan.groups.read(start, end)) {
            found = grouped(scan, start);
        }
        return found < 0 && !continued ? Phones.findBeside(scan, start) : found;
    }

    /** Whether the run is a later group of a longer number with dashes. */
    private static boolean isContinued(Source source, int start) {
        if (source.peek(start - 1) != '-' || !source.is(start - 2, Chars.DIGIT)) {
            return false;
        }
        int before = start - 2;
        while (before > 0 && start - before <= SEPARATE && source.is(before - 1, Chars.DIGIT)) {
            before--;
        }
        return start - before <= SEPARATE;
    }

    private static int solid(Scan scan, int start, int end, boolean continued) {
        int length = end - start;
        byte[] digits = scan.groups.digits;
        scan.groups.readRun(start, end);
        if (length == 18 && ChineseIds.isValid(scan, digits, scan.source.at(end - 1))) {
            return scan.report(CN_ID_CARD, start, end);
        }
        if (length == 18 && scan.context.says(Context.COMPANY, start) && Checksums.mod31(scan.source, start)) {
            return scan.report(CN_USCC, start, end);
        }
        String card = length < 12 ? null : Cards.type(scan, start, length);
        if (card != null) {
            return scan.report(card, start, end);
        }
        if (continued) {
            return -1;
        }
        if (length == 15 && ChineseIds.isOldForm(scan, digits, start, end)) {
            return scan.report(CN_ID_CARD, start, end);
        }
        if (ChineseMobiles.isValid(digits, length)) {
            return scan.report(CN_MOBILE, start, end);
        }
        boolean ssn = length == 9 && SocialSecurity.isValid(digits) && scan.context.says(Context.SSN, start);
        return ssn ? scan.report(US_SSN, start, end) : -1;
    }

    /** Whether a number with a check, or of a shape of its own, starts there: no part of a telephone number before it. */
    static boolean isCheckedAt(Scan scan, int start) {
        int end = scan.source.skip(start, Chars.DIGIT, start + LONGEST + 1);
        int length = end - start;
        if (length < 3 || length > LONGEST || scan.source.gluedAfter(end)) {
            return false;
        }
        int found = length >= 9 ? solid(scan, start, end, false) : -1;
        if (found < 0 && scan.groups.read(start, end)) {
            found = grouped(scan, start);
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
    private static boolean mayBeGrouped(Source source, int start, int length) {
        return switch (length) {
            case 1 -> false;
            case 2 -> source.startsWith("86", start);
            case 3 -> source.is(start + 7, Chars.DIGIT) || !source.is(start + 6, Chars.DIGIT);
            default -> true;
        };
    }

    private static int grouped(Scan scan, int start) {
        DigitGroups groups = scan.groups;
        if (groups.startsWith(68) && groups.separator() == ' ') {
            int end = ChineseIds.endOfGrouped(scan);
            if (end > 0) {
                return scan.report(CN_ID_CARD, start, end);
            }
        }
        int card = Cards.findGrouped(scan, start);
        if (card > 0) {
            return card;
        }
        if (groups.startsWith(324) && groups.endsWith(2) && SocialSecurity.isValid(groups.digits)) {
            return scan.report(US_SSN, start, groups.end(2));
        }
        int mobile = ChineseMobiles.endOfGrouped(groups);
        return mobile < 0 ? -1 : scan.report(CN_MOBILE, start, mobile);
    }

    /** Tokens of Telegram's bots and of Facebook's applications: an id, a mark and a key. */
    private static int tokenBehindNumber(Scan scan, int start, int end, char mark) {
        int id = end - start;
        int keyEnd = scan.runEnd(Chars.WORD, end + 1);
        int key = keyEnd - end - 1;
        boolean telegram = mark == ':' && id <= 10 && key == 35;
        boolean facebook = mark == '|' && (id == 15 || id == 16) && key >= 27 && key <= 40;
        return telegram || facebook ? scan.report(PiiTypes.API_KEY, start, keyEnd) : -1;
    }
}
