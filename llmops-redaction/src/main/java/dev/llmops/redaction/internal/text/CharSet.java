package dev.llmops.redaction.internal.text;

/** Characters, which a bit tells from most others at once. Immutable. */
public final class CharSet {

    private static final int HALF = 64;

    private final String members;
    private final long even;
    private final long odd;

    private CharSet(String members) {
        this.members = members;
        this.even = bits(members, 0);
        this.odd = bits(members, HALF);
    }

    private static long bits(String members, int half) {
        return members.chars()
                .filter(c -> (c & HALF) == half)
                .mapToLong(c -> 1L << c)
                .reduce(0, (a, b) -> a | b);
    }

    public static CharSet of(String members) {
        return new CharSet(members);
    }

    public boolean has(char c) {
        return (((c & HALF) == 0 ? even : odd) & 1L << c) != 0 && members.indexOf(c) >= 0;
    }
}
