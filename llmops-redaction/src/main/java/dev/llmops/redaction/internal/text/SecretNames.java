package dev.llmops.redaction.internal.text;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Judges the name of a setting by how it ends: {@code OPENAI_API_KEY}, {@code "client_secret"}, {@code db.password2},
 * {@code 密码}. Whatever comes after the telling word makes it another thing, as in {@code tokenizer} or {@code token_type}.
 */
public enum SecretNames {
    /** Says nothing. */
    NONE,
    /** Ends in a bare "key": the value must look random. */
    KEY,
    /** The header that carries credentials, often behind the name of a scheme. */
    HEADER,
    /** Tokens, secrets and keys to something: the value is not an ordinary word. */
    SECRET,
    /** Chosen by people, so even a word may be one. */
    PASSWORD;

    private static final Word[][] WORDS = Word.byLastLetter(List.of(
            Word.part("password", PASSWORD),
            Word.part("passwd", PASSWORD),
            Word.part("passphrase", PASSWORD),
            Word.part("passcode", PASSWORD),
            Word.whole("pwd", PASSWORD),
            Word.whole("pass", PASSWORD),
            Word.part("secret", SECRET),
            // The group of a library, behind which its name and version stand.
            Word.part("jsonwebtoken", NONE),
            Word.part("token", SECRET),
            Word.part("credential", SECRET),
            Word.part("credentials", SECRET),
            Word.whole("creds", SECRET),
            Word.part("sessionid", SECRET),
            Word.part("sessid", SECRET),
            Word.part("gitlabsession", SECRET),
            Word.part("secretkeybase", SECRET),
            Word.whole("auth", KEY),
            Word.whole("sig", SECRET),
            Word.whole("signature", SECRET),
            Word.part("authorization", HEADER)));

    /** What stands before "key" in the names of keys that open something. */
    private static final String[] OPENING = {
        "api",
        "secret",
        "access",
        "private",
        "auth",
        "encryption",
        "signing",
        "master",
        "service",
        "subscription",
        "account",
        "storage",
        "shared",
        "license",
        "session",
        "client"
    };

    private static final String[] NOTHING = {};

    /** The longest word that is looked for, with room for separators. */
    private static final int REACH = 32;

    /** What the name that ends at the index promises of its value. */
    public static SecretNames of(Source source, int floor, int nameEnd) {
        int end = nameEnd;
        while (end > floor && nameEnd - end < 3 && source.is(end - 1, Chars.DIGIT)) {
            end--;
        }
        if (end <= floor) {
            return NONE;
        }
        char last = source.at(end - 1);
        return Chars.is(last, Chars.LETTER) ? english(source, floor, end) : chinese(source.peek(end - 2), last);
    }

    private static SecretNames english(Source source, int floor, int end) {
        char last = Chars.lower(source.at(end - 1));
        if (last == 'y') {
            return key(source, floor, end);
        }
        for (Word word : WORDS[last - 'a']) {
            int start = startOf(source, floor, end, word.text);
            if (start >= 0 && (!word.whole || isWord(source, start))) {
                return word.promise;
            }
        }
        return NONE;
    }

    private static SecretNames key(Source source, int floor, int end) {
        int start = startOf(source, floor, end, "key");
        if (start < 0) {
            return NONE;
        }
        // Any separator before "key" belongs to neither word.
        int before = start > floor && "_-.".indexOf(source.at(start - 1)) >= 0 ? start - 1 : start;
        boolean joined = before > floor && source.is(before - 1, Chars.LETTER);
        for (String opening : joined ? OPENING : NOTHING) {
            if (startOf(source, floor, before, opening) >= 0) {
                return SECRET;
            }
        }
        return isWord(source, start) && startOf(source, floor, before, "public") < 0 ? KEY : NONE;
    }

    private static SecretNames chinese(char first, char second) {
        if ((first == '密' && second == '码') || (first == '口' && second == '令')) {
            return PASSWORD;
        }
        boolean key = second == '钥' && (first == '密' || first == '秘' || first == '私');
        return key || (first == '令' && second == '牌') ? SECRET : NONE;
    }

    /** Where the word starts that ends at the index in any case and with any separators, or -1. */
    private static int startOf(Source source, int floor, int end, String word) {
        int at = end - 1;
        int least = Math.max(floor, end - REACH);
        for (int i = word.length() - 1; i >= 0; at--) {
            if (at < least) {
                return -1;
            }
            char c = Chars.lower(source.at(at));
            if (c == word.charAt(i)) {
                i--;
            } else if (at == end - 1 || (c != '_' && c != '-' && c != '.')) {
                return -1;
            }
        }
        return at + 1;
    }

    /** Whether a word starts there: after anything but a letter, or with a capital after a small letter. */
    private static boolean isWord(Source source, int start) {
        if (start < 0) {
            return false;
        }
        return !source.gluedBefore(start)
                || (source.is(start, Chars.UPPER) && source.is(start - 1, Chars.LOWER | Chars.DIGIT));
    }

    /** A word that a name may end in; a whole one stands by itself, as "pwd" does not in "cwdpwd". */
    private record Word(String text, SecretNames promise, boolean whole) {

        static Word part(String text, SecretNames promise) {
            return new Word(text, promise, false);
        }

        static Word whole(String text, SecretNames promise) {
            return new Word(text, promise, true);
        }

        static Word[][] byLastLetter(List<Word> words) {
            return IntStream.rangeClosed('a', 'z')
                    .mapToObj(last -> words.stream()
                            .filter(word -> word.text.charAt(word.text.length() - 1) == last)
                            .toArray(Word[]::new))
                    .toArray(Word[][]::new);
        }
    }
}
