package dev.llmops.redaction.internal.scan;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Context;
import dev.llmops.redaction.internal.text.Source;

/**
 * Telephone numbers. Digits alone are never one: they need a plus sign, an area code of North America in brackets, a word
 * such as "phone" before them, or a {@link PhoneCheck} that knows the numbering plans.
 */
final class Phones {

    private static final int SHORTEST = 7;
    private static final int LONGEST = 15;
    /** Digits of a long national number, which a gap may follow. */
    private static final int NATIONAL = 10;

    /** Characters of the longest number with its separators and extension. */
    private static final int REACH = 32;

    private Phones() {}

    /** Reports the number that starts with a plus sign or a bracket and answers its end, or -1. */
    static int findMarked(Scan scan, int mark) {
        Source source = scan.source;
        boolean plus = source.at(mark) == '+';
        if (!source.is(mark + 1, Chars.DIGIT) || scan.gluedBefore(mark)) {
            return -1;
        }
        if (plus) {
            return source.at(mark + 1) == '0' ? -1 : international(scan, mark);
        }
        return isNorthAmerican(source, mark) ? report(scan, mark) : findBeside(scan, mark);
    }

    private static int international(Scan scan, int plus) {
        Source source = scan.source;
        int runEnd = source.skip(plus + 1, Chars.DIGIT, plus + REACH);
        if (source.startsWith("86", plus + 1)) {
            int mobile = mobileEnd(scan, plus + 1, runEnd);
            if (mobile > 0) {
                return scan.report(PiiTypes.CN_MOBILE, plus, mobile);
            }
        }
        return report(scan, plus);
    }

    private static int mobileEnd(Scan scan, int start, int runEnd) {
        if (runEnd - start == 13) {
            scan.groups.readRun(start, runEnd);
            return ChineseMobiles.isValid(scan.groups.digits, 13) && !scan.source.gluedAfter(runEnd) ? runEnd : -1;
        }
        return scan.groups.read(start, runEnd) ? ChineseMobiles.endOfGrouped(scan.groups) : -1;
    }

    /** Reports the number that a word before it, or the numbering plans, call one; answers its end, or -1. */
    static int findBeside(Scan scan, int start) {
        if (scan.isPhoneTried(start)) {
            return -1;
        }
        int end = endOf(scan, start, false);
        if (end < 0 || isDate(scan.source, start) || isDecimal(scan.source, start)) {
            return -1;
        }
        if (scan.context.says(Context.PHONE, start)) {
            return scan.report(PiiTypes.PHONE, start, extended(scan.source, end));
        }
        return scan.phones.isPhone(scan.source.substring(start, end)) ? scan.report(PiiTypes.PHONE, start, end) : -1;
    }

    private static int report(Scan scan, int start) {
        int end = endOf(scan, start, true);
        return end < 0 ? -1 : scan.report(PiiTypes.PHONE, start, extended(scan.source, end));
    }

    /** The end of the last group that keeps within 7 to 15 digits, with separators and brackets between, or -1. */
    private static int endOf(Scan scan, int start, boolean marked) {
        Source source = scan.source;
        int digits = 0;
        int end = -1;
        int separators = 0;
        char style = 0;
        int i = start;
        for (; i <= source.length && i < start + REACH && separators <= 2; i++) {
            char c = source.peek(i);
            if (Chars.is(c, Chars.DIGIT)) {
                digits++;
                separators = 0;
                continue;
            }
            if (separators == 0 && digits >= SHORTEST && digits <= LONGEST && isEnd(source, i)) {
                end = i;
            }
            boolean separator = i == start || (Chars.is(c, Chars.PHONE) && goesOn(style, c, digits));
            if (digits > LONGEST || !separator || (end == i && c == ' ' && endsAtGap(scan, start, marked, i + 1))) {
                break;
            }
            style = c == ' ' || c == '-' || c == '.' ? c : style;
            separators++;
        }
        scan.phoneTried(end < 0 ? i : end);
        return end;
    }

    /** Whether a gap is the end: nothing calls the number one so far, or something else begins behind it. */
    private static boolean endsAtGap(Scan scan, int start, boolean marked, int next) {
        boolean called = marked || scan.phones != PhoneCheck.NONE || scan.context.says(Context.PHONE, start);
        return !called || Numbers.isCheckedAt(scan, next);
    }

    /** Whether the number may go on behind a separator: dots stand alone, and a space behind dashes is a gap. */
    private static boolean goesOn(char style, char separator, int digits) {
        if (style == '.' || separator == '.') {
            return style == 0 || style == separator;
        }
        return separator != ' ' || style != '-' || digits < NATIONAL;
    }

    /** Whether a group ends there that is not the first part of something longer. */
    private static boolean isEnd(Source source, int index) {
        char next = source.peek(index);
        boolean more = (next == '-' || next == '.') && source.is(index + 1, Chars.DIGIT);
        return !more && (!source.gluedAfter(index) || extended(source, index) > index);
    }

    /** With an extension such as {@code x123}. */
    private static int extended(Source source, int end) {
        if (source.peek(end) != 'x') {
            return end;
        }
        int last = source.skip(end + 1, Chars.DIGIT, end + 7);
        return last == end + 1 || source.gluedAfter(last) ? end : last;
    }

    /** {@code (415)555-0132}, with or without a space. */
    private static boolean isNorthAmerican(Source source, int bracket) {
        if (source.at(bracket + 1) < '2' || source.skip(bracket + 1, Chars.DIGIT, bracket + 4) != bracket + 4) {
            return false;
        }
        int exchange = bracket + (source.peek(bracket + 5) == ' ' ? 6 : 5);
        return source.peek(bracket + 4) == ')'
                && source.skip(exchange, Chars.DIGIT, exchange + 3) == exchange + 3
                && source.at(exchange) >= '2'
                && (source.peek(exchange + 3) == '-'
                        || source.peek(exchange + 3) == ' '
                        || source.peek(exchange + 3) == '.')
                && source.skip(exchange + 4, Chars.DIGIT, exchange + 9) == exchange + 8;
    }

    private static boolean isDate(Source source, int start) {
        char separator = source.peek(start + 4);
        return (separator == '-' || separator == '/' || separator == '.')
                && isYear(source, start)
                && (source.peek(start + 7) == separator || isYear(source, start + 5));
    }

    private static boolean isYear(Source source, int start) {
        return (source.startsWith("19", start) || source.startsWith("20", start))
                && source.skip(start, Chars.DIGIT, start + 5) == start + 4;
    }

    /** Few digits before one dot, and no group of a number behind it. */
    private static boolean isDecimal(Source source, int start) {
        int point = source.skip(start, Chars.DIGIT, start + 3);
        return point < start + 3
                && source.peek(point) == '.'
                && source.skip(point + 1, Chars.DIGIT, point + SHORTEST) > point + 5;
    }
}
