package dev.llmops.redaction.internal.scan;

import static dev.llmops.redaction.internal.text.Chars.ALNUM;
import static dev.llmops.redaction.internal.text.Chars.DIGIT;
import static dev.llmops.redaction.internal.text.Chars.HEX;
import static dev.llmops.redaction.internal.text.Chars.TRIGGER;

import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Context;
import dev.llmops.redaction.internal.text.DigitGroups;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Spans;
import java.time.LocalDate;
import java.util.function.Supplier;

/**
 * One left-to-right pass over one text.
 *
 * <p>The loop reads each character's class once and runs through words of letters without further ado. Detectors are
 * called at the start of a word, at a number and at a few punctuation marks. Each is given a bounded window, or asks
 * for the end of a run that is remembered ({@link #runEnd}), and everything before the returned index is done with: no
 * stretch of text is read again from each of its characters. That, and not a timeout, is what makes the pass linear.
 */
final class Scan {

    private static final int RUN_SLOTS_LOG2 = 4;

    final Source source;
    final int length;
    final Context context;
    final Spans found = new Spans();
    final PhoneCheck phones;
    final DigitGroups groups;

    private final Supplier<LocalDate> today;
    private final int[] runClasses = new int[1 << RUN_SLOTS_LOG2];
    private final int[] runStarts = new int[1 << RUN_SLOTS_LOG2];
    private final int[] runEnds = new int[1 << RUN_SLOTS_LOG2];
    /** Stands in the middle of OpenAI's keys, whatever their prefix. */
    private final Occurrence openAiMark = new Occurrence("T3BlbkFJ");

    /** Ends the content of an element. */
    private final Occurrence tag = new Occurrence("<");

    private int phonesTriedUntil;
    private final IpAddresses addresses = new IpAddresses();
    private final Jwts webTokens = new Jwts();
    private final Commands commands = new Commands();

    Scan(Source source, PhoneCheck phones, Supplier<LocalDate> today) {
        this.source = source;
        this.length = source.length;
        this.phones = phones;
        this.today = today;
        this.context = new Context(source, found);
        this.groups = new DigitGroups(source);
    }

    Spans run() {
        int i = 0;
        while (i < length) {
            char raw = source.raw(i);
            int bits = Chars.bits(raw);
            if ((bits & ALNUM) != 0) {
                i = word(i, bits);
            } else if ((bits & TRIGGER) != 0) {
                i = punctuation(i, Chars.fold(raw));
            } else if (raw == Assignments.IS || raw == Assignments.AS) {
                i = Assignments.afterChineseVerb(this, i);
            } else {
                i++;
            }
        }
        return found;
    }

    /** A run of ASCII letters and digits; answers where to go on. */
    private int word(int start, int firstBits) {
        int any = firstBits;
        int all = firstBits;
        int end = start + 1;
        for (; end < length; end++) {
            int bits = source.bits(end);
            if ((bits & ALNUM) == 0) {
                break;
            }
            any |= bits;
            all &= bits;
        }
        boolean hex = (all & HEX) != 0;
        int next = -1;
        if (hex && end - start == 8 && Uuids.is(source, start)) {
            next = start + Uuids.LENGTH;
        } else if (VendorKeys.mayStart(source, start)) {
            next = VendorKeys.find(this, start);
        }
        if (next < 0) {
            next = (any & DIGIT) == 0
                    ? letters(start, end, hex)
                    : (all & DIGIT) != 0 ? Numbers.find(this, start, end) : MixedWords.find(this, start, end, hex);
        }
        return next < 0 ? end : next;
    }

    private int letters(int start, int end, boolean hex) {
        if (hex) {
            return MacAddresses.find(this, start, end);
        }
        return switch (end - start) {
            case 6 -> Assignments.afterBearer(this, start, end);
            case 8 -> Assignments.afterPassword(this, start, end);
            case 14 -> MixedWords.terraformToken(this, start, end);
            default -> -1;
        };
    }

    private int punctuation(int i, char c) {
        int next =
                switch (c) {
                    case '@' -> Emails.find(this, i);
                    case ':' -> colon(i);
                    case '=' -> Assignments.find(this, i);
                    case '-' -> dash(i);
                    case '~' -> VendorKeys.findAzureSecret(this, i);
                    case '>' -> Assignments.inElement(this, i);
                    default -> Phones.findMarked(this, i);
                };
        return next < 0 ? i + 1 : next;
    }

    private int dash(int i) {
        int next = commands.find(this, i);
        return next < 0 ? PrivateKeys.find(this, i) : next;
    }

    private int colon(int i) {
        int next = UrlCredentials.find(this, i);
        if (next < 0) {
            next = addresses.findAtColon(this, i);
        }
        return next < 0 ? Assignments.find(this, i) : next;
    }

    /** Whether a letter or digit touches the index from the left that is not part of a finding already. */
    boolean gluedBefore(int index) {
        return index != found.lastEnd() && source.gluedBefore(index);
    }

    /** Notes a finding and answers its end. */
    int report(String type, int start, int end) {
        found.add(type, start, end);
        return end;
    }

    /** Whether a telephone number was sought there before; a check by numbering plans may look again. */
    boolean isPhoneTried(int start) {
        return phones == PhoneCheck.NONE && start < phonesTriedUntil;
    }

    void phoneTried(int end) {
        phonesTriedUntil = end;
    }

    LocalDate today() {
        return today.get();
    }

    IpAddresses addresses() {
        return addresses;
    }

    Jwts webTokens() {
        return webTokens;
    }

    /**
     * The end of the maximal run of a class from the index on. The last run of each class is remembered: candidates
     * that start inside one run share one walk over it.
     */
    int runEnd(int bits, int index) {
        int slot = (bits * 0x9E3779B1) >>> (32 - RUN_SLOTS_LOG2);
        if (runClasses[slot] != bits || index < runStarts[slot] || index > runEnds[slot]) {
            runClasses[slot] = bits;
            runStarts[slot] = index;
            runEnds[slot] = source.skip(index, bits, length);
        }
        return runEnds[slot];
    }

    /** Whether the mark of OpenAI's keys stands between the two indexes. */
    boolean holdsOpenAiMark(int start, int end) {
        return openAiMark.from(start) < end;
    }

    /** Where the next tag opens, or {@link Integer#MAX_VALUE}. */
    int nextTag(int start) {
        return tag.from(start);
    }

    /** The next place of a literal, sought once for all candidates before it. */
    private final class Occurrence {

        private final String literal;
        private int next = -1;

        Occurrence(String literal) {
            this.literal = literal;
        }

        int from(int start) {
            if (next < start) {
                int at = source.indexOf(literal, start);
                next = at < 0 ? Integer.MAX_VALUE : at;
            }
            return next;
        }
    }
}
