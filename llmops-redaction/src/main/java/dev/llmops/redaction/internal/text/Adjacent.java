package dev.llmops.redaction.internal.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Phrases that stand directly before a value, with nothing but a verb or punctuation between: "your code is", "CVV:",
 * "验证码是".
 */
public final class Adjacent {

    private static final int REACH = 40;
    private static final String PUNCTUATION = " :#=-\"'([“‘「：";
    private static final List<String> LINKS = List.of(
            "is", "was", "are", "ist", "lautet", "est", "es", "no", "no.", "nr", "nr.", "number", "num", "code", "of",
            "для", "number:", "für", "是", "为", "為", "は", "는", "은", "号", "号码", "numero", "número", "é");

    private final String[][] byLast = new String[256][];

    private Adjacent(List<String> phrases) {
        for (int i = 0; i < byLast.length; i++) {
            int bucket = i;
            byLast[i] =
                    phrases.stream().filter(phrase -> bucket(phrase) == bucket).toArray(String[]::new);
        }
    }

    /** Compiles phrases in lower case, separated by bars. */
    public static Adjacent of(String phrases) {
        return new Adjacent(Arrays.asList(phrases.split("\\|", -1)));
    }

    /** Returns true if one of the phrases stands directly before the position. */
    public boolean isBefore(ScanState scan, int position) {
        int floor = Math.max(Math.max(scan.found.lastEnd(), 0), position - REACH);
        int end = strip(scan.source, floor, position);
        if (end <= floor || (end == position && !isIdeograph(scan.source.at(end - 1)))) {
            return false;
        }
        String before = scan.source.folded(floor, end).toLowerCase(Locale.ROOT);
        for (int links = 0; links < 3; links++) {
            if (endsWithPhrase(before)) {
                return true;
            }
            String shorter = withoutLink(before);
            if (shorter.length() == before.length()) {
                return false;
            }
            before = shorter;
        }
        return false;
    }

    private boolean endsWithPhrase(String before) {
        if (before.isEmpty()) {
            return false;
        }
        return Stream.of(byLast[bucket(before)])
                .anyMatch(phrase -> before.endsWith(phrase) && isWord(before, before.length() - phrase.length()));
    }

    private static String withoutLink(String before) {
        for (String link : LINKS) {
            if (before.endsWith(link) && isWord(before, before.length() - link.length())) {
                int end = before.length() - link.length();
                while (end > 0 && PUNCTUATION.indexOf(before.charAt(end - 1)) >= 0) {
                    end--;
                }
                return before.substring(0, end);
            }
        }
        return before;
    }

    private static boolean isWord(String text, int start) {
        return start == 0 || isIdeograph(text.charAt(start)) || !Character.isLetterOrDigit(text.charAt(start - 1));
    }

    private static int strip(Source source, int floor, int position) {
        int end = position;
        while (end > floor && PUNCTUATION.indexOf(source.at(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static boolean isIdeograph(char c) {
        return c > 0x2E80;
    }

    private static int bucket(String text) {
        return text.charAt(text.length() - 1) & 0xFF;
    }
}
