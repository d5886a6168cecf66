package dev.llmops.redaction.internal.text;

import java.util.List;
import java.util.stream.Stream;

/**
 * Phrases that stand directly before a value, with nothing but a verb or punctuation between: "your code is", "CVV:",
 * "验证码是".
 */
public final class Adjacent {

    private static final int REACH = 40;
    private static final int MOST_LINKS = 2;
    private static final int BUCKETS = 256;
    private static final CharSet PUNCTUATION = CharSet.of(" :#=-\"'([“‘「：");
    private static final Adjacent LINKS = of("is|was|are|ist|lautet|est|es|no|no.|nr|nr.|number|num|code|of"
            + "|для|number:|für|是|为|為|は|는|은|号|号码|numero|número|é|è|jest|är|er|to|le|el|號碼|番号");

    /** Phrases by their last character, of which one read tells that most places end none of them. */
    private final String[][] byLast = new String[BUCKETS][];

    private Adjacent(List<String> phrases) {
        for (int i = 0; i < BUCKETS; i++) {
            int bucket = i;
            byLast[i] = phrases.stream()
                    .filter(phrase -> bucket(phrase.charAt(phrase.length() - 1)) == bucket)
                    .toArray(String[]::new);
        }
    }

    /** Compiles phrases in lower case, separated by bars. */
    public static Adjacent of(String phrases) {
        return new Adjacent(Stream.of(phrases.split("\\|", -1)).toList());
    }

    /** Returns true if one of the phrases stands directly before the position, which may be the end of a line. */
    public boolean isBefore(ScanState scan, int position) {
        Source source = scan.source;
        int floor = Math.max(Math.max(scan.found.lastEnd(), 0), position - REACH);
        int end = strip(source, floor, position);
        if (end == position && end > floor && !isIdeograph(source.at(end - 1)) && source.peek(position) != '\n') {
            return false;
        }
        for (int links = 0; end > floor; links++) {
            if (startOf(source, floor, end) >= 0) {
                return true;
            }
            int link = links < MOST_LINKS ? LINKS.startOf(source, floor, end) : -1;
            end = link < 0 ? floor : strip(source, floor, link);
        }
        return false;
    }

    /** Returns the start of the phrase that ends there as a word of its own, or -1. */
    private int startOf(Source source, int floor, int end) {
        for (String phrase : byLast[bucket(Chars.lowerLetter(source.at(end - 1)))]) {
            int start = end - phrase.length();
            if (start >= floor && isWord(source, floor, start) && source.startsWithIgnoreCase(phrase, start)) {
                return start;
            }
        }
        return -1;
    }

    private static boolean isWord(Source source, int floor, int start) {
        return start == floor || isIdeograph(source.at(start)) || !Character.isLetterOrDigit(source.at(start - 1));
    }

    private static int strip(Source source, int floor, int position) {
        int end = position;
        while (end > floor && PUNCTUATION.has(source.at(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isIdeograph(char c) {
        return c > 0x2E80;
    }

    private static int bucket(char last) {
        return last & (BUCKETS - 1);
    }
}
