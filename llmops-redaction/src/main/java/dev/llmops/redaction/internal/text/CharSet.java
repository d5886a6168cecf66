package dev.llmops.redaction.internal.text;

/** Characters, which a bit tells from most others at once. Immutable. */
public final class CharSet {

    private static final int WORDS = 8;

    private final String members;
    private final long[] bits = new long[WORDS];

    private CharSet(String members) {
        this.members = members;
        members.chars().forEach(c -> bits[c >>> 6 & (WORDS - 1)] |= 1L << c);
    }

    public static CharSet of(String members) {
        return new CharSet(members);
    }

    public boolean has(char c) {
        return (bits[c >>> 6 & (WORDS - 1)] & 1L << c) != 0 && members.indexOf(c) >= 0;
    }
}
