package dev.llmops.logging.redaction;

/** Social security numbers of the United States: area, group and serial, none of them void. */
final class SocialSecurity {

    private SocialSecurity() {}

    static boolean isValid(byte[] digits) {
        int area = digits[0] * 100 + digits[1] * 10 + digits[2];
        boolean group = digits[3] + digits[4] > 0;
        boolean serial = digits[5] + digits[6] + digits[7] + digits[8] > 0;
        return area != 0 && area != 666 && area < 900 && group && serial;
    }
}
