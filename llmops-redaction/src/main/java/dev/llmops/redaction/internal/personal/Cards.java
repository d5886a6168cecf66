package dev.llmops.redaction.internal.personal;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Checksums;
import dev.llmops.redaction.internal.text.DigitGroups;
import dev.llmops.redaction.internal.text.KeywordContext;
import dev.llmops.redaction.internal.text.ScanState;
import org.jspecify.annotations.Nullable;

/**
 * Payment cards: the Luhn check, and either the length and prefix of an issuer or a word that says "card". The check
 * alone lets every tenth order number pass.
 */
final class Cards {

    private static final int SHORTEST = 12;
    private static final int LONGEST = 19;
    private static final int USUAL = 16;
    private static final int LEAST_GROUP = 3;
    /** The groups in which cards are printed. */
    private static final int FOURS = 4444;

    private static final int SIXES = 465;

    private Cards() {}

    /** The type of the card number in the first digits of the scratch array, or null. */
    static @Nullable String type(ScanState scan, int start, int length) {
        byte[] digits = scan.groups.digits;
        if (!Checksums.luhn(digits, length) || isOneDigit(digits, length)) {
            return null;
        }
        boolean named = scan.context.says(KeywordContext.CARD, start);
        if (length > USUAL && !named && scan.context.says(KeywordContext.CN_ID, start)) {
            // As long as a resident's number, and called one.
            return null;
        }
        int lead = 0;
        for (int i = 0; i < 6; i++) {
            lead = lead * 10 + digits[i];
        }
        int two = lead / 10_000;
        boolean unionPay = length >= 16 && (two == 62 || two == 81);
        if (unionPay) {
            return PiiTypes.CN_BANK_CARD;
        }
        boolean issued = isIssued(lead / 100, length) || isTravelAccount(scan, start, length) || named;
        return issued ? PiiTypes.CREDIT_CARD : null;
    }

    /** Airlines' cards have a one for their prefix, as every seventh number of fifteen digits has: only if alone. */
    private static boolean isTravelAccount(ScanState scan, int start, int length) {
        return length == 15 && scan.groups.digits[0] == 1 && scan.source.isWhole(start, start + length);
    }

    /** Prefixes and lengths in use, by the first four digits. */
    private static boolean isIssued(int four, int length) {
        int two = four / 100;
        int three = four / 10;
        boolean maestro = two == 50 || (two >= 56 && two <= 69);
        return switch (length) {
            case 12 -> maestro;
            case 13 -> two / 10 == 4;
            case 14 -> (three >= 300 && three <= 305) || four == 3095 || two == 36 || two == 38 || two == 39;
            case 15 -> two == 34 || two == 37 || four == 1800 || four == 2131;
            case 16 ->
                two / 10 == 4
                        || (two >= 50 && two <= 69)
                        || (four >= 2200 && four <= 2205)
                        || (four >= 2221 && four <= 2720)
                        || two == 35
                        || four == 9792
                        || two == 82;
            case 19 -> two / 10 == 4 || maestro;
            default -> false;
        };
    }

    /** Reports the longest card number in groups from the start of the groups on; returns its end, or -1. */
    static int findGrouped(ScanState scan, int start) {
        DigitGroups groups = scan.groups;
        if (groups.count(0) < 4) {
            return -1;
        }
        if (groups.isUnusual() && !groups.startsWith(FOURS) && !groups.startsWith(SIXES)) {
            return -1;
        }
        if (groups.isWide() && !scan.context.says(KeywordContext.CARD, start)) {
            return -1;
        }
        int longest = -1;
        String type = null;
        for (int group = 1; group < groups.size() && groups.total(group) <= LONGEST; group++) {
            if (groups.total(group) >= SHORTEST && groups.endsWith(group) && standsApart(scan, start, group)) {
                String candidate = type(scan, start, groups.total(group));
                longest = candidate == null ? longest : groups.end(group);
                type = candidate == null ? type : candidate;
            }
            if (groups.count(group) < LEAST_GROUP) {
                break;
            }
        }
        return type == null ? -1 : scan.report(type, start, longest);
    }

    /** Returns true if the groups are not some of a longer number's. A card of sixteen digits may stand among others. */
    private static boolean standsApart(ScanState scan, int start, int last) {
        DigitGroups groups = scan.groups;
        if (groups.total(last) == USUAL) {
            return true;
        }
        boolean followed = last + 1 < groups.size() && groups.count(last + 1) >= LEAST_GROUP;
        int before = start - 1 - LEAST_GROUP;
        boolean preceded = before >= scan.found.lastEnd()
                && scan.source.peek(start - 1) == groups.separator()
                && scan.source.skip(before, Chars.DIGIT, start) == start - 1;
        return !followed && !preceded;
    }

    private static boolean isOneDigit(byte[] digits, int length) {
        for (int i = 1; i < length; i++) {
            if (digits[i] != digits[0]) {
                return false;
            }
        }
        return true;
    }
}
