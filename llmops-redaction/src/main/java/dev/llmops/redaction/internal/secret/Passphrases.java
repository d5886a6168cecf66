package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Unescaped;
import dev.llmops.redaction.internal.text.WordSet;

/**
 * Passphrases of several words, which nothing but their name tells from a sentence: "my passphrase is correct horse battery
 * staple".
 *
 * <p>See docs/decisions/redaction.md#a-passphrase-is-known-by-the-words-that-it-lacks.
 */
public final class Passphrases {

    private static final WordSet VERBS = WordSet.of("is was ist lautet est es era é è är er");

    /** Words of sentences, which passphrases have none of: what they say of a passphrase is no passphrase. */
    private static final WordSet FILLERS = WordSet.of(
            "the and for with your are was has from not but its our their which when were they have this that these those",
            "is a an of to in on at by as or if it be can may must should will cannot do does did you we he she than then",
            "only also never always please see use used using set stored saved kept required optional wrong incorrect",
            "invalid missing empty protected needed known same longer shorter least minimum maximum characters words letters",
            "long short too very more before after because here there where what who how why about into over under",
            "der die das ein eine und ist nicht mit für von im in dem den zu auf wird werden wurde muss kann bitte oder",
            "le la les un une et est pas avec pour de du des dans en sur doit être ou que qui",
            "el los las una y es no con para del debe ser o que por se su",
            "il lo gli e non per di da nel deve essere che uma os do da em com não deve het een en van niet met voor moet");

    private static final int FEWEST = 4;
    private static final int MOST = 16;
    private static final int SHORTEST = 2;
    private static final int LONGEST = 14;
    private static final int GAP = 4;

    private Passphrases() {}

    /** Reports the words behind the name that ends there; returns their end, or -1. */
    public static int find(ScanState scan, int nameEnd) {
        Source source = scan.source;
        int start = behindLink(source, nameEnd);
        if (start < 0) {
            return -1;
        }
        int end = start;
        for (int words = 0; words < MOST; words++) {
            int wordEnd = wordEnd(source, end);
            if (wordEnd - end < SHORTEST || wordEnd - end > LONGEST || FILLERS.contains(source, end, wordEnd)) {
                return -1;
            }
            char next = source.peek(wordEnd);
            if ((next != ' ' && next != '-') || wordEnd(source, wordEnd + 1) == wordEnd + 1) {
                boolean closed = next == 0 || ".\n\"'`,;)".indexOf(next) >= 0 || next == Unescaped.BREAK || next == ' ';
                return closed && words + 1 >= FEWEST ? scan.report(PiiTypes.SECRET_ASSIGNMENT, start, wordEnd) : -1;
            }
            end = wordEnd + 1;
        }
        return -1;
    }

    /** Returns the position behind a colon, an equals sign or a verb, and an opening quote; or -1. */
    private static int behindLink(Source source, int nameEnd) {
        int at = source.skip(
                SecretValueRules.isQuote(source.peek(nameEnd)) ? nameEnd + 1 : nameEnd, Chars.SPACE, nameEnd + GAP);
        int verb = wordEnd(source, at);
        boolean mark = source.peek(at) == ':' || source.peek(at) == '=';
        if (!mark && (at == nameEnd || !VERBS.contains(source, at, verb))) {
            return -1;
        }
        at = mark ? at + 1 : source.peek(verb) == ':' ? verb + 1 : verb;
        at = source.skip(at, Chars.SPACE, at + GAP);
        return SecretValueRules.isQuote(source.peek(at)) ? at + 1 : at;
    }

    private static int wordEnd(Source source, int start) {
        int end = start;
        while (end < source.length && end <= start + LONGEST && Chars.isLetter(source.at(end))) {
            end++;
        }
        return end;
    }
}
