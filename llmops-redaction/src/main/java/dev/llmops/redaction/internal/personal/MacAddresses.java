package dev.llmops.redaction.internal.personal;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.KeywordContext;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;

/** Hardware addresses: six or eight pairs behind colons, dashes or spaces, or three or four groups of four behind dots. */
public final class MacAddresses {

    private static final int TOO_MANY = 5;

    private MacAddresses() {}

    /** Reports the address that starts with a hexadecimal word of two or four and returns its end, or -1. */
    public static int find(ScanState scan, int start, int wordEnd) {
        Source source = scan.source;
        char separator = source.peek(wordEnd);
        char previous = source.peek(start - 1);
        boolean inside = separator == '.' ? source.is(start - 2, Chars.HEX) : isPair(source, start - 3);
        if (scan.gluedBefore(start) || (previous == separator && inside)) {
            return -1;
        }
        int end = -1;
        if (wordEnd - start == 2 && (separator == '-' || separator == ' ')) {
            end = endOfGroups(source, start, source.length, separator);
        } else if (wordEnd - start == 4 && separator == '.') {
            end = endOfDotted(source, start);
        }
        if (end < 0 || source.gluedAfter(end)) {
            return -1;
        }
        return separator == '-' || speaksForItself(scan, start, end) ? report(scan, start, end) : -1;
    }

    /** Reports an address, unless it is the one of all devices in a text that says more. */
    static int report(ScanState scan, int start, int end) {
        boolean broadcast = true;
        for (int i = start; i < end && broadcast; i++) {
            char c = Chars.lower(scan.source.at(i));
            broadcast = c == 'f' || !Chars.is(c, Chars.ALNUM);
        }
        return broadcast && !scan.source.isWhole(start, end) ? -1 : scan.report(PiiTypes.MAC_ADDRESS, start, end);
    }

    private static boolean isPair(Source source, int start) {
        return source.is(start, Chars.HEX) && source.is(start + 1, Chars.HEX) && !source.gluedBefore(start);
    }

    /** The end of exactly six or eight pairs, or -1. */
    static int endOfGroups(Source source, int start, int limit, char separator) {
        int at = start;
        int pairs = 0;
        while (at + 2 <= limit && pairs <= 8 && source.is(at, Chars.HEX) && source.is(at + 1, Chars.HEX)) {
            at += 2;
            pairs++;
            if (source.peek(at) != separator || !source.is(at + 1, Chars.HEX)) {
                break;
            }
            at++;
        }
        return pairs == 6 || pairs == 8 ? at : -1;
    }

    private static int endOfDotted(Source source, int start) {
        int groups = 0;
        int end = start - 1;
        do {
            int group = end + 1;
            end = source.skip(group, Chars.HEX, group + 5);
            groups += end - group == 4 ? 1 : TOO_MANY;
        } while (groups <= 4 && source.peek(end) == '.' && source.is(end + 1, Chars.ALNUM));
        return groups == 3 || groups == 4 ? end : -1;
    }

    /** Plain digits behind spaces or dots are more often a list of numbers. */
    private static boolean speaksForItself(ScanState scan, int start, int end) {
        for (int i = start; i < end; i++) {
            if (scan.source.is(i, Chars.LETTER)) {
                return true;
            }
        }
        return scan.context.says(KeywordContext.MAC, start);
    }
}
