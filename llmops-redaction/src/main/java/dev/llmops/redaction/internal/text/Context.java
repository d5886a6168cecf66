package dev.llmops.redaction.internal.text;

import java.util.Arrays;

/**
 * The words that stand shortly before a candidate and say what it is.
 *
 * <p>They count within {@value #REACH} characters. What was read for one candidate is not read again for the next: for
 * each kind it is kept where the last word stood, on a scale that grows with the text. So the text is read once, however
 * often detectors ask.
 */
public final class Context {

    public static final int PHONE = 1;
    public static final int CARD = 1 << 1;
    public static final int CN_ID = 1 << 2;
    public static final int COMPANY = 1 << 3;
    public static final int SSN = 1 << 4;
    public static final int IP = 1 << 5;
    public static final int MAC = 1 << 6;
    /** Only when it is the very last word. */
    public static final int VERSION = 1 << 7;

    private static final int VERSION_KIND = 7;

    static final int REACH = 48;

    private static final char IDEOGRAPHS = 0x2E80;

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
            .with(VERSION, "版本 本号");

    /** What an earlier finding or a label takes of the reach, however long it is: a list keeps the word before it. */
    private static final int STEP = 4;

    private static final int KINDS = VERSION_KIND + 1;
    private static final int TOO_FAR = REACH + 1;

    private final Source source;
    private final Spans found;
    /** Where the last word of each kind starts, on the scale of {@link #here}. */
    private final long[] last = new long[KINDS];

    private final int[] seen = new int[KINDS];
    /** Where the position last asked about is, with each finding and label before it counted as one step. */
    private long here = TOO_FAR;

    private int asked;
    private int foundWhenAsked;
    private int lastEndWhenAsked;

    public Context(Source source, Spans found) {
        this.source = source;
        this.found = found;
    }

    public boolean says(int kinds, int position) {
        if (asked != position) {
            moveTo(position);
        }
        for (int kind = 0; kind < KINDS; kind++) {
            if ((kinds & 1 << kind) != 0 && here - last[kind] <= REACH) {
                return true;
            }
        }
        return false;
    }

    private void moveTo(int position) {
        here += isAhead(position) ? read(position, asked) : Math.max(read(position, 0), TOO_FAR);
        for (int kind = 0; kind < KINDS; kind++) {
            last[kind] = seen[kind] > 0 ? here - seen[kind] : seen[kind] < 0 ? 0 : last[kind];
        }
        asked = position;
        foundWhenAsked = found.size();
        lastEndWhenAsked = found.lastEnd();
    }

    /** Whether the way up to the place last asked about is still the same: what was found since lies behind it. */
    private boolean isAhead(int position) {
        int known = foundWhenAsked;
        return position > asked
                && found.size() >= known
                && (known == 0 || found.end(known - 1) == lastEndWhenAsked)
                && (found.size() == known || found.start(known) >= asked);
    }

    /** Notes how far before the position words of each kind stand; answers how far the floor is, if not too far. */
    private int read(int position, int floor) {
        Arrays.fill(seen, 0);
        int next = found.size();
        int way = 0;
        boolean first = true;
        char following = 0;
        int i = position;
        while (i > floor && way < REACH) {
            char c = source.at(i - 1);
            int before = i;
            while (next > 0 && found.end(next - 1) > i) {
                next--; // A label that was stepped over reached into it.
            }
            if (next > 0 && found.end(next - 1) == i) {
                before = found.start(--next);
            } else if (c == ']') {
                before = Labels.startBefore(source, i);
            }
            if (before < i) {
                way += STEP;
                i = before;
            } else if (Chars.is(c, Chars.LETTER)) {
                int least = Math.max(i - (REACH - way), next > 0 ? found.end(next - 1) : 0);
                int start = i;
                int hash = 0;
                for (; start > least && Chars.is(c, Chars.LETTER); c = source.peek(start - 1)) {
                    hash = Words.step(hash, Chars.lower(c));
                    start--;
                }
                way += i - start;
                i = start;
                if (way == REACH && source.is(start - 1, Chars.LETTER)) {
                    // A word that begins before the reach says nothing.
                    return TOO_FAR;
                }
                note(WORDS.bits(hash), way, first && following == 0);
                first = false;
                following = 0;
            } else {
                way++;
                i--;
                if (c > IDEOGRAPHS) {
                    if (following != 0) {
                        note(WORDS.bits(Words.step(Words.step(0, following), c)), way, first);
                        first = false;
                    }
                    following = c;
                }
            }
        }
        return i > floor ? TOO_FAR : way;
    }

    /** Notes the nearest word of each kind; only the very last word may say "version". */
    private void note(int bits, int way, boolean first) {
        if (seen[VERSION_KIND] == 0) {
            seen[VERSION_KIND] = first && (bits & VERSION) != 0 ? way : -1;
        }
        for (int kind = 0; kind < VERSION_KIND && bits != 0; kind++) {
            if ((bits & 1 << kind) != 0 && seen[kind] == 0) {
                seen[kind] = way;
            }
        }
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
