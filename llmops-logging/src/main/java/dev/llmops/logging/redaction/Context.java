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

    /** As many earlier findings and labels are stepped over, so that a list of values keeps the word before it. */
    private static final int MOST_SKIPPED = 8;

    private final Source source;
    private final Spans found;
    private int asked = -1;
    private int answer;

    Context(Source source, Spans found) {
        this.source = source;
        this.found = found;
    }

    boolean says(int kinds, int position) {
        if (asked != position) {
            asked = position;
            answer = read(position);
        }
        return (answer & kinds) != 0;
    }

    private int read(int position) {
        int next = found.size();
        int i = position;
        int skipped = 0;
        for (int room = REACH; i > 0 && room > 0; ) {
            int before = next > 0 && found.end(next - 1) == i ? found.start(--next) : Labels.startBefore(source, i);
            if (before < i && skipped++ == MOST_SKIPPED) {
                break;
            }
            room -= before < i ? 0 : 1;
            i = before < i ? before : i - 1;
        }
        // A window that opens inside a word would read "tel" out of "hotel".
        while (i > 0 && i < position && source.is(i - 1, Chars.LETTER)) {
            i++;
        }
        return read(i, position, next);
    }

    private int read(int start, int position, int nextFinding) {
        int i = start;
        int next = nextFinding;
        int bits = 0;
        int last = 0;
        char previous = 0;
        while (i < position) {
            if (next < found.size() && found.start(next) <= i) {
                i = Math.max(i, found.end(next++));
                continue;
            }
            char c = source.at(i);
            if (Chars.is(c, Chars.LETTER)) {
                int hash = 0;
                for (; i < position && source.is(i, Chars.LETTER); i++) {
                    hash = Words.step(hash, Chars.lower(source.at(i)));
                }
                last = WORDS.bits(hash);
                bits |= last;
                previous = 0;
            } else if (c == '[') {
                i = Labels.skip(source, i);
            } else {
                if (c > 0x2E80) {
                    last = WORDS.bits(Words.step(Words.step(0, previous), c));
                    bits |= last;
                    previous = c;
                }
                i++;
            }
        }
        return (bits & ~VERSION) | (last & VERSION);
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
