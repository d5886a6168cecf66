package dev.llmops.logging.redaction;

/** Judges whether the value of a setting is a secret or only a word, a reference or a template. */
final class Values {

    private static final int SHORTEST = 6;
    private static final int SHORTEST_KEY = 16;
    private static final int LONG = 24;
    /** As much of a value as it is judged by. */
    static final int SAMPLE = 32;

    private Values() {}

    /** Whether nothing, a template, a mask or an earlier replacement starts there. */
    static boolean isPlaceholder(Source source, int start) {
        char next = source.peek(start + 1);
        return switch (source.peek(start)) {
            case 0, ',', '<', '[', '{' -> true;
            case '$' -> next == '{' || next == '(' || next == '_' || Chars.is(next, Chars.UPPER);
            case '%' -> next == '(' || next == '{' || next == 's' || Chars.is(next, Chars.UPPER);
            case '*' -> next == '*';
            case '.' -> next == '.';
            default -> false;
        };
    }

    /** Whether the start of a value, at most {@link #SAMPLE} characters, is that of a secret, given what its name promises and how tightly it is bound to it. */
    static boolean isSecret(Source source, SecretNames name, Binding binding, int start, int end) {
        int length = end - start;
        if (length < (name == SecretNames.KEY ? SHORTEST_KEY : SHORTEST)) {
            return false;
        }
        int digits = 0;
        int classes = 0;
        int marks = 0;
        boolean varied = false;
        boolean spaced = false;
        boolean dotted = false;
        boolean joined = false;
        boolean called = false;
        for (int i = start; i < end; i++) {
            char c = source.at(i);
            if (c == '[' && Labels.isAt(source, i)) {
                // Judged before: what is left of it was no secret then.
                return false;
            }
            int bits = Chars.of(c);
            classes |= bits & Chars.ALNUM;
            digits += (bits & Chars.DIGIT) != 0 ? 1 : 0;
            marks += (bits & Chars.LOOSE) == 0 ? 1 : 0;
            spaced |= c == ' ';
            dotted |= c == '.';
            joined |= c == '_' || c == '-';
            called |= c == '(';
            varied |= c != source.at(start);
        }
        boolean mixed = (classes & Chars.LETTER) == Chars.LETTER;
        boolean word = digits == 0 && marks == 0;
        boolean tight = binding == Binding.TIGHT;
        boolean quoted = binding == Binding.QUOTED;
        if (!varied || (spaced && name != SecretNames.PASSWORD)) {
            return false;
        }
        return switch (name) {
            case PASSWORD -> !word || quoted || (!dotted && (tight || mixed));
            case SECRET -> {
                boolean random = tight || (quoted && mixed && !joined && length >= SHORTEST_KEY);
                yield digits > 0 || (word ? !dotted && random : !called && binding != Binding.LOOSE);
            }
            case HEADER -> length >= 8 && (digits > 0 || length >= LONG || (tight && mixed));
            case KEY -> !dotted && digits > 1 && (mixed || length >= LONG) && classes != Chars.DIGIT;
            case NONE -> false;
        };
    }

    /** How a value hangs on its name. */
    enum Binding {
        /** In quotes. */
        QUOTED,
        /** Behind an equals sign without a space. */
        TIGHT,
        /** Behind a space, as words in a sentence are. */
        LOOSE
    }
}
