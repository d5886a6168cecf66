package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Unescaped;
import dev.llmops.redaction.internal.text.WordSet;

/**
 * Lines of settings, such as those of YAML, in which even a word of small letters is a password.
 *
 * <p>See docs/decisions/redaction.md#a-word-of-small-letters-is-a-password-in-a-line-of-settings-only.
 */
final class SettingLines {

    /** Names of the setting beside a password. */
    private static final WordSet USERS = WordSet.of(
            "user username user_name login email account name benutzer benutzername usuario utilisateur identifiant utente stringdata",
            "gebruiker usuário логин");

    private static final int SHORTEST = 6;
    private static final int LONGEST = 48;
    private static final int LONGEST_LINE = 96;

    private SettingLines() {}

    /**
     * Returns true for a word up to the end of the line, unless it describes a password, if the name before the mark is that
     * of a setting ({@code db_password}) or a line beside it names the user or the kind of values.
     */
    static boolean isWord(Source source, int nameEnd, int from) {
        int end = source.skip(from, Chars.WORD, from + LONGEST);
        if (end - from < SHORTEST
                || !isLineEnd(source.peek(end))
                || SecretValueRules.isDescription(source, from, end)) {
            return false;
        }
        boolean joined = false;
        int start = nameEnd;
        while (start > 0 && nameEnd - start < LONGEST && source.is(start - 1, Chars.NAME)) {
            start--;
            joined |= !source.is(start, Chars.ALNUM);
        }
        return joined || isUser(source, end + 1) || isUser(source, lineAbove(source, start));
    }

    /** Returns the start of the line before the one in which the index stands. */
    private static int lineAbove(Source source, int index) {
        int at = index;
        int lines = 0;
        while (at > 0 && index - at < LONGEST_LINE) {
            lines += isLineEnd(source.at(at - 1)) ? 1 : 0;
            if (lines == 2) {
                return at;
            }
            at--;
        }
        return at;
    }

    private static boolean isUser(Source source, int line) {
        int item = source.skip(line, Chars.SPACE, line + LONGEST);
        int start = source.startsWith("- ", item) ? item + 2 : item;
        int end = source.skip(start, Chars.IDENTIFIER, start + LONGEST);
        return source.peek(end) == ':' && USERS.contains(source, start, end);
    }

    private static boolean isLineEnd(char c) {
        return c == 0 || c == '\n' || c == Unescaped.BREAK;
    }

    /** Returns true behind the "p" of {@code u: bob p: …} and {@code /u:bob /p:…}. */
    static boolean isShortLogin(Source source, int mark) {
        int value = source.skip(mark + 1, Chars.SPACE, mark + 3);
        boolean named = Chars.lower(source.peek(mark - 1)) == 'p' && !source.is(mark - 2, Chars.ALNUM);
        if (!named || !(source.is(value, Chars.LETTER) || SecretValueRules.isQuote(source.peek(value)))) {
            return false;
        }
        for (int at = mark - 2; at > 0 && at > mark - LONGEST && !isLineEnd(source.at(at)); at--) {
            if (source.at(at) == source.at(mark)
                    && Chars.lower(source.peek(at - 1)) == 'u'
                    && !source.is(at - 2, Chars.ALNUM)) {
                return true;
            }
        }
        return false;
    }
}
