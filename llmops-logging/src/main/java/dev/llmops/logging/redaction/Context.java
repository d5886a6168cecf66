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

    private static final char IDEOGRAPHS = 0x2E80;
    private static final int UNKNOWN = 0x8000_0000;

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
    /** Whether there was no word at all before the place last asked about, and nothing to step over. */
    private boolean silent;

    private int foundWhenSilent;

    Context(Source source, Spans found) {
        this.source = source;
        this.found = found;
    }

    boolean says(int kinds, int position) {
        if (asked != position) {
            if (!isStillSilent(position)) {
                answer = read(position);
            }
            asked = position;
        }
        return (answer & kinds) != 0;
    }

    /** In a text of nothing but numbers and marks, each candidate reads on from the one before it. */
    private boolean isStillSilent(int position) {
        if (!silent || position < asked || position - asked > REACH || found.size() != foundWhenSilent) {
            return false;
        }
        for (int i = asked; i < position; i++) {
            char c = source.at(i);
            if (Chars.is(c, Chars.LETTER) || c > IDEOGRAPHS || (c == ']' && Labels.startBefore(source, i + 1) <= i)) {
                return false;
            }
        }
        return true;
    }

    /** Reads backwards, over findings and labels, and leaves out a word that begins before the window. */
    private int read(int position) {
        silent = true;
        foundWhenSilent = found.size();
        int next = found.size();
        int skipped = 0;
        int bits = 0;
        int last = UNKNOWN;
        char following = 0;
        int i = position;
        int room = REACH;
        while (i > 0 && room > 0) {
            char c = source.at(i - 1);
            int before = i;
            if (next > 0 && found.end(next - 1) == i) {
                before = found.start(--next);
            } else if (c == ']') {
                before = Labels.startBefore(source, i);
            }
            if (before < i) {
                silent = false;
                if (skipped++ == MOST_SKIPPED) {
                    break;
                }
                i = before;
            } else if (Chars.is(c, Chars.LETTER)) {
                int floor = Math.max(i - room, next > 0 ? found.end(next - 1) : 0);
                int start = i;
                int hash = 0;
                for (; start > floor && Chars.is(c, Chars.LETTER); c = source.peek(start - 1)) {
                    hash = Words.step(hash, Chars.lower(c));
                    start--;
                }
                silent = false;
                if (start > 0 && start == i - room && Chars.is(c, Chars.LETTER)) {
                    break;
                }
                int word = WORDS.bits(hash);
                bits |= word;
                last = last != UNKNOWN ? last : following == 0 ? word : 0;
                following = 0;
                room -= i - start;
                i = start;
            } else {
                if (c > IDEOGRAPHS) {
                    int pair = following == 0 ? 0 : WORDS.bits(Words.step(Words.step(0, following), c));
                    bits |= pair;
                    last = last != UNKNOWN || following == 0 ? last : pair;
                    following = c;
                    silent = false;
                }
                room--;
                i--;
            }
        }
        return (bits & ~VERSION) | (last & VERSION);
    }

    /** A small hash table from words, read from their ends, to bits. The keys are hashes: a stray equal hash only costs precision. */
    private static final class Words {

        private final int[] keys = new int[512];
        private final int[] values = new int[512];

        static int step(int hash, char c) {
            return hash * 0x01000193 + c;
        }

        Words with(int bits, String words) {
            for (String word : words.split(" ", -1)) {
                int hash = 0;
                for (int i = word.length() - 1; i >= 0; i--) {
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
