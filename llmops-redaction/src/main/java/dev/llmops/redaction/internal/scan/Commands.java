package dev.llmops.redaction.internal.scan;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Labels;
import dev.llmops.redaction.internal.text.SecretNames;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Values;
import dev.llmops.redaction.internal.text.Values.Binding;
import java.util.List;

/** Secrets in the options of commands: {@code curl -u name:password}, {@code --db-password value}. */
final class Commands {

    private static final String CURL = "curl";
    private static final List<String> CREDENTIALS = List.of("-u", "-U", "--user", "--proxy-user");
    private static final int SHORT = 2;
    private static final int GAP = 5;
    private static final int LONGEST_NAME = 256;
    private static final int SHORTEST_PASSWORD = 3;

    /** What manuals write in the place of a password. */
    private static final List<String> STAND_INS =
            List.of("password", "passwd", "pass", "pwd", "token", "secret", "test");

    private boolean inCommand;
    /** How far was read for the word that takes credentials: what was read for one option is not read for the next. */
    private int readUntil;
    /** How many findings were stepped over. */
    private int passed;

    /** Reports the secret of the option that the dash opens; answers its end, or -1. */
    int find(Scan scan, int dash) {
        Source source = scan.source;
        char initial = source.peek(dash + 1);
        boolean named = initial == '-';
        if (!(named || initial == 'u' || initial == 'U') || source.peek(dash - 1) == '-' || source.gluedBefore(dash)) {
            return -1;
        }
        int found = credentials(scan, dash);
        return found < 0 && named ? named(scan, dash + 2) : found;
    }

    /** Whether the dash stands in the line of a command, which goes on behind a backslash and whatever was found. */
    private boolean isInCommand(Scan scan, int dash) {
        Source source = scan.source;
        while (readUntil < dash) {
            if (passed < scan.found.size() && scan.found.start(passed) <= readUntil) {
                readUntil = Math.max(readUntil, scan.found.end(passed++));
                continue;
            }
            char c = source.raw(readUntil);
            if (c == '\n') {
                inCommand &= "\\\r".indexOf(source.peek(readUntil - 1)) >= 0;
            } else if (c == 'c' && source.startsWith(CURL, readUntil)) {
                inCommand |= !source.gluedBefore(readUntil) && !source.gluedAfter(readUntil + CURL.length());
            }
            readUntil++;
        }
        return inCommand;
    }

    private int credentials(Scan scan, int dash) {
        Source source = scan.source;
        if (!source.is(dash - 1, Chars.SPACE)) {
            return -1;
        }
        for (String option : CREDENTIALS) {
            int end = dash + option.length();
            boolean whole = option.length() == SHORT || !source.is(end, Chars.NAME);
            if (whole && source.startsWith(option, dash) && isInCommand(scan, dash)) {
                return pair(scan, source.peek(end) == '=' ? end + 1 : source.skip(end, Chars.SPACE, end + GAP));
            }
        }
        return -1;
    }

    /** Reports a name and password, together or each by itself in quotes. The name may be a key, and the password empty. */
    private static int pair(Scan scan, int from) {
        Source source = scan.source;
        char quote = Values.isQuote(source.peek(from)) ? source.at(from) : 0;
        int start = quote == 0 ? from : from + 1;
        int nameEnd = start;
        while (nameEnd < source.length
                && nameEnd < start + LONGEST_NAME
                && source.at(nameEnd) != ':'
                && !Values.isEnd(source.raw(nameEnd), quote)) {
            nameEnd++;
        }
        boolean apart = quote != 0 && source.peek(nameEnd) == quote;
        int colon = apart ? nameEnd + 1 : nameEnd;
        if (source.peek(colon) != ':' || Labels.isAt(source, start)) {
            return -1;
        }
        char inner = quote == 0 || apart ? source.peek(colon + 1) : 0;
        boolean quoted = Values.isQuote(inner);
        int password = quoted ? colon + 2 : colon + 1;
        int end = Values.end(source, password, quoted ? inner : apart ? 0 : quote);
        boolean secret = end > password
                ? isSecret(source, password, end)
                : source.skip(start, Chars.NAME, nameEnd) == nameEnd && isSecret(source, start, nameEnd);
        return secret ? scan.report(PiiTypes.SECRET_ASSIGNMENT, start, end) : -1;
    }

    private static boolean isSecret(Source source, int start, int end) {
        boolean variable = source.peek(start) == '$' || Values.isPlaceholder(source, start);
        return !variable
                && end - start >= SHORTEST_PASSWORD
                && STAND_INS.stream()
                        .noneMatch(word -> word.length() == end - start && source.startsWithIgnoreCase(word, start));
    }

    /** The value of an option whose name says that it is secret, behind a space. */
    private static int named(Scan scan, int start) {
        int end = scan.runEnd(Chars.NAME, start);
        SecretNames name = scan.source.peek(end) == ' ' ? SecretNames.of(scan.source, start, end) : SecretNames.NONE;
        return name == SecretNames.NONE ? -1 : Assignments.value(scan, name, end + 1, Binding.LOOSE);
    }
}
