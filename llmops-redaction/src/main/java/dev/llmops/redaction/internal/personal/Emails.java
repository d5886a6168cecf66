package dev.llmops.redaction.internal.personal;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.MatchSpans;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;

/**
 * E-mail addresses around an at sign. The sign is in no part of an address, so neither side is read twice. Letters are of
 * one width: what is wide beside a narrow domain is the sentence's.
 */
public final class Emails {

    private static final int LOCAL = 64;
    private static final int LABEL = 63;
    private static final int LONGEST = 254;

    private Emails() {}

    /** Reports the address around the sign and returns its end, or -1. */
    public static int find(ScanState scan, int sign) {
        Source source = scan.source;
        if (sign + 1 == source.length) {
            return -1;
        }
        boolean wide = isWide(source, sign + 1);
        int start = startOfLocal(scan, sign, wide);
        int end = start < 0 ? -1 : endOfDomain(source, sign + 1, wide);
        if (end < 0 || end - start > LONGEST || isRemote(source, start, sign, end)) {
            return -1;
        }
        while (scan.found.size() > 0 && scan.found.lastEnd() > start) {
            // A telephone or account number that reaches into the local part was a part of it.
            start = Math.min(start, scan.found.start(scan.found.size() - 1));
            scan.found.removeLast();
        }
        return scan.report(PiiTypes.EMAIL, start, end);
    }

    /** Returns true for the remote of an SSH command: {@code git@host:path/name}, {@code user@host:/path}. */
    private static boolean isRemote(Source source, int start, int sign, int end) {
        if (source.startsWith("git", start) && sign - start == 3) {
            return true;
        }
        if (source.peek(end) != ':') {
            return false;
        }
        char first = source.peek(end + 1);
        int pathEnd = end + 1;
        boolean slash = false;
        while (pathEnd < source.length && pathEnd < end + LOCAL && isPath(source.at(pathEnd))) {
            slash |= source.at(pathEnd) == '/';
            pathEnd++;
        }
        return (Chars.is(first, Chars.NAME) || first == '/' || first == '~')
                && (slash || source.startsWith(".git", pathEnd - 4));
    }

    private static boolean isPath(char c) {
        return Chars.is(c, Chars.NAME) || c == '/' || c == '~';
    }

    private static int startOfLocal(ScanState scan, int sign, boolean wide) {
        Source source = scan.source;
        int floor = Math.max(floor(scan, sign), sign - LOCAL);
        int start = sign;
        while (start > floor && isLocal(source, start - 1, wide) && !source.startsWith("..", start - 1)) {
            start--;
        }
        while (start < sign && ".-'".indexOf(source.at(start)) >= 0) {
            start++;
        }
        char last = source.peek(sign - 1);
        return start == sign || last == '.' || last == '\'' ? -1 : start;
    }

    /** The end of the last secret; a number that touches the sign may still turn out to be part of the address. */
    private static int floor(ScanState scan, int sign) {
        MatchSpans found = scan.found;
        int last = found.size() - 1;
        boolean number = last >= 0 && found.end(last) > sign - LOCAL && isNumber(found.type(last));
        return number ? (last == 0 ? 0 : found.end(last - 1)) : found.lastEnd();
    }

    private static boolean isNumber(String type) {
        return switch (type) {
            case PiiTypes.PHONE,
                    PiiTypes.CN_MOBILE,
                    PiiTypes.CN_ID_CARD,
                    PiiTypes.CREDIT_CARD,
                    PiiTypes.CN_BANK_CARD,
                    PiiTypes.US_SSN -> true;
            default -> false;
        };
    }

    private static int endOfDomain(Source source, int start, boolean wide) {
        int end = -1;
        int at = start;
        while (at < source.length && at - start < LONGEST) {
            int labelEnd = at;
            while (labelEnd < source.length && labelEnd - at <= LABEL && isDomain(source, labelEnd, wide)) {
                labelEnd++;
            }
            if (labelEnd == at || source.at(at) == '-') {
                break;
            }
            int top = at == start ? -1 : endOfTopLevel(source, at, labelEnd);
            end = Math.max(end, top);
            boolean label = labelEnd - at <= LABEL && source.at(labelEnd - 1) != '-';
            if (!label || source.peek(labelEnd) != '.') {
                break;
            }
            at = labelEnd + 1;
        }
        return end;
    }

    /** Returns the end of the top-level domain that starts the label: a dash or digit may belong to the sentence. */
    private static int endOfTopLevel(Source source, int start, int labelEnd) {
        if (source.startsWithIgnoreCase("xn--", start)) {
            return labelEnd;
        }
        int end = source.skip(start, Chars.LETTER, labelEnd);
        boolean touched = end < labelEnd && Chars.isAccented(source.at(end));
        return end - start < 2 || touched ? -1 : end;
    }

    private static boolean isLocal(Source source, int index, boolean wide) {
        char c = source.at(index);
        return Chars.is(c, Chars.ALNUM)
                ? isWide(source, index) == wide
                : Chars.is(c, Chars.MAIL) || Chars.isAccented(c);
    }

    private static boolean isDomain(Source source, int index, boolean wide) {
        char c = source.at(index);
        return Chars.is(c, Chars.ALNUM) ? isWide(source, index) == wide : c == '-' || Chars.isAccented(c);
    }

    private static boolean isWide(Source source, int index) {
        return source.raw(index) >= Chars.FULL_WIDTH;
    }
}
