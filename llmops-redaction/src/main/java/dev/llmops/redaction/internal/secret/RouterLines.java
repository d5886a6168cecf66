package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Unescaped;
import java.util.List;

/**
 * Secrets in the lines of routers and switches: {@code snmp-server community … ro}, {@code tacacs-server key …},
 * {@code username bob secret 9 …}.
 */
final class RouterLines {

    /** Words before a value, of which the longer ones stand first. */
    private static final List<String> NAMES = List.of(" password ", " secret ", " key ", " community ");

    private static final List<String> ALGORITHMS =
            List.of("md5 ", "sha ", "sha256 ", "aes 128 ", "aes 256 ", "aes ", "des ");
    private static final int LONGEST_LINE = 120;
    private static final int SHORTEST_CIPHER = 10;

    private final Source source;
    /** End of the line that was read last, which is read once. */
    private int readUntil;

    private final CommandArguments arguments;

    RouterLines(Source source, CommandArguments arguments) {
        this.source = source;
        this.arguments = arguments;
    }

    /** Expects the secret of the line that begins with the word. */
    void expect(String word, int start, int end) {
        if (start < readUntil) {
            return;
        }
        readUntil = end;
        while (readUntil < source.length && readUntil < end + LONGEST_LINE && !isLineEnd(source.raw(readUntil))) {
            readUntil++;
        }
        switch (word) {
            case "snmp" -> ofSnmp(start, end);
            case "tacacs", "radius" -> {
                if (source.startsWith("-server ", end)) {
                    behind(" key ", end + 7);
                }
            }
            case "isakmp" -> {
                if (source.startsWith(" key ", end)) {
                    arguments.expectAt(behindType(end + 5));
                }
            }
            case "neighbor" -> {
                if (source.is(end + 1, Chars.DIGIT)) {
                    behind(" password ", end);
                }
            }
            default -> {
                boolean line = start == 0 || isLineEnd(source.peek(start - 1)) || source.peek(start - 2) == '#';
                if (line && source.peek(end) == ' ') {
                    NAMES.stream().limit(2).forEach(name -> ofUser(name, end));
                }
            }
        }
    }

    /** Expects the value behind the name if the line says how it is written: without that, words stand there as well. */
    private void ofUser(String name, int from) {
        int at = find(name, from);
        if (at > 0 && behindType(at) > at) {
            arguments.expectAt(behindType(at));
        }
    }

    private void ofSnmp(int start, int end) {
        boolean server = source.startsWith("-server ", end);
        int from = server ? end + 7 : end;
        if (server || (source.startsWith("set ", start - 4) && source.startsWith(" community ", end))) {
            behind(" community ", from);
        }
        if (server) {
            ofAlgorithm(" auth ", from);
            ofAlgorithm(" priv ", from);
            if (source.startsWith(" host ", from)) {
                int version = find(" version 2c ", from);
                arguments.expectAt(version > 0 ? version : find(" version 1 ", from));
            }
        }
    }

    private void ofAlgorithm(String name, int from) {
        int at = find(name, from);
        for (String algorithm : ALGORITHMS) {
            if (at > 0 && source.startsWithIgnoreCase(algorithm, at)) {
                arguments.expectAt(at + algorithm.length());
                return;
            }
        }
    }

    private void behind(String name, int from) {
        int at = find(name, from);
        if (at > 0) {
            arguments.expectAt(behindType(at));
        }
    }

    /** Returns the position behind the name in the rest of the line, or -1. */
    private int find(String name, int from) {
        int limit = Math.min(source.length, from + LONGEST_LINE);
        for (int at = from; at < limit && !isLineEnd(source.raw(at)); at++) {
            if (source.raw(at) == ' ' && source.startsWith(name, at)) {
                return at + name.length();
            }
        }
        return -1;
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == Unescaped.BREAK;
    }

    /** Returns the position behind the digit that says how a value is written: as it is, with a cipher, or as a hash. */
    private int behindType(int from) {
        return isType(source, from) ? from + 2 : from;
    }

    /** Reports a ciphered value behind a name that says nothing by itself, {@code key 7 0822455D0A16}; returns its end, or -1. */
    static int afterKey(ScanState scan, int end) {
        Source source = scan.source;
        boolean type = source.peek(end) == ' ' && "67".indexOf(source.peek(end + 1)) >= 0 && isType(source, end + 1);
        int last = type ? source.skip(end + 3, Chars.HEX, end + LONGEST_LINE) : end;
        return last - end - 3 >= SHORTEST_CIPHER && !source.gluedAfter(last)
                ? scan.report(PiiTypes.SECRET_ASSIGNMENT, end + 3, last)
                : -1;
    }

    /** Returns true for the digit that says how a value is written. */
    static boolean isType(Source source, int from) {
        char digit = source.peek(from);
        return digit != 0 && "0456789".indexOf(digit) >= 0 && source.peek(from + 1) == ' ';
    }
}
