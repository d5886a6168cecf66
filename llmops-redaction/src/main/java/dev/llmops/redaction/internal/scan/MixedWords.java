package dev.llmops.redaction.internal.scan;

import static dev.llmops.redaction.detect.PiiTypes.API_KEY;
import static dev.llmops.redaction.detect.PiiTypes.CN_ID_CARD;
import static dev.llmops.redaction.detect.PiiTypes.CN_USCC;

import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Source;

/** Decides what a word of letters and digits is: account numbers, Chinese codes, addresses, keys without a prefix. */
final class MixedWords {

    private static final String TERRAFORM_MARK = ".atlasv1.";

    private MixedWords() {}

    /** Reports what starts with the word and answers its end, or -1. */
    static int find(Scan scan, int start, int end, boolean hex) {
        Source source = scan.source;
        if (scan.gluedBefore(start) || source.gluedAfter(end)) {
            return -1;
        }
        int found = Ibans.find(scan, start);
        if (found > 0) {
            return found;
        }
        int length = end - start;
        if (length >= 23 && length <= 28 && source.peek(end) == '.') {
            return discordToken(scan, start, end);
        }
        return switch (length) {
            case 2, 4 -> hex ? MacAddresses.find(scan, start, end) : -1;
            case 14 -> terraformToken(scan, start, end);
            case 18 -> chineseCode(scan, start, end);
            case 32 -> hex ? keyWithTail(scan, start, end) : -1;
            case 34 ->
                source.startsWith("SK", start) && source.skip(start + 2, Chars.HEX, end) == end
                        ? scan.report(API_KEY, start, end)
                        : -1;
            default -> -1;
        };
    }

    private static int chineseCode(Scan scan, int start, int end) {
        Source source = scan.source;
        if (source.skip(start, Chars.DIGIT, end) == end - 1) {
            scan.groups.readRun(start, end - 1);
            if (ChineseIds.isValid(scan, scan.groups.digits, source.at(end - 1))) {
                return scan.report(CN_ID_CARD, start, end);
            }
        }
        return ChineseIds.isCreditCode(scan, start) ? scan.report(CN_USCC, start, end) : -1;
    }

    /** Terraform Cloud's tokens carry their mark behind fourteen characters. */
    static int terraformToken(Scan scan, int start, int end) {
        if (!scan.source.startsWith(TERRAFORM_MARK, end)) {
            return -1;
        }
        int last = scan.runEnd(Chars.WORD, end + TERRAFORM_MARK.length());
        return last - end < 60 ? -1 : scan.report(API_KEY, start, last);
    }

    /** A Discord bot's token: its id in base64, a time of six characters, and the signature. */
    private static int discordToken(Scan scan, int start, int end) {
        int time = scan.source.skip(end + 1, Chars.WORD, end + 8);
        if (time != end + 7 || scan.source.peek(time) != '.') {
            return -1;
        }
        int signature = scan.runEnd(Chars.WORD, time + 1);
        return signature - time < 28 ? -1 : scan.report(API_KEY, start, signature);
    }

    /** 32 hexadecimal digits are a digest, unless a vendor's tail follows: Mailgun's two groups, Mailchimp's region or Zhipu's secret. */
    private static int keyWithTail(Scan scan, int start, int end) {
        Source source = scan.source;
        if (source.peek(end) == '-' && source.skip(end + 1, Chars.HEX, end + 10) == end + 9) {
            int last = source.skip(end + 10, Chars.HEX, end + 19);
            boolean signing = source.peek(end + 9) == '-' && last == end + 18 && !source.gluedAfter(last);
            return signing ? scan.report(API_KEY, start, last) : -1;
        }
        if (source.startsWith("-us", end)) {
            int region = source.skip(end + 3, Chars.DIGIT, end + 6);
            return region > end + 3 && region < end + 6 ? scan.report(API_KEY, start, region) : -1;
        }
        int tail = source.peek(end) == '.' ? scan.runEnd(Chars.ALNUM, end + 1) : end;
        return tail == end + 17 ? scan.report(API_KEY, start, tail) : -1;
    }
}
