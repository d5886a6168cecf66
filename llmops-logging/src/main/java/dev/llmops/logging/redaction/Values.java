package dev.llmops.logging.redaction;

import java.util.List;

/** Judges whether the value of a setting is a secret or only a word, a reference or a template. */
final class Values {

    private static final int SHORTEST = 6;
    private static final int SHORTEST_KEY = 16;
    private static final int LONG = 24;

    /** How the examples of manuals begin, and references to where the value is kept. */
    private static final String[] STAND_INS = {
        "your_",
        "your-",
        "yourpass",
        "yourapi",
        "yourtoken",
        "yoursecret",
        "yourkey",
        "changeme",
        "change_me",
        "change-me",
        "placeholder",
        "replace_",
        "replace-",
        "replaceme",
        "insert_",
        "insert-",
        "process.env",
        "os.environ",
        "os.getenv",
        "system.getenv"
    };

    /** What programs and people write about a value in its place. */
    private static final List<String> REMARKS = List.of(
            "undefined",
            "required",
            "missing",
            "redacted",
            "filtered",
            "masked",
            "hidden",
            "omitted",
            "removed",
            "expired",
            "invalid",
            "revoked",
            "disabled",
            "enabled",
            "optional",
            "unknown",
            "string");

    private Values() {}

    /** Whether nothing, a template, a mask or an earlier replacement starts there, or a stand-in of the writer's. */
    static boolean isPlaceholder(Source source, int start) {
        return isTemplate(source, start) || isStandIn(source, start);
    }

    private static boolean isStandIn(Source source, int start) {
        if ("ycpriosYCPRIOS".indexOf(source.peek(start)) < 0) {
            return false;
        }
        for (String word : STAND_INS) {
            if (source.startsWithIgnoreCase(word, start)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTemplate(Source source, int start) {
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

    /** Whether a value is a secret, given what its name promises and how tightly it is bound to it. Judged by a sample. */
    static boolean isSecret(Source source, SecretNames name, Binding binding, int start, char quote) {
        Sample sample = new Sample(source, start, quote);
        return sample.mayBe(name)
                && sample.read(source, start).isSecret(name, binding)
                && !isRemark(source, start, sample);
    }

    private static boolean isRemark(Source source, int start, Sample sample) {
        return sample.isWord()
                && REMARKS.stream()
                        .anyMatch(word -> word.length() == sample.length && source.startsWithIgnoreCase(word, start));
    }

    /** The end of the value; closing punctuation behind it is the sentence's, unless the value stands in quotes. */
    static int end(Source source, int start, char quote) {
        int end = start;
        while (end < source.length && !isEnd(source.raw(end), quote)) {
            end++;
        }
        while (!isQuote(quote) && end > start && source.is(end - 1, Chars.CLOSING)) {
            end--;
        }
        return end;
    }

    static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    private static boolean isEnd(char raw, char quote) {
        return isQuote(quote)
                ? Chars.fold(raw) == quote || raw == '\n'
                : raw >= Chars.IDEOGRAPHS || Chars.is(raw, Chars.STOP);
    }

    /** The start of a value: one that is no secret must not be read to its end. */
    private static final class Sample {

        private static final int LONGEST = 32;

        private final int length;
        private int digits;
        private int classes;
        private int marks;
        private boolean varied;
        private boolean dotted;
        private boolean spaced;
        private boolean joined;
        /** Whether a bracket follows a name, as in the call of a function. */
        private boolean called;

        private boolean labelled;

        Sample(Source source, int start, char quote) {
            int most = Math.min(start + LONGEST, source.length);
            int end = start;
            while (end < most && !isEnd(source.raw(end), quote)) {
                digits += source.bits(end) & Chars.DIGIT;
                end++;
            }
            while (!isQuote(quote) && end > start && source.is(end - 1, Chars.CLOSING)) {
                end--;
            }
            length = end - start;
        }

        /** Whether it is worth to be read: an ordinary word behind "key" may be one of thousands in a text. */
        boolean mayBe(SecretNames name) {
            return name == SecretNames.KEY ? length >= SHORTEST_KEY && digits > 1 : length >= SHORTEST;
        }

        Sample read(Source source, int start) {
            char first = source.at(start);
            boolean digit = false;
            for (int i = start; i < start + length; i++) {
                char c = source.at(i);
                int bits = Chars.of(c);
                varied |= c != first;
                if ((bits & Chars.ALNUM) != 0) {
                    classes |= bits & Chars.ALNUM;
                    digit |= (bits & Chars.DIGIT) != 0;
                } else {
                    dotted |= c == '.';
                    spaced |= c == ' ';
                    joined |= c == '_' || c == '-';
                    // Judged before: what is left of it was no secret then.
                    labelled |= c == '[' && Labels.isAt(source, i);
                    marks += (bits & Chars.LOOSE) == 0 ? 1 : 0;
                    called |= c == '(' && i > start && marks == 1 && !digit;
                }
            }
            return this;
        }

        boolean isWord() {
            return digits == 0 && marks == 0;
        }

        boolean isSecret(SecretNames name, Binding binding) {
            if (labelled || !varied || (spaced && name != SecretNames.PASSWORD)) {
                return false;
            }
            boolean mixed = (classes & Chars.LETTER) == Chars.LETTER;
            boolean word = isWord();
            boolean tight = binding == Binding.TIGHT;
            boolean quoted = binding == Binding.QUOTED;
            return switch (name) {
                case PASSWORD -> quoted || (word ? !dotted && (tight || mixed) : !called);
                case SECRET -> {
                    boolean random = tight || (quoted && mixed && !joined && length >= SHORTEST_KEY);
                    yield digits > 0 || (word ? !dotted && random : !called && binding != Binding.LOOSE);
                }
                case HEADER -> length >= 8 && (digits > 0 || length >= LONG || (tight && mixed));
                case KEY -> !dotted && (mixed || length >= LONG) && classes != Chars.DIGIT;
                case NONE -> false;
            };
        }
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
