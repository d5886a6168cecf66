package dev.llmops.redaction.internal.national;

import static dev.llmops.redaction.internal.national.NationalId.Evidence.CHECK;
import static dev.llmops.redaction.internal.national.NationalId.Evidence.GROUPED;
import static dev.llmops.redaction.internal.national.NationalId.Evidence.WORD;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Adjacent;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.KeywordContext;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Identifiers that states issue, by shape, check digits and the word that names them. To add one, add a row here, its
 * check to {@link IdChecks} and its type to {@link PiiTypes}.
 *
 * <p>See docs/decisions/redaction.md#a-check-digit-of-one-digit-is-no-evidence.
 */
public final class NationalIds {

    private static final int LONGEST = 16;
    private static final int MOST_GROUPS = 7;
    private static final int SIZES_LOG2 = 12;
    /** Characters of the longest group behind the first. */
    private static final int LONGEST_GROUP = 7;

    private static final List<NationalId> ALL = List.of(
            NationalId.of(PiiTypes.UK_NINO, "LL999999L", IdChecks::nino, KeywordContext.NINO, GROUPED, 22221),
            NationalId.of(PiiTypes.UK_NHS, "9999999999", IdChecks::nhs, KeywordContext.NHS, WORD, 334),
            NationalId.of(PiiTypes.DE_TAX_ID, "99999999999", IdChecks::germanTax, KeywordContext.TAX, WORD, 2333),
            NationalId.of(PiiTypes.DE_ID_CARD, "LAAAAAAAA", IdChecks::germanCard, KeywordContext.ID_CARD, WORD),
            NationalId.of(PiiTypes.DE_ID_CARD, "LAAAAAAAA9", IdChecks::germanCardChecked, KeywordContext.ID_CARD, WORD),
            NationalId.of(PiiTypes.FR_NIR, "999999AAAAAAA99", IdChecks::nir, KeywordContext.FRENCH, CHECK, 1222332),
            NationalId.of(PiiTypes.ES_DNI, "99999999L", IdChecks::dni, KeywordContext.LETTERED_ID, CHECK, 81, 2331),
            NationalId.of(PiiTypes.ES_NIE, "L9999999L", IdChecks::nie, KeywordContext.LETTERED_ID, CHECK, 171, 81),
            NationalId.of(
                    PiiTypes.IT_FISCAL_CODE, "LLLLLLAALAALAAAL", IdChecks::fiscalCode, KeywordContext.TAX, CHECK, 3355),
            NationalId.of(PiiTypes.NL_BSN, "999999999", IdChecks::bsn, KeywordContext.DUTCH, WORD, 333, 423),
            NationalId.of(PiiTypes.PL_PESEL, "99999999999", IdChecks::pesel, KeywordContext.POLISH, WORD),
            NationalId.of(PiiTypes.BR_CPF, "99999999999", IdChecks::cpf, KeywordContext.BRAZIL, GROUPED, 3332),
            NationalId.of(PiiTypes.BR_CNPJ, "AAAAAAAAAAAA99", IdChecks::cnpj, KeywordContext.BRAZIL, GROUPED, 23342),
            NationalId.of(PiiTypes.IN_AADHAAR, "999999999999", IdChecks::aadhaar, KeywordContext.AADHAAR, WORD, 444),
            NationalId.of(PiiTypes.IN_PAN, "LLLLL9999L", IdChecks::pan, KeywordContext.PAN, WORD),
            NationalId.of(PiiTypes.KR_RRN, "9999999999999", IdChecks::rrn, KeywordContext.KOREAN, GROUPED, 67),
            NationalId.of(
                    PiiTypes.JP_MY_NUMBER, "999999999999", IdChecks::myNumber, KeywordContext.JAPANESE, WORD, 444),
            NationalId.of(PiiTypes.SG_NRIC, "L9999999L", IdChecks::nric, KeywordContext.LETTERED_ID, CHECK),
            NationalId.of(PiiTypes.HK_ID, "L999999A", IdChecks::hongKong, KeywordContext.HONG_KONG, GROUPED, 71),
            NationalId.of(PiiTypes.HK_ID, "LL999999A", IdChecks::hongKong, KeywordContext.HONG_KONG, GROUPED, 81),
            NationalId.of(PiiTypes.TW_ID, "L999999999", IdChecks::taiwan, KeywordContext.TAIWAN, WORD),
            NationalId.of(PiiTypes.US_ITIN, "999999999", IdChecks::itin, KeywordContext.SSN, GROUPED, 324),
            NationalId.of(PiiTypes.IMEI, "999999999999999", IdChecks::imei, KeywordContext.IMEI, WORD, 2661));

    private static final Adjacent MY_NUMBER = Adjacent.of("my number|individual number");

    private static final NationalId[][] BY_LENGTH = byLength();
    /** A bit for the sizes of the groups that some layout of digits begins with: most numbers are told from them by it. */
    private static final long[] DIGITS_FIRST = beginnings("9A");
    /** By the size of the first group of digits, the words that every layout with it needs; all bits if one needs none. */
    private static final int[] WORDS_OF_FIRST = wordsOfFirst();
    /** The same for layouts that begin with a letter. */
    private static final long[] LETTERS_FIRST = beginnings("LA");
    /** All layouts, in the same form. */
    private static final long[] LAYOUTS =
            bits(ALL.stream().flatMapToInt(id -> id.layouts().stream().mapToInt(layout -> layout)));

    private final ScanState scan;
    private final Source source;
    private final char[] compact = new char[LONGEST];
    /** Small letters are an identifier beside its word only. */
    private boolean lower;

    public NationalIds(ScanState scan) {
        this.scan = scan;
        this.source = scan.source;
    }

    private static NationalId[][] byLength() {
        NationalId[][] table = new NationalId[LONGEST + 1][];
        for (int i = 0; i < table.length; i++) {
            int length = i;
            table[i] = ALL.stream().filter(id -> id.shape().length() == length).toArray(NationalId[]::new);
        }
        return table;
    }

    private static long[] beginnings(String firsts) {
        return bits(ALL.stream()
                .filter(id -> firsts.indexOf(id.shape().charAt(0)) >= 0)
                .flatMapToInt(id -> id.layouts().stream().mapToInt(layout -> layout))
                .flatMap(layout -> IntStream.iterate(layout, left -> left > 0, left -> left / 10)));
    }

    private static long[] bits(IntStream sizes) {
        long[] bits = new long[1 << (SIZES_LOG2 - 6)];
        sizes.forEach(each -> bits[bucket(each) / Long.SIZE] |= 1L << bucket(each));
        return bits;
    }

    private static boolean mayHold(long[] bits, int sizes) {
        return (bits[bucket(sizes) / Long.SIZE] & 1L << bucket(sizes)) != 0;
    }

    private static int bucket(int sizes) {
        return (sizes * 0x9E3779B1) >>> (Integer.SIZE - SIZES_LOG2);
    }

    private static int[] wordsOfFirst() {
        int[] words = new int[10];
        for (NationalId id : ALL) {
            for (int layout : id.layouts()) {
                int first = layout;
                while (first > 9) {
                    first /= 10;
                }
                if (id.shape().charAt(0) == '9' || id.shape().charAt(0) == 'A') {
                    words[first] |= id.evidence() == WORD ? id.words() : -1;
                }
            }
        }
        return words;
    }

    /** Returns true if no identifier in groups begins with so many digits, or none that a word before it names. */
    public boolean isNoneOf(int start, int end) {
        int words = WORDS_OF_FIRST[Math.min(end - start, 9)];
        if (words == 0) {
            return true;
        }
        boolean named = words == -1 || scan.context.says(words, start);
        return !named && ((words & KeywordContext.JAPANESE) == 0 || !MY_NUMBER.isBefore(scan, start));
    }

    /** Reports the identifier that starts at the word and returns its end, or -1. */
    public int find(int start) {
        char before = source.peek(start - 1);
        if (scan.gluedBefore(start) || ((before == '-' || before == '.') && source.is(start - 2, Chars.DIGIT))) {
            return -1;
        }
        int at = start;
        int count = 0;
        int sizes = 0;
        int end = -1;
        long[] beginnings = source.is(start, Chars.DIGIT) ? DIGITS_FIRST : LETTERS_FIRST;
        lower = false;
        String type = "";
        for (int groups = 1; groups <= MOST_GROUPS; groups++) {
            int group = at;
            int last = groups == 1 ? source.length : Math.min(source.length, at + LONGEST_GROUP + 1);
            for (; at < last && count < LONGEST; at++) {
                char c = source.at(at);
                int bits = Chars.of(c);
                if ((bits & Chars.ALNUM) == 0) {
                    break;
                }
                boolean small = (bits & Chars.LOWER) != 0;
                lower |= small;
                compact[count++] = small ? (char) (c - 32) : c;
            }
            if (source.gluedAfter(at) || at == group || (at - group > LONGEST_GROUP && groups > 1)) {
                break;
            }
            sizes = sizes * 10 + Math.min(at - group, 9);
            boolean written = groups == 1 || mayHold(LAYOUTS, sizes);
            NationalId id = written && BY_LENGTH[count].length > 0 && endsHere(at)
                    ? match(start, count, groups == 1 ? 0 : sizes)
                    : null;
            if (id != null) {
                type = id.type();
                end = at + (source.peek(at) == ')' && source.peek(group - 1) == '(' ? 1 : 0);
            }
            char next = source.peek(at);
            boolean separator = next == ' ' || next == '-' || next == '.' || next == '/' || next == '(';
            if (!separator || count == LONGEST || !mayHold(beginnings, sizes)) {
                break;
            }
            at++;
        }
        return end < 0 ? -1 : scan.report(type, start, end);
    }

    private boolean endsHere(int end) {
        char next = source.peek(end);
        return !((next == '-' || next == '.' || next == '/') && source.is(end + 1, Chars.DIGIT));
    }

    private @Nullable NationalId match(int start, int count, int sizes) {
        NationalId[] candidates = BY_LENGTH[count];
        for (NationalId id : candidates) {
            boolean written = sizes == 0 || id.hasLayout(sizes);
            if (written && id.hasShape(compact) && isMeant(id, start, sizes > 0) && id.passes(compact)) {
                return id;
            }
        }
        return null;
    }

    private boolean isMeant(NationalId id, int start, boolean grouped) {
        return switch (lower ? WORD : id.evidence()) {
            case CHECK -> true;
            case GROUPED -> grouped || scan.context.says(id.words(), start);
            case WORD ->
                scan.context.says(id.words(), start)
                        || (id.words() == KeywordContext.JAPANESE && MY_NUMBER.isBefore(scan, start));
        };
    }
}
