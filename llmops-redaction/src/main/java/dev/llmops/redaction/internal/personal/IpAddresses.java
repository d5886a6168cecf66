package dev.llmops.redaction.internal.personal;

import static dev.llmops.redaction.internal.text.Chars.ALNUM;
import static dev.llmops.redaction.internal.text.Chars.DIGIT;
import static dev.llmops.redaction.internal.text.Chars.HEX;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.EarlierLabels;
import dev.llmops.redaction.internal.text.KeywordContext;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;

/** IPv4 and IPv6 addresses, and hardware addresses with colons, parsed by hand from the run that they fill. */
public final class IpAddresses {

    /** Eight groups of four with an embedded IPv4 address; a longer run is something else. */
    private static final int LONGEST = 46;

    private static final int ZONE = 16;
    /** Characters of {@code ::}, {@code a::b} and their like, which stand in code too. */
    private static final int SHORT = 6;

    /** The end of the last run with colons: each run is judged once. */
    private int doneUntil = -1;

    /** Reports the dotted address that starts with a number and returns its end, or -1. */
    public static int findV4(ScanState scan, int start) {
        Source source = scan.source;
        if (scan.gluedBefore(start)) {
            return -1;
        }
        int end = endOfV4(source, start, source.length);
        if (end < 0 || source.gluedAfter(end) || (source.peek(end) == '.' && source.is(end + 1, DIGIT))) {
            return -1;
        }
        if (isRelease(source, start, end) && !scan.context.says(KeywordContext.IP, start)) {
            return -1;
        }
        if (scan.context.says(KeywordContext.VERSION, start) || isSection(source, start, end)) {
            return -1;
        }
        return scan.report(PiiTypes.IP_ADDRESS, start, endOfPrefix(source, end, 32));
    }

    /** Returns true for the number of a section: behind its sign, or small and before a heading at the start of a line. */
    private static boolean isSection(Source source, int start, int end) {
        if (source.peek(start - 1) == '§' || source.startsWith("§ ", start - 2)) {
            return true;
        }
        if (source.startsWithIgnoreCase("see ", start - 4) && isSmall(source, start, end)) {
            return true;
        }
        boolean line = start == 0
                || source.peek(start - 1) == '\n'
                || source.peek(start - 1) == '#'
                || source.startsWith("# ", start - 2);
        boolean small = end - start <= 9 && source.at(start) != '0' && end < source.length;
        return line
                && small
                && isSmall(source, start, end)
                && source.peek(end) == ' '
                && source.is(end + 1, Chars.UPPER)
                && source.is(end + 2, Chars.LOWER);
    }

    /** Returns true if no part has three digits or is zero. */
    private static boolean isSmall(Source source, int start, int end) {
        int digits = 0;
        for (int i = start; i < end; i++) {
            digits = source.at(i) == '.' ? 0 : digits + 1;
            if (digits > 2 || (digits == 1 && source.at(i) == '0')) {
                return false;
            }
        }
        return true;
    }

    /** Versions as files and requirements name them: {@code name-1.2.3.4.jar}, {@code name==1.2.3.4}. */
    private static boolean isRelease(Source source, int start, int end) {
        boolean file = source.peek(start - 1) == '-'
                && source.is(start - 2, Chars.LETTER)
                && source.peek(end) == '.'
                && source.is(end + 1, Chars.LETTER);
        return file || (source.startsWith("==", start - 2) && source.is(start - 3, ALNUM));
    }

    /** Judges the run of hexadecimal groups around the colon; answers the end of what it reports, or -1. */
    public int findAtColon(ScanState scan, int colon) {
        Source source = scan.source;
        if (colon < doneUntil || !(source.is(colon + 1, HEX) || source.peek(colon + 1) == ':')) {
            return -1;
        }
        int start = startOfRun(scan, colon);
        int from = Math.max(start, colon);
        int end = from;
        while (end < source.length && isAddress(source.at(end))) {
            end++;
        }
        doneUntil = end;
        if (start < 0 || end - start > LONGEST || source.gluedAfter(end)) {
            return -1;
        }
        if (source.at(end - 1) == ':' && EarlierLabels.isAt(source, end)) {
            // What is left of a run that was no address, but whose dotted end was one.
            return -1;
        }
        end = trimmed(source, start, end);
        if (MacAddresses.endOfGroups(source, start, end, ':') == end) {
            return MacAddresses.report(scan, start, end);
        }
        return reportV6(scan, start, end);
    }

    private static int reportV6(ScanState scan, int start, int end) {
        Source source = scan.source;
        if (!isV6(source, start, end)) {
            return -1;
        }
        int zoned = end;
        if (source.peek(end) == '%' && source.is(end + 1, ALNUM)) {
            zoned = source.skip(end + 1, Chars.NAME, end + ZONE);
        }
        int last = endOfPrefix(source, zoned, 128);
        return last > zoned || speaksForItself(scan, start, end) ? scan.report(PiiTypes.IP_ADDRESS, start, last) : -1;
    }

    /** Returns the start of the run, or -1 when a word that cannot belong to an address touches it from the left. */
    private static int startOfRun(ScanState scan, int colon) {
        Source source = scan.source;
        int floor = scan.found.lastEnd();
        int start = colon;
        while (start > floor && start > colon - 5 && source.is(start - 1, HEX)) {
            start--;
        }
        if (start > floor && source.gluedBefore(start)) {
            // A label such as "ip:" stands before an address; "std::" and "foo2001:" do not.
            int word = source.skip(start, ALNUM, colon);
            return word == colon && isLabel(source, colon) ? colon + 1 : -1;
        }
        boolean chinese = source.raw(colon) == '：' || source.peek(colon - 1) > Chars.IDEOGRAPHS;
        if (start == colon && chinese && startsGroups(source, colon + 1)) {
            return colon + 1;
        }
        boolean behindFinding = (floor > 0 && floor == colon) || EarlierLabels.startBefore(source, colon) < colon;
        return colon - start > 4 || behindFinding ? -1 : start;
    }

    private static boolean isLabel(Source source, int colon) {
        int i = colon;
        while (i > 0 && colon - i < 12 && source.is(i - 1, Chars.LETTER)) {
            i--;
        }
        return startsGroups(source, colon + 1) && !source.gluedBefore(i);
    }

    private static boolean startsGroups(Source source, int index) {
        return source.is(index, HEX) || source.startsWith("::", index);
    }

    private static boolean isAddress(char c) {
        return Chars.is(c, HEX) || c == ':' || c == '.';
    }

    /** Returns the end without the colon or the dots of the sentence around it. */
    private static int trimmed(Source source, int start, int end) {
        int last = end;
        while (last > start && source.at(last - 1) == '.') {
            last--;
        }
        boolean single = last - start > 2 && source.at(last - 1) == ':' && source.at(last - 2) != ':';
        return single ? last - 1 : last;
    }

    /** Code has slices and scopes in the same shape, so an address without digits needs a word beside it. */
    private static boolean speaksForItself(ScanState scan, int start, int end) {
        Source source = scan.source;
        if (source.peek(start - 1) == '[' && source.gluedBefore(start - 1)) {
            return false;
        }
        boolean digits = false;
        for (int i = start; i < end; i++) {
            digits |= source.is(i, DIGIT);
        }
        boolean whole = source.isWhole(start, end);
        if (end - start <= SHORT && source.at(start) != ':') {
            digits &= !isTime(source, start, end) || whole;
        }
        return digits || (whole && end - start > SHORT) || scan.context.says(KeywordContext.IP, start);
    }

    /** Returns true for an hour and two digits of minutes, as of a time with one colon too many. */
    private static boolean isTime(Source source, int start, int end) {
        int colons = source.skip(start, DIGIT, end);
        return colons < start + 3
                && source.startsWith("::", colons)
                && colons + 4 == end
                && source.is(end - 2, DIGIT)
                && source.is(end - 1, DIGIT);
    }

    private static boolean isV6(Source source, int start, int end) {
        int groups = 0;
        boolean compressed = false;
        int at = start;
        if (source.startsWith("::", at)) {
            compressed = true;
            at += 2;
        }
        while (at < end) {
            int groupEnd = source.skip(at, HEX, end);
            if (groupEnd < end && source.at(groupEnd) == '.') {
                groups += 2;
                at = endOfV4(source, at, end) == end ? end : Integer.MAX_VALUE;
                break;
            }
            if (groupEnd == at || groupEnd - at > 4) {
                return false;
            }
            groups++;
            at = groupEnd;
            if (at == end) {
                break;
            }
            at++;
            if (at == end) {
                return false;
            }
            if (source.at(at) == ':') {
                if (compressed) {
                    return false;
                }
                compressed = true;
                at++;
            }
        }
        return at == end && (compressed ? groups < 8 : groups == 8);
    }

    /** The end of four octets without leading zeros, or -1. */
    private static int endOfV4(Source source, int start, int limit) {
        int at = start;
        for (int octet = 0; octet < 4; octet++) {
            if (octet > 0 && source.peek(at++) != '.') {
                return -1;
            }
            int end = source.skip(at, DIGIT, Math.min(limit, at + 4));
            int value = 0;
            for (int i = at; i < end; i++) {
                value = value * 10 + source.at(i) - '0';
            }
            boolean padded = end - at > 1 && source.at(at) == '0';
            if (end == at || end - at > 3 || value > 255 || padded) {
                return -1;
            }
            at = end;
        }
        return at;
    }

    /** Returns the end with a CIDR prefix length, if one follows. */
    private static int endOfPrefix(Source source, int end, int most) {
        if (source.peek(end) != '/') {
            return end;
        }
        int last = source.skip(end + 1, DIGIT, end + 5);
        int bits = 0;
        for (int i = end + 1; i < last; i++) {
            bits = bits * 10 + source.at(i) - '0';
        }
        return last == end + 1 || bits > most || source.gluedAfter(last) ? end : last;
    }
}
