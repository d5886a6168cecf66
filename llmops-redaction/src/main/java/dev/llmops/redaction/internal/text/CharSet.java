package dev.llmops.redaction.internal.text;

/** Characters, which a bit tells from most others at once. Immutable. */
public final class CharSet {

    private final String members;
    private final long bits;

    private CharSet(String members) {
        this.members = members;
        this.bits = members.chars().mapToLong(c -> 1L << c).reduce(0, (a, b) -> a | b);
    }

    public static CharSet of(String members) {
        return new CharSet(members);
    }

    public boolean has(char c) {
        return (bits & 1L << c) != 0 && members.indexOf(c) >= 0;
    }
}
