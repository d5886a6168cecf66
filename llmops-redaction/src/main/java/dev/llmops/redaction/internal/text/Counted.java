package dev.llmops.redaction.internal.text;

/**
 * Tells numbers that count or measure something, such as {@code 12345678 times} and {@code 第13912345678步}.
 *
 * <p>See docs/decisions/redaction.md#linear-cost-is-tested-by-counting-reads-not-by-timing.
 */
public final class Counted {

    private static final CharSet SIGNS_BEFORE = CharSet.of("$€£¥￥₩₹第");
    /** Measure words that follow a number at once. */
    private static final CharSet SIGNS_AFTER = CharSet.of("%°步元次個个条條块圆円倍行页字万亿원");

    private static final int LONGEST_UNIT = 12;
    private static final WordSet UNITS = WordSet.of(
            "times units unit users requests calls tokens bytes kb mb gb ms rows records items pieces pcs",
            "people customers sessions hits visits downloads steps messages events lines files words",
            "characters seconds minutes hours days weeks months years mm cm km kg usd eur gbp dollars euros",
            "yuan yen rmb cny jpy won iterations samples points entries documents queries subscribers devices",
            "views clicks parameters cycles nodes votes boxes mal fois veces vezes volte stück euro meters",
            "metres km2 sqft ops instances ns us sold");

    private Counted() {}

    /** Returns true if a unit stands behind the number, or a sign of currency or order before it. */
    public static boolean is(Source source, int start, int end) {
        char before = source.peek(source.peek(start - 1) == ' ' ? start - 2 : start - 1);
        return SIGNS_BEFORE.has(before) || isAfter(source, end);
    }

    private static boolean isAfter(Source source, int end) {
        char next = source.peek(end);
        boolean fraction = next == '.' && source.is(end + 1, Chars.DIGIT);
        if (fraction || SIGNS_AFTER.has(next)) {
            return true;
        }
        int word = next == ' ' ? end + 1 : end;
        int wordEnd = word;
        while (wordEnd < source.length && wordEnd < word + LONGEST_UNIT && Chars.isLetter(source.at(wordEnd))) {
            wordEnd++;
        }
        return wordEnd > word
                && !source.is(wordEnd, Chars.ALNUM)
                && wordEnd < word + LONGEST_UNIT
                && UNITS.contains(source, word, wordEnd);
    }
}
