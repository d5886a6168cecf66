package dev.llmops.redaction.internal.national;

import dev.llmops.redaction.internal.text.DigitGroups;

/** Mobile numbers of mainland China: eleven digits from {@code 13} to {@code 19}, with or without country code 86. */
public final class ChineseMobiles {

    private static final int LENGTH = 11;

    private ChineseMobiles() {}

    /** Returns true if the first digits are a mobile number: bare, or behind 86 or 0086. */
    public static boolean isValid(byte[] digits, int length) {
        int prefix = length - LENGTH;
        return (prefix == 0 || isCountry(digits, prefix)) && startsMobile(digits, prefix);
    }

    /** Returns the end of a mobile number in groups of 3, 4 and 4, or behind a country code; or -1. */
    public static int endOfGrouped(DigitGroups groups) {
        if (groups.startsWith(344) && startsMobile(groups.digits, 0) && groups.endsWith(2)) {
            return groups.end(2);
        }
        int prefix = groups.count(0);
        if (prefix > 4 || groups.size() < 2 || !isCountry(groups.digits, prefix)) {
            return -1;
        }
        if (!startsMobile(groups.digits, prefix)) {
            return -1;
        }
        if (groups.count(1) == LENGTH && groups.endsWith(1)) {
            return groups.end(1);
        }
        boolean split = groups.size() > 3 && groups.count(1) == 3 && groups.count(2) == 4 && groups.count(3) == 4;
        return split && groups.endsWith(3) ? groups.end(3) : -1;
    }

    private static boolean isCountry(byte[] digits, int prefix) {
        return switch (prefix) {
            case 2 -> digits[0] == 8 && digits[1] == 6;
            case 4 -> digits[0] == 0 && digits[1] == 0 && digits[2] == 8 && digits[3] == 6;
            default -> false;
        };
    }

    private static boolean startsMobile(byte[] digits, int at) {
        return digits[at] == 1 && digits[at + 1] >= 3;
    }
}
