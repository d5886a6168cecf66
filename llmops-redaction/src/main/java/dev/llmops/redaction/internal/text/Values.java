package dev.llmops.redaction.internal.text;

import java.util.List;

/** Judges whether the value of a setting is a secret or only a word, a reference or a template. */
public final class Values {

    /** How the examples of manuals begin, and references to where the value is kept. */
    private static final List<String> STAND_INS = List.of(
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
            "file://",
            "process.env",
            "os.environ",
            "os.getenv",
            "system.getenv");

    private static final String STAND_IN_INITIALS = Chars.initials(STAND_INS);

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
    public static boolean isPlaceholder(Source source, int start) {
        return isTemplate(source, start) || isStandIn(source, start);
    }

    private static boolean isStandIn(Source source, int start) {
        if (STAND_IN_INITIALS.indexOf(Chars.lower(source.peek(start))) < 0) {
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
    public static boolean isSecret(Source source, SecretNames name, Binding binding, int start, char quote) {
        Sample sample = new Sample(source, start, quote);
        return sample.mayBe(name)
                && sample.read(source, start).isSecret(name, binding)
                && !isRemark(source, start, sample);
    }

    private static boolean isRemark(Source source, int start, Sample sample) {
        return sample.isWord()
                && REMARKS.stream()
                        .anyMatch(word -> word.length() == sample.length() && source.startsWithIgnoreCase(word, start));
    }

    /** The end of the value; closing punctuation behind it is the sentence's, unless the value stands in quotes. */
    public static int end(Source source, int start, char quote) {
        int end = start;
        while (end < source.length && !isEnd(source.raw(end), quote)) {
            end++;
        }
        while (!isQuote(quote) && end > start && source.is(end - 1, Chars.CLOSING)) {
            end--;
        }
        return end;
    }

    public static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    /** Whether a value in such quotes, or in none, ends before the character. */
    public static boolean isEnd(char raw, char quote) {
        return isQuote(quote)
                ? Chars.fold(raw) == quote || raw == '\n'
                : raw >= Chars.IDEOGRAPHS || Chars.is(raw, Chars.STOP) || isTypographic(raw);
    }

    /** The quotes of printed English. */
    private static boolean isTypographic(char raw) {
        return raw >= '\u2018' && raw <= '\u201F';
    }

    /** Where a value starts behind an opening quote of print, which closes by itself. */
    public static int behindOpening(Source source, int start) {
        boolean opened =
                start < source.length && (isTypographic(source.raw(start)) || "「『【".indexOf(source.raw(start)) >= 0);
        return opened ? start + 1 : start;
    }

    /** How a value hangs on its name. */
    public enum Binding {
        /** In quotes. */
        QUOTED,
        /** Behind an equals sign without a space. */
        TIGHT,
        /** Behind a space, as words in a sentence are. */
        LOOSE
    }
}
