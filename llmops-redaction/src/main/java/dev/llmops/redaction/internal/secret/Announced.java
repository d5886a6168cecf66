package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.internal.secret.SecretValueRules.Binding;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Unescaped;
import dev.llmops.redaction.internal.text.WordSet;

/** Values that the name of a secret announces over some words, or names from behind: "the password for X is …", "… is my password". */
final class Announced {

    /** Words behind a name that say whose it is, what it opens, or what became of it. */
    private static final WordSet OWNERS = WordSet.of(
            "for of to on in at für vom von zum zur des der auf pour du de la le del para do da dos das per di voor",
            "van dla til för от для к на из admin root user wifi wlan router server database login account i was hint provisoire",
            "temporaire initial temporal provisional inicial provisória temporária provvisoria temporanea iniziale такой новый временный");

    /** Words between a value and the name behind it. */
    private static final WordSet DETERMINERS = WordSet.of(
            "the my your our his her their new old current mein dein das unser unsere neues mon ton le notre mi tu la",
            "nuestra su il mio tuo meu sua minha mijn het mitt moj mój мой a");

    private static final WordSet LINKS = WordSet.of("is as ist als est es é è comme como was war are jest är это");
    /** Words before the name of a user. */
    private static final WordSet USERS = WordSet.of("user username login usr name benutzer usuario utilisateur");

    private static final WordSet HOLDERS = WordSet.of(
            "the my your our his her their new old temp temporary current wifi root admin db database server ssh vpn ftp user");

    /** Words behind what is passed on. */
    private static final WordSet PREPOSITIONS = WordSet.of("to as into in through by via from and or with");

    private static final int REACH = 64;
    private static final int LONGEST_LINK = 10;
    private static final int LONGEST_VALUE = 64;
    private static final int GAP = 4;
    private static final int LONGEST_SPEAKER = 24;

    private final ScanState scan;
    private final Source source;
    private final Assignments assignments;

    Announced(ScanState scan, Assignments assignments) {
        this.scan = scan;
        this.source = scan.source;
        this.assignments = assignments;
    }

    /** Expects a value behind the next colon, equals sign, dash or verb, if the words up to it tell of the name's owner. */
    void expect(SecretNames name, int end) {
        int from = source.peek(end) == ' ' ? end + 1 : end;
        if (from == end || !OWNERS.contains(source, from, wordEnd(from))) {
            return;
        }
        int limit = Math.min(source.length, from + REACH);
        for (int at = from; at < limit && !endsSentence(at); at++) {
            int behind = behindMark(at);
            int value = behind > 0 ? behind : behindVerb(at);
            if (value > 0) {
                assignments.expected().said(name, source.skip(value, Chars.SPACE, value + GAP));
            }
            if (behind > 0) {
                return;
            }
        }
    }

    /** Expects the answer to a question such as {@code password?}, behind a dash or the name of who answers. */
    void expectAnswer(SecretNames name, int from) {
        int at = source.skip(from, Chars.SPACE, from + GAP);
        boolean dash = "-—>".indexOf(source.peek(at)) >= 0 && source.peek(at + 1) == ' ';
        at = dash ? at + 2 : at;
        int speaker = source.skip(at, Chars.NAME, at + LONGEST_SPEAKER);
        boolean named = speaker > at && source.peek(speaker) == ':' && source.peek(speaker + 1) == ' ';
        assignments.expected().said(name, named ? speaker + 2 : at);
    }

    private boolean endsSentence(int at) {
        char c = source.at(at);
        return c == '\n'
                || c == Unescaped.BREAK
                || c == ';'
                || c == ','
                || c == '!'
                || (c == '.' && source.is(at + 1, Chars.SPACE));
    }

    /** Returns the position behind a colon, an equals sign or a dash between spaces, or -1. */
    private int behindMark(int at) {
        char c = source.at(at);
        char next = source.peek(at + 1);
        if (c == ':' || c == '=' || c == '?') {
            return next == ' '
                            || (c == '?' && next == '\n')
                            || SecretValueRules.isQuote(next)
                            || source.raw(at) >= Chars.FULL_WIDTH
                    ? at + 1
                    : -1;
        }
        boolean dash = c == '-' || c == '—' || c == '→';
        return dash && source.peek(at - 1) == ' ' && next == ' ' ? at + 1 : -1;
    }

    private int behindVerb(int at) {
        char c = source.at(at);
        if (c == '是' || c == 'は' || c == '는' || c == '은') {
            return at + 1;
        }
        if (c != ' ') {
            return -1;
        }
        int end = wordEnd(at + 1);
        boolean verb = source.peek(end) == ' '
                && (SecretPhrases.VERB_WORDS.contains(source, at + 1, end) || LINKS.contains(source, at + 1, end));
        return verb ? end + 1 : -1;
    }

    private int wordEnd(int start) {
        int end = start;
        while (end < source.length && Chars.isLetter(source.at(end))) {
            end++;
        }
        return end;
    }

    /** Reports the value that the name behind it calls a secret: "X is my password", "use X as the password". */
    void before(SecretNames name, int start) {
        int floor = scan.found.lastEnd();
        int determiner = wordStart(start - 1, floor);
        int link = wordStart(determiner - 1, floor);
        if (source.peek(start - 1) != ' '
                || link <= floor
                || !DETERMINERS.contains(source, determiner, start - 1)
                || !LINKS.contains(source, link, determiner - 1)) {
            return;
        }
        int value = link - 1;
        while (value > floor && link - value < LONGEST_VALUE && source.at(value - 1) > ' ') {
            value--;
        }
        if (value < link - 1 && (value == 0 || source.is(value - 1, Chars.SPACE | Chars.STOP))) {
            assignments.value(name, value, Binding.PLAIN, link - 1);
        }
    }

    /** Reports the value before 是我的密码 or 是密码. */
    void beforeIdeographs(int last) {
        int end = last - 1;
        while (end > 0 && last - end < GAP && "我的你他她们新旧".indexOf(source.at(end - 1)) >= 0) {
            end--;
        }
        int verb = end - 1;
        int floor = scan.found.lastEnd();
        if (verb <= floor || source.peek(verb) != '是') {
            return;
        }
        int value = verb;
        while (value > floor
                && verb - value < LONGEST_VALUE
                && source.at(value - 1) > ' '
                && source.raw(value - 1) < Chars.IDEOGRAPHS) {
            value--;
        }
        if (value < verb) {
            assignments.value(SecretNames.PASSWORD, value, Binding.PLAIN, verb);
        }
    }

    /** Returns the start of the word that ends before the index. */
    private int wordStart(int end, int floor) {
        int start = Math.max(end, floor);
        while (start > floor && Chars.isLetter(source.at(start - 1))) {
            start--;
        }
        return start;
    }

    /** Expects the second value of "changed from X to Y" behind the first. */
    void expectNext(SecretNames name, int end) {
        for (String link : new String[] {" to ", " in ", " zu ", " auf ", " a ", " en ", " to: "}) {
            if (source.startsWith(link, end)) {
                assignments.expected().said(name, end + link.length());
            }
        }
    }

    /** Reports what stands behind the word "pass" in {@code user bob pass …} or as the last word of a clause; returns its end, or -1. */
    int afterPass(int start, int from) {
        int last = SecretValueRules.end(source, from, (char) 0);
        boolean passed = source.peek(last) == ' '
                && PREPOSITIONS.contains(source, last + 1, source.skip(last + 1, Chars.LETTER, last + LONGEST_LINK));
        if (passed || SecretValueRules.isQuote(source.peek(from))) {
            return -1;
        }
        int user = wordBefore(start);
        int before = wordBefore(user);
        if (USERS.contains(source, before, asciiEnd(before))) {
            return assignments.value(SecretNames.PASSWORD, from, Binding.PROSE);
        }
        boolean noun = start == 0
                || "\n,;/|".indexOf(source.peek(user == start ? start - 1 : asciiEnd(user))) >= 0
                || HOLDERS.contains(source, user, asciiEnd(user));
        return noun ? assignments.value(SecretNames.PASSWORD, from, Binding.PLAIN) : -1;
    }

    /** Returns the start of the word before the one that starts there. */
    private int wordBefore(int start) {
        int at = start;
        while (at > 0 && start - at < GAP && !source.is(at - 1, Chars.WORD)) {
            at--;
        }
        int floor = Math.max(0, at - LONGEST_VALUE);
        while (at > floor && source.is(at - 1, Chars.NAME | Chars.MAIL)) {
            at--;
        }
        return at;
    }

    private int asciiEnd(int start) {
        return source.skip(start, Chars.LETTER, start + LONGEST_VALUE);
    }
}
