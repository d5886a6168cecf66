package dev.llmops.logging.redaction;

/**
 * The words that stand shortly before a candidate and say what it is.
 *
 * <p>One pass over at most {@value #REACH} characters answers for all kinds at once; the answer is kept, because several
 * detectors ask about the same place.
 */
final class Context {

    static final int PHONE = 1;
    static final int CARD = 1 << 1;
    static final int CN_ID = 1 << 2;
    static final int COMPANY = 1 << 3;
    static final int SSN = 1 << 4;
    static final int IP = 1 << 5;
    static final int MAC = 1 << 6;
    /** Only when it is the very last word. */
    static final int VERSION = 1 << 7;

    static final int REACH = 48;

    private static final Words WORDS = new Words()
            .with(PHONE, "phone phones telephone tel mobile cell cellphone cellular fax call dial whatsapp sms hotline")
            .with(PHONE, "手机 电话 座机 传真 热线 致电 拨打 来电 联系")
            .with(CARD, "card cards credit debit visa mastercard amex maestro cc pan")
            .with(CARD, "信用 银行 卡号 账号 帐号 账户 储蓄")
            .with(CN_ID, "id identity identification citizen resident")
            .with(CN_ID, "身份 证件 证号")
            .with(COMPANY, "uscc usci company enterprise business taxpayer")
            .with(COMPANY, "税号 信用 执照 企业 公司 纳税 机构 组织")
            .with(SSN, "ssn ssns social security")
            .with(
                    IP,
                    "ip ips ipv address addr host listen bind src dst source destination unspecified subnet route gateway")
            .with(MAC, "mac hardware ethernet physical device bssid")
            .with(VERSION, "version versions ver v release build")
            .with(VERSION, "版本");

    private final Source source;
    private int asked = -1;
    private int answer;

    Context(Source source) {
        this.source = source;
    }

    boolean says(int kinds, int position) {
        if (asked != position) {
            asked = position;
            answer = read(position);
        }
        return (answer & kinds) != 0;
    }

    private int read(int position) {
        int i = Math.max(0, position - REACH);
        // A window that opens inside a word would read "tel" out of "hotel".
        while (i > 0 && i < position && source.is(i - 1, Chars.LETTER)) {
            i++;
        }
        i = afterLabel(i, position);
        int bits = 0;
        int last = 0;
        char previous = 0;
        while (i < position) {
            char c = source.at(i);
            if (Chars.is(c, Chars.LETTER)) {
                int hash = 0;
                for (; i < position && source.is(i, Chars.LETTER); i++) {
                    hash = Words.step(hash, Chars.lower(source.at(i)));
                }
                last = WORDS.bits(hash);
                bits |= last;
                previous = 0;
            } else {
                if (c > 0x2E80) {
                    last = WORDS.bits(Words.step(Words.step(0, previous), c));
                    bits |= last;
                    previous = c;
                }
                i = c == '[' ? afterLabel(i + 1, position) : i + 1;
            }
        }
        return (bits & ~VERSION) | (last & VERSION);
    }

    /** Behind a label such as {@code [CN_MOBILE]}: what was replaced says nothing of what follows. */
    private int afterLabel(int start, int limit) {
        int end = start;
        while (end < limit && (source.is(end, Chars.UPPER | Chars.DIGIT) || source.at(end) == '_')) {
            end++;
        }
        return end < limit && source.at(end) == ']' ? end + 1 : start;
    }

    /** A small hash table from words to bits. The keys are hashes: a stray equal hash only costs precision. */
    private static final class Words {

        private final int[] keys = new int[512];
        private final int[] values = new int[512];

        static int step(int hash, char c) {
            return hash * 0x01000193 + c;
        }

        Words with(int bits, String words) {
            for (String word : words.split(" ", -1)) {
                int hash = 0;
                for (int i = 0; i < word.length(); i++) {
                    hash = step(hash, word.charAt(i));
                }
                int slot = slot(hash);
                keys[slot] = hash;
                values[slot] |= bits;
            }
            return this;
        }

        int bits(int hash) {
            return values[slot(hash)];
        }

        private int slot(int hash) {
            int slot = (hash ^ (hash >>> 15)) & (keys.length - 1);
            while (keys[slot] != 0 && keys[slot] != hash) {
                slot = (slot + 1) & (keys.length - 1);
            }
            return slot;
        }
    }
}
