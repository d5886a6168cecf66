package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape of one vendor's key: a literal prefix and what follows it.
 *
 * <p>Written as the prefix and, after spaces, the parts of the body: a class and a length ({@code a36}, {@code w20+},
 * {@code x8-16}), a literal ({@code '.}), up to three signs of padding ({@code =}), or the least number of digits near
 * the start ({@code #3}). Classes: {@code a} letters and digits, {@code l} letters, {@code d} digits, {@code u} capitals
 * and digits, {@code x} hexadecimal, {@code v} letters, digits and underscore, {@code w} these and dash, {@code b}
 * base64, {@code t} word characters with dot and equals sign.
 *
 * <p>See docs/decisions/redaction.md#whether-letters-are-random-is-told-by-how-often-their-case-changes.
 */
final class KeyShape {

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    final String prefix;
    private final List<Part> parts = new ArrayList<>();

    private KeyShape(String prefix) {
        this.prefix = prefix;
    }

    static KeyShape parse(String line) {
        String[] words = line.split(" ", -1);
        KeyShape shape = new KeyShape(words[0]);
        for (int i = 1; i < words.length; i++) {
            shape.parts.add(part(words[i]));
        }
        return shape;
    }

    private static Part part(String word) {
        char kind = word.charAt(0);
        String rest = word.substring(1);
        if (kind == '\'') {
            return new Literal(rest);
        }
        if (kind == '=') {
            return new Padding();
        }
        if (kind == '#') {
            return new Digits(Integer.parseInt(rest));
        }
        int dash = rest.indexOf('-');
        if (rest.endsWith("+")) {
            return new Run(bits(kind), Integer.parseInt(rest.substring(0, rest.length() - 1)), NO_LIMIT);
        }
        int least = Integer.parseInt(dash < 0 ? rest : rest.substring(0, dash));
        return new Run(bits(kind), least, dash < 0 ? least : Integer.parseInt(rest.substring(dash + 1)));
    }

    private static int bits(char kind) {
        return switch (kind) {
            case 'a' -> Chars.ALNUM;
            case 'l' -> Chars.LETTER;
            case 'd' -> Chars.DIGIT;
            case 'u' -> Chars.UPPER | Chars.DIGIT;
            case 'x' -> Chars.HEX;
            case 'v' -> Chars.IDENTIFIER;
            case 'w' -> Chars.WORD;
            case 'b' -> Chars.BASE64;
            case 't' -> Chars.LOOSE;
            default -> throw new IllegalArgumentException("no such class: " + kind);
        };
    }

    /** The end of the key whose prefix starts at the index, or -1. */
    int match(ScanState scan, int start) {
        // The first three characters brought the shape here; the fourth tells most of its neighbours apart.
        boolean other = prefix.length() > 3 && scan.source.peek(start + 3) != prefix.charAt(3);
        if (other || !scan.source.startsWith(prefix, start)) {
            return -1;
        }
        int at = start + prefix.length();
        for (int i = 0; i < parts.size() && at >= 0; i++) {
            at = parts.get(i).match(scan, at);
        }
        return at > 0 && isCrossedOut(scan.source, start + prefix.length(), at) ? -1 : at;
    }

    /** Returns true if nothing but crosses stand for the body, as manuals write a key. */
    private static boolean isCrossedOut(Source source, int start, int end) {
        int at = start;
        while (at < end && "xX-_.".indexOf(source.at(at)) >= 0) {
            at++;
        }
        return at == end;
    }

    private interface Part {
        int match(ScanState scan, int at);
    }

    private record Literal(String text) implements Part {
        @Override
        public int match(ScanState scan, int at) {
            return scan.source.startsWith(text, at) ? at + text.length() : -1;
        }
    }

    private record Padding() implements Part {
        @Override
        public int match(ScanState scan, int at) {
            int end = at;
            while (end < at + 3 && scan.source.peek(end) == '=') {
                end++;
            }
            return end;
        }
    }

    private record Digits(int least) implements Part {

        private static final int REACH = 24;

        @Override
        public int match(ScanState scan, int at) {
            int end = Math.min(scan.runEnd(Chars.WORD, at), at + REACH);
            int count = 0;
            for (int i = at; i < end && count < least; i++) {
                count += scan.source.is(i, Chars.DIGIT) ? 1 : 0;
            }
            return count < least ? -1 : at;
        }
    }

    private record Run(int bits, int least, int most) implements Part {
        @Override
        public int match(ScanState scan, int at) {
            int end = scan.runEnd(bits, at);
            while (bits == Chars.LOOSE && end > at && scan.source.at(end - 1) == '.') {
                end--;
            }
            if (end - at < least || end - at > most) {
                return -1;
            }
            // A fixed length of a narrow class that runs on in other letters is some longer identifier.
            boolean exact = most == least && (bits & ~Chars.ALNUM & ~Chars.HEX) == 0;
            return exact && scan.source.gluedAfter(end) ? -1 : end;
        }
    }
}
