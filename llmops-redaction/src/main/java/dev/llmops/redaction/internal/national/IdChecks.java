package dev.llmops.redaction.internal.national;

import java.util.Set;

/** Check digits and parts of national identifiers, on their compact form in capitals. */
final class IdChecks {

    private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final Set<String> NINO_VOID = Set.of("BG", "GB", "KN", "NK", "NT", "TN", "ZZ");
    /** Months as digits of the twelve letters in Italian fiscal codes. */
    private static final String FISCAL_MONTHS = "ABCDEHLMPRST";
    /** Values of characters at odd places of Italian fiscal codes, digits first. */
    private static final int[] FISCAL_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10,
        22, 25, 24, 23
    };

    private static final int[] TAIWAN_LETTERS = {
        10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33
    };
    private static final int[][] VERHOEFF_PRODUCT = verhoeffProduct();
    private static final int[][] VERHOEFF_PERMUTATION = verhoeffPermutation();

    private IdChecks() {}

    static boolean nino(String id) {
        return "DFIQUV".indexOf(id.charAt(0)) < 0
                && "DFIOQUV".indexOf(id.charAt(1)) < 0
                && !NINO_VOID.contains(id.substring(0, 2))
                && id.charAt(8) <= 'D';
    }

    static boolean nhs(String id) {
        int check = (11 - weighted(id, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 11;
        return check == digit(id, 9) && varies(id);
    }

    /** ISO 7064 MOD 11,10, and one digit of the first ten that comes twice or three times. */
    static boolean germanTax(String id) {
        int product = 10;
        int[] times = new int[10];
        for (int i = 0; i < 10; i++) {
            times[digit(id, i)]++;
            int sum = (digit(id, i) + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        int repeated = 0;
        for (int time : times) {
            repeated += time > 1 ? 1 : 0;
        }
        return id.charAt(0) != '0' && repeated == 1 && (11 - product) % 10 == digit(id, 10);
    }

    static boolean germanCard(String id) {
        return id.chars().filter(Character::isDigit).count() >= 2 && id.chars().noneMatch(c -> "AEIOU".indexOf(c) >= 0);
    }

    static boolean germanCardChecked(String id) {
        int sum = 0;
        for (int i = 0; i < 9; i++) {
            sum += Character.digit(id.charAt(i), 36) * new int[] {7, 3, 1}[i % 3];
        }
        return sum % 10 == digit(id, 9) && germanCard(id.substring(0, 9));
    }

    static boolean nir(String id) {
        String body = id.substring(0, 13);
        long corsica = body.startsWith("2A", 5) ? 1_000_000 : body.startsWith("2B", 5) ? 2_000_000 : 0;
        String digits = corsica == 0 ? body : body.substring(0, 5) + "20" + body.substring(7);
        if (!digits.chars().allMatch(Character::isDigit)) {
            return false;
        }
        int month = Integer.parseInt(id.substring(3, 5));
        boolean born = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
        long number = Long.parseLong(digits) - corsica;
        return "1278".indexOf(id.charAt(0)) >= 0 && born && 97 - number % 97 == Long.parseLong(id.substring(13));
    }

    static boolean dni(String id) {
        return DNI_LETTERS.charAt(Integer.parseInt(id.substring(0, 8)) % 23) == id.charAt(8);
    }

    static boolean nie(String id) {
        int lead = "XYZ".indexOf(id.charAt(0));
        return lead >= 0 && dni(lead + id.substring(1));
    }

    static boolean fiscalCode(String id) {
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int value = Character.digit(id.charAt(i), 36);
            sum += i % 2 == 0 ? FISCAL_ODD[value] : value < 10 ? value : value - 10;
        }
        return FISCAL_MONTHS.indexOf(id.charAt(8)) >= 0 && 'A' + sum % 26 == id.charAt(15);
    }

    static boolean bsn(String id) {
        int sum = weighted(id, 9, 8, 7, 6, 5, 4, 3, 2) - digit(id, 8);
        return sum % 11 == 0 && varies(id);
    }

    static boolean pesel(String id) {
        int month = Integer.parseInt(id.substring(2, 4)) % 20;
        int day = Integer.parseInt(id.substring(4, 6));
        int check = (10 - weighted(id, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3) % 10) % 10;
        return month >= 1 && month <= 12 && day >= 1 && day <= 31 && check == digit(id, 10);
    }

    static boolean cpf(String id) {
        return varies(id)
                && remainderTo11(weighted(id, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == digit(id, 9)
                && remainderTo11(weighted(id, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == digit(id, 10);
    }

    /** Letters count by their distance from zero in ASCII, as they do since 2026. */
    static boolean cnpj(String id) {
        return varies(id)
                && remainderTo11(weighted(id, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == digit(id, 12)
                && remainderTo11(weighted(id, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == digit(id, 13);
    }

    static boolean aadhaar(String id) {
        int check = 0;
        for (int i = 0; i < 12; i++) {
            check = VERHOEFF_PRODUCT[check][VERHOEFF_PERMUTATION[i % 8][digit(id, 11 - i)]];
        }
        return id.charAt(0) >= '2' && check == 0;
    }

    static boolean pan(String id) {
        return "ABCFGHJLPT".indexOf(id.charAt(3)) >= 0;
    }

    /** A date of birth and a digit of sex and century; numbers since 2020 have no check digit. */
    static boolean rrn(String id) {
        int month = Integer.parseInt(id.substring(2, 4));
        int day = Integer.parseInt(id.substring(4, 6));
        return month >= 1 && month <= 12 && day >= 1 && day <= 31 && id.charAt(6) != '0' && id.charAt(6) != '9';
    }

    static boolean myNumber(String id) {
        int rest = weighted(id, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return (rest <= 1 ? 0 : 11 - rest) == digit(id, 11) && varies(id);
    }

    static boolean nric(String id) {
        char series = id.charAt(0);
        int sum = weighted(id.substring(1, 8), 2, 7, 6, 5, 4, 3, 2);
        return switch (series) {
            case 'S' -> "JZIHGFEDCBA".charAt(sum % 11) == id.charAt(8);
            case 'T' -> "JZIHGFEDCBA".charAt((sum + 4) % 11) == id.charAt(8);
            case 'F' -> "XWUTRQPNMLK".charAt(sum % 11) == id.charAt(8);
            case 'G' -> "XWUTRQPNMLK".charAt((sum + 4) % 11) == id.charAt(8);
            case 'M' -> "KLJNPQRTUWX".charAt(10 - (sum + 3) % 11) == id.charAt(8);
            default -> false;
        };
    }

    static boolean hongKong(String id) {
        int length = id.length();
        int sum = length == 8 ? 36 * 9 : (id.charAt(0) - 'A' + 10) * 9;
        sum += (id.charAt(length - 8) - 'A' + 10) * 8;
        for (int i = 0; i < 6; i++) {
            sum += digit(id, length - 7 + i) * (7 - i);
        }
        char check = id.charAt(length - 1);
        int value = check == 'A' ? 10 : Character.digit(check, 10);
        return value >= 0 && (sum + value) % 11 == 0;
    }

    static boolean taiwan(String id) {
        int letter = TAIWAN_LETTERS[id.charAt(0) - 'A'];
        int sum = letter / 10 + letter % 10 * 9 + weighted(id.substring(1, 9), 8, 7, 6, 5, 4, 3, 2, 1) + digit(id, 9);
        return "1289".indexOf(id.charAt(1)) >= 0 && sum % 10 == 0;
    }

    static boolean itin(String id) {
        int group = Integer.parseInt(id.substring(3, 5));
        return id.charAt(0) == '9'
                && ((group >= 50 && group <= 65)
                        || (group >= 70 && group <= 88)
                        || (group >= 90 && group <= 92)
                        || group >= 94);
    }

    static boolean imei(String id) {
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int value = digit(id, i) * (i % 2 + 1);
            sum += value > 9 ? value - 9 : value;
        }
        return sum % 10 == 0 && varies(id);
    }

    private static int digit(String id, int index) {
        return id.charAt(index) - '0';
    }

    private static int weighted(String id, int... weights) {
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += digit(id, i) * weights[i];
        }
        return sum;
    }

    private static int remainderTo11(int sum) {
        int rest = sum % 11;
        return rest < 2 ? 0 : 11 - rest;
    }

    private static boolean varies(String id) {
        for (int i = 1; i < id.length(); i++) {
            if (id.charAt(i) != id.charAt(0)) {
                return true;
            }
        }
        return false;
    }

    /** Multiplication in the dihedral group of ten elements. */
    private static int[][] verhoeffProduct() {
        int[][] product = new int[10][10];
        for (int i = 0; i < 10; i++) {
            for (int j = 0; j < 10; j++) {
                int turned = i < 5 ? i + j % 5 : i - 5 - j % 5 + 5;
                product[i][j] = turned % 5 + (i < 5 == j < 5 ? 0 : 5);
            }
        }
        return product;
    }

    private static int[][] verhoeffPermutation() {
        int[][] permutation = new int[8][10];
        int[] first = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
        for (int j = 0; j < 10; j++) {
            permutation[0][j] = j;
        }
        for (int i = 1; i < 8; i++) {
            for (int j = 0; j < 10; j++) {
                permutation[i][j] = permutation[i - 1][first[j]];
            }
        }
        return permutation;
    }
}
