package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;

/** Keys and tokens that have no prefix, but a mark or parts of fixed lengths. */
public final class UnprefixedKeys {

    private static final String TERRAFORM_MARK = ".atlasv1.";

    private UnprefixedKeys() {}

    /** Reports the key that starts with a word of letters and digits and returns its end, or -1. */
    public static int find(ScanState scan, int start, int end, boolean hex) {
        Source source = scan.source;
        int length = end - start;
        if (length >= 23 && length <= 28 && source.peek(end) == '.') {
            return discord(scan, start, end);
        }
        return switch (length) {
            case 14 -> terraform(scan, start, end);
            case 32 -> hex ? withTail(scan, start, end) : -1;
            case 34 ->
                source.startsWith("SK", start) && source.skip(start + 2, Chars.HEX, end) == end
                        ? scan.report(PiiTypes.API_KEY, start, end)
                        : -1;
            default -> -1;
        };
    }

    /** Reports a token of Terraform Cloud, which has its mark behind fourteen characters. */
    public static int terraform(ScanState scan, int start, int end) {
        if (scan.gluedBefore(start) || !scan.source.startsWith(TERRAFORM_MARK, end)) {
            return -1;
        }
        int last = scan.runEnd(Chars.WORD, end + TERRAFORM_MARK.length());
        return last - end < 60 ? -1 : scan.report(PiiTypes.API_KEY, start, last);
    }

    /** Reports a Discord bot's token: its id in base64, a time of six characters, and the signature. */
    private static int discord(ScanState scan, int start, int end) {
        int time = scan.source.skip(end + 1, Chars.WORD, end + 8);
        if (time != end + 7 || scan.source.peek(time) != '.') {
            return -1;
        }
        int signature = scan.runEnd(Chars.WORD, time + 1);
        return signature - time < 28 ? -1 : scan.report(PiiTypes.API_KEY, start, signature);
    }

    /**
     * Reports 32 hexadecimal digits that a vendor's tail follows: Mailgun's two groups, Mailchimp's region or Zhipu's
     * secret. Without a tail they are a digest.
     */
    private static int withTail(ScanState scan, int start, int end) {
        Source source = scan.source;
        if (source.peek(end) == '-' && source.skip(end + 1, Chars.HEX, end + 10) == end + 9) {
            int last = source.skip(end + 10, Chars.HEX, end + 19);
            boolean signing = source.peek(end + 9) == '-' && last == end + 18 && !source.gluedAfter(last);
            return signing ? scan.report(PiiTypes.API_KEY, start, last) : -1;
        }
        if (source.startsWith("-us", end)) {
            int region = source.skip(end + 3, Chars.DIGIT, end + 6);
            return region > end + 3 && region < end + 6 ? scan.report(PiiTypes.API_KEY, start, region) : -1;
        }
        int tail = source.peek(end) == '.' ? scan.runEnd(Chars.ALNUM, end + 1) : end;
        return tail == end + 17 ? scan.report(PiiTypes.API_KEY, start, tail) : -1;
    }

    /** Reports a token of a Telegram bot or a Facebook application: an id, a mark and a key. */
    public static int behindNumber(ScanState scan, int start, int end) {
        int id = end - start;
        char mark = scan.source.peek(end);
        if (id < 8 || id > 19 || (mark != ':' && mark != '|') || scan.gluedBefore(start)) {
            return -1;
        }
        int keyEnd = scan.runEnd(Chars.WORD, end + 1);
        int key = keyEnd - end - 1;
        boolean telegram = mark == ':' && id <= 10 && key == 35;
        boolean facebook = mark == '|' && (id == 15 || id == 16) && key >= 27 && key <= 40;
        return telegram || facebook ? scan.report(PiiTypes.API_KEY, start, keyEnd) : -1;
    }

    /** Reports a client secret of Azure AD, which has its mark, {@code 8Q~}, behind three characters. */
    public static int azure(ScanState scan, int tilde) {
        Source source = scan.source;
        int start = tilde - 5;
        if (source.peek(tilde - 1) != 'Q'
                || !source.is(tilde - 2, Chars.DIGIT)
                || start < scan.found.lastEnd()
                || scan.gluedBefore(start)) {
            return -1;
        }
        for (int i = start; i < tilde - 2; i++) {
            if (!isAzure(source.at(i))) {
                return -1;
            }
        }
        int end = tilde + 1;
        while (end < source.length && end <= tilde + 36 && isAzure(source.at(end))) {
            end++;
        }
        while (end > tilde + 1 && source.at(end - 1) == '.') {
            end--;
        }
        int body = end - tilde - 1;
        return body < 31 || body > 34 ? -1 : scan.report(PiiTypes.API_KEY, start, end);
    }

    private static boolean isAzure(char c) {
        return Chars.is(c, Chars.WORD) || c == '.' || c == '~';
    }
}
