package dev.llmops.redaction.internal.national;

import java.util.Set;

/** Social security numbers of the United States: area, group and serial, none of them void, and no printed specimen. */
public final class SocialSecurity {

    /** Numbers of a wallet's sample card, and the digits of every form: neither is anybody's. */
    private static final Set<Integer> SPECIMENS = Set.of(78051120, 123456789);

    private SocialSecurity() {}

    public static boolean isValid(byte[] digits) {
        int area = digits[0] * 100 + digits[1] * 10 + digits[2];
        int group = digits[3] * 10 + digits[4];
        int serial = digits[5] * 1000 + digits[6] * 100 + digits[7] * 10 + digits[8];
        boolean issued = area != 0 && area != 666 && area < 900 && group != 0 && serial != 0;
        return issued && !SPECIMENS.contains((area * 100 + group) * 10_000 + serial);
    }
}
