package dev.llmops.redaction.internal.text;

/** Check digits. All work on digit values, so that grouped and folded numbers need no copy. */
public final class Checksums {

    private static final int[] MOD_11_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String MOD_11_DIGITS = "10X98765432";
    private static final int[] MOD_31_WEIGHTS = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    private static final String MOD_31_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private Checksums() {}

    /** The Luhn check over the first {@code count} digits. */
    public static boolean luhn(byte[] digits, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int digit = digits[count - 1 - i];
            int doubled = digit * 2;
            sum += (i & 1) == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    /** ISO 7064 MOD 11-2 over 17 digits and a check character. */
    public static boolean mod11(byte[] digits, char check) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += digits[i] * MOD_11_WEIGHTS[i];
        }
        return MOD_11_DIGITS.charAt(sum % 11) == check;
    }

    /** GB 32100 over the 18 characters from {@code start} on, in either case. */
    public static boolean mod31(Source source, int start) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            int value = mod31Value(source.at(start + i));
            if (value < 0) {
                return false;
            }
            sum += value * MOD_31_WEIGHTS[i];
        }
        return mod31Value(source.at(start + 17)) == (31 - sum % 31) % 31;
    }

    private static int mod31Value(char c) {
        return MOD_31_DIGITS.indexOf(Chars.is(c, Chars.LOWER) ? c - 32 : c);
    }

    /** Carries an ISO 7064 MOD 97-10 remainder over one more digit or letter. */
    public static int mod97(int remainder, char c) {
        int value = Character.digit(c, 36);
        return value < 10 ? (remainder * 10 + value) % 97 : (remainder * 100 + value) % 97;
    }
}
