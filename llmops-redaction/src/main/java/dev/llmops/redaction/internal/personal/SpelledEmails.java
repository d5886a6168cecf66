package dev.llmops.redaction.internal.personal;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.WordSet;

/** E-mail addresses that are written so that no machine reads them: {@code name [at] host [dot] example}, {@code name(@)host.example}. */
public final class SpelledEmails {

    /** Other words for the sign. */
    public static final String SIGNS = "arroba arobase chez chiocciola";

    private static final WordSet DOTS = WordSet.of("dot punkt punto point ponto punt kropka nokta точка");
    /** Ends of hosts: without brackets, nothing else tells an address from a sentence. */
    private static final WordSet TOPS = WordSet.of(
            "com net org edu gov mil info biz io co ai app dev de fr es it nl eu uk ch at be pl se no dk fi ru ua br ar mx cl",
            "in cn jp kr tw hk sg au nz ca us ie pt gr cz sk hu ro tr il za test example me");

    /** Words before the sign in sentences about places. */
    private static final WordSet WORDS =
            WordSet.of("me us meet met look see live available more visit posted hosted be is was");

    private static final int LOCAL = 64;
    private static final int LABEL = 63;
    private static final int MOST_LABELS = 5;
    /** Letters of the longest word for a dot. */
    private static final int LONGEST_DOT = 6;

    private SpelledEmails() {}

    /** Reports the address around a word for the sign and returns its end, or -1. */
    public static int atWord(ScanState scan, int start, int end) {
        Source source = scan.source;
        char open = source.peek(start - 1);
        char close = source.peek(end);
        boolean bracket = isClosedBy(open, close);
        boolean bare = open == ' ' && close == ' ' && !source.startsWithIgnoreCase("chez", start);
        if (!bracket && !bare) {
            return -1;
        }
        // AT in capitals between small letters is no word of the sentence.
        boolean loud = bare && source.is(start, Chars.UPPER) && source.is(start - 2, Chars.LOWER);
        return report(scan, start - 1, bracket ? end + 1 : end, bracket, bracket || loud);
    }

    /** Reports the address around a sign in brackets or between spaces, or with its dots in brackets; returns its end, or -1. */
    public static int atSign(ScanState scan, int sign) {
        Source source = scan.source;
        boolean bracket = isClosedBy(source.peek(sign - 1), source.peek(sign + 1));
        boolean spaced = source.peek(sign - 1) == ' ' && source.peek(sign + 1) == ' ';
        boolean tight = source.is(sign - 1, Chars.ALNUM) && source.is(sign + 1, Chars.ALNUM);
        if (!bracket && !spaced && !tight) {
            return -1;
        }
        return report(scan, tight ? sign : sign - 1, bracket ? sign + 2 : sign + 1, bracket || tight, !tight);
    }

    /** Reports the address around the letter in {@code name(a)host.example} and {@code name[a]host.example}; returns its end, or -1. */
    public static int atLetter(ScanState scan, int letter) {
        Source source = scan.source;
        boolean bracket = source.at(letter) == 'a' && isClosedBy(source.peek(letter - 1), source.peek(letter + 1));
        return bracket && source.is(letter - 2, Chars.ALNUM) && source.is(letter - 3, Chars.ALNUM)
                ? report(scan, letter - 1, letter + 2, false, true)
                : -1;
    }

    /** Reports the address around a word for the sign that is known by one of its letters: ät, małpa, собака; returns its end, or -1. */
    public static int atOtherWord(ScanState scan, int letter) {
        Source source = scan.source;
        String word =
                switch (source.raw(letter)) {
                    case 'ä' -> "ät";
                    case 'ł' -> "małpa";
                    case 'б' -> "собака";
                    default -> "";
                };
        int start = letter - word.indexOf(source.raw(letter));
        if (word.isEmpty() || !source.startsWithIgnoreCase(word, start)) {
            return -1;
        }
        int end = start + word.length();
        boolean bracket = isClosedBy(source.peek(start - 1), source.peek(end));
        boolean bare = word.length() > 2 && source.peek(start - 1) == ' ' && source.peek(end) == ' ';
        return bracket || bare ? report(scan, start - 1, bracket ? end + 1 : end, bracket, true) : -1;
    }

    private static int report(ScanState scan, int before, int behind, boolean marked, boolean dots) {
        Source source = scan.source;
        int localEnd = before;
        while (localEnd > 0 && before - localEnd < 2 && source.at(localEnd - 1) == ' ') {
            localEnd--;
        }
        int floor = Math.max(scan.found.lastEnd(), localEnd - LOCAL);
        int start = localEnd;
        while (start > floor && Chars.is(source.at(start - 1), Chars.MAIL)) {
            start--;
        }
        if (localEnd - start < (marked ? 1 : 2) || (!marked && WORDS.contains(source, start, localEnd))) {
            return -1;
        }
        int end = endOfHost(source, source.skip(behind, Chars.SPACE, behind + 2), marked, dots);
        return end < 0 ? -1 : scan.report(PiiTypes.EMAIL, start, end);
    }

    private static boolean isClosedBy(char open, char close) {
        return (open == '(' && close == ')')
                || (open == '[' && close == ']')
                || (open == '{' && close == '}')
                || (open == '<' && close == '>')
                || (open == '-' && close == '-');
    }

    /** The end of labels with dots, or words for them, between; or -1. */
    private static int endOfHost(Source source, int start, boolean marked, boolean dots) {
        int at = start;
        int end = -1;
        for (int labels = 0; labels < MOST_LABELS; labels++) {
            int labelEnd = source.skip(at, Chars.ALNUM, at + LABEL);
            while (source.peek(labelEnd) == '-' && source.is(labelEnd + 1, Chars.ALNUM)) {
                labelEnd = source.skip(labelEnd + 1, Chars.ALNUM, at + LABEL);
            }
            if (labelEnd == at) {
                break;
            }
            boolean top = labels > 0
                    && labelEnd - at >= 2
                    && (marked
                            ? source.skip(at, Chars.LETTER, labelEnd) == labelEnd
                            : TOPS.contains(source, at, labelEnd));
            end = top ? labelEnd : end;
            int next = behindDot(source, labelEnd, marked, dots);
            if (next < 0) {
                break;
            }
            at = next;
        }
        return end;
    }

    private static int behindDot(Source source, int index, boolean marked, boolean dots) {
        if (dots && source.peek(index) == '.') {
            return source.is(index + 1, Chars.ALNUM) ? index + 1 : -1;
        }
        int open = source.skip(index, Chars.SPACE, index + 2);
        char first = source.peek(open);
        if (dots && open > index && first == '.' && source.peek(open + 1) == ' ') {
            return open + 2;
        }
        boolean bracket = "([{<-".indexOf(first) >= 0 && first != 0;
        int word = bracket ? open + 1 : open;
        int wordEnd = source.peek(word) == '.' && bracket ? word + 1 : endOfWord(source, word);
        boolean dot = (bracket && source.peek(word) == '.') || DOTS.contains(source, word, wordEnd);
        if (!dot || (word == index && marked)) {
            return -1;
        }
        boolean closed =
                bracket ? isClosedBy(first, source.peek(wordEnd)) : source.peek(wordEnd) == ' ' && word > index;
        return closed ? source.skip(bracket ? wordEnd + 1 : wordEnd, Chars.SPACE, wordEnd + 3) : -1;
    }

    private static int endOfWord(Source source, int start) {
        int end = start;
        while (end < source.length && end < start + LONGEST_DOT && Chars.isLetter(source.at(end))) {
            end++;
        }
        return end;
    }
}
