package dev.llmops.redaction.internal.personal;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Checksums;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;

/** International bank account numbers: two letters, check digits, the country's length, and the mod-97 check. */
public final class Ibans {

    private static final byte[] LENGTHS = new byte[26 * 26];

    static {
        String table = "AD24 AE23 AL28 AO25 AT20 AX18 AZ28 BA20 BE16 BF28 BG22 BH22 BI27 BJ28 BL27 BR29 BY28 CF27 CG27"
                + " CH21 CI28 CM27 CR22 CV25 CY28 CZ24 DE22 DJ27 DK18 DO28 DZ26 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GA27"
                + " GB22 GE22 GF27 GG22 GI23 GL18 GP27 GQ27 GR27 GT28 GW25 HN28 HR21 HU28 IE22 IL23 IM22 IQ23 IR26 IS26"
                + " IT27 JE22 JO30 KM27 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MA28 MC27 MD24 ME22 MF27 MG27 MK19"
                + " ML28 MN20 MQ27 MR27 MT31 MU30 MZ25 NC27 NE28 NI28 NL18 NO15 OM23 PF27 PK24 PL28 PM27 PS29 PT25 QA29"
                + " RE27 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SN28 SO23 ST25 SV28 TD27 TF27 TG28 TL23 TN24"
                + " TR26 UA29 VA22 VG24 WF27 XK20 YE30 YT27";
        for (String entry : table.split(" ", -1)) {
            LENGTHS[country(entry.charAt(0), entry.charAt(1))] = Byte.parseByte(entry.substring(2));
        }
    }

    private Ibans() {}

    /** Reports the account number that starts at the word and returns its end, or -1. */
    public static int find(ScanState scan, int start) {
        Source source = scan.source;
        if (!source.is(start, Chars.LETTER)
                || !source.is(start + 1, Chars.LETTER)
                || !source.is(start + 2, Chars.DIGIT)
                || !source.is(start + 3, Chars.DIGIT)) {
            return -1;
        }
        int length = LENGTHS[country(source.at(start), source.at(start + 1))];
        int letters = Chars.of(source.at(start)) & Chars.LETTER;
        int remainder = 0;
        int end = start + 4;
        for (int read = 4; read < length; read++, end++) {
            char c = source.peek(end);
            // Groups of four, as printed; anywhere else a separator ends the number.
            if (read % 4 == 0 && (c == ' ' || c == '-')) {
                end++;
                c = source.peek(end);
            }
            if (!Chars.is(c, Chars.DIGIT | letters)) {
                return -1;
            }
            remainder = Checksums.mod97(remainder, c);
        }
        if (length == 0 || source.gluedAfter(end)) {
            return -1;
        }
        for (int i = 0; i < 4; i++) {
            remainder = Checksums.mod97(remainder, source.at(start + i));
        }
        return remainder == 1 && oneCase(source, start, letters) ? scan.report(PiiTypes.IBAN, start, end) : -1;
    }

    private static boolean oneCase(Source source, int start, int letters) {
        return source.is(start + 1, letters);
    }

    private static int country(char first, char second) {
        return (Chars.lower(first) - 'a') * 26 + Chars.lower(second) - 'a';
    }
}
