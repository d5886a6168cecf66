package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.secret.SecretValueRules.Binding;
import dev.llmops.redaction.internal.text.CharSet;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.EarlierLabels;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.WordSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Secrets in the options of commands: {@code curl -u name:password}, {@code sshpass -p value}, {@code --db-password value}. */
public final class Commands {

    private static final List<Option> OPTIONS = List.of(
            Option.pair("curl", "-u", "-U", "--user", "--proxy-user"),
            Option.pair("http https xh", "-a", "--auth"),
            Option.attached("mysql mysqldump mysqladmin mysqlimport mariadb mariadb-dump 7z 7za rar unrar", "-p"),
            Option.value("sshpass login mongo mongosh mongodump mongorestore cqlsh twine rabbitmqadmin", "-p"),
            Option.value("smbmap rdesktop xfreerdp psexec evil-winrm crackmapexec netexec ncftpput ncftpget", "-p"),
            Option.value("useradd usermod", "-p"),
            Option.value("redis-cli", "-a", "--pass"),
            Option.value("unzip zip sqlcmd bcp mosquitto_pub mosquitto_sub ipmitool", "-P"),
            Option.value("ssh-keygen", "-N", "-P"),
            Option.value("secret secretsmanager", "--value", "--secret-string"),
            Option.value("plink pscp putty", "-pw"),
            Option.value("openssl", "-k", "-K", "-passin", "-passout", "-pass", "-password"),
            Option.value("ldapsearch ldapadd ldapmodify ldappasswd ldapwhoami", "-w"),
            Option.value("snmpget snmpset snmpwalk snmpbulkwalk snmpbulkget snmpgetnext snmptrap", "-A", "-X", "-c"),
            Option.joined("lftp", ',', "-u", "--user"),
            Option.joined("smbclient rpcclient winexe rpc", '%', "-U", "--user"));

    /** By each command, a bit for each of its options. */
    private static final Map<String, Long> COMMANDS = bitsOfCommands();

    /** First letters of the options of one letter. */
    private static final CharSet INITIALS = CharSet.of("uUpPawkKAXcN");

    private static final int LONGEST_COMMAND = 16;
    private static final int SHORT = 2;
    private static final int GAP = 5;
    private static final int LONGEST_NAME = 256;
    private static final int SHORTEST_PASSWORD = 3;
    /** Words that manuals and sentences have in the place of a password. */
    private static final WordSet STAND_INS = WordSet.of(
            "password passwd pass pwd token secret test flag option and the for with argument parameter",
            "instead switch can may will should means takes public private community",
            "directive setting always before cannot without because through values allows requires prompts prompt specifies login plain");

    private final ScanState scan;
    private final Source source;
    private final Assignments assignments;
    private long line;
    /** End of the text that was read for commands: what was read for one option is not read for the next. */
    private int readUntil;
    /** Number of matches that were stepped over. */
    private int passed;

    public Commands(ScanState scan, Assignments assignments) {
        this.scan = scan;
        this.source = scan.source;
        this.assignments = assignments;
    }

    private static Map<String, Long> bitsOfCommands() {
        Map<String, Long> bits = new HashMap<>();
        for (int i = 0; i < OPTIONS.size(); i++) {
            for (String command : OPTIONS.get(i).commands.split(" ", -1)) {
                bits.merge(command, 1L << i, (a, b) -> a | b);
            }
        }
        return Map.copyOf(bits);
    }

    /** Reports the secret of the option that the dash opens; returns its end, or -1. */
    public int find(int dash) {
        char initial = source.peek(dash + 1);
        boolean named = initial == '-';
        boolean option = named || INITIALS.has(initial) || Chars.is(initial, Chars.LOWER);
        if (initial == 0 || !option || source.peek(dash - 1) == '-' || source.gluedBefore(dash)) {
            return -1;
        }
        int found = named || INITIALS.has(initial) ? ofCommand(dash) : -1;
        if (found > 0) {
            return found;
        }
        return named ? named(dash + 2) : source.is(dash - 1, Chars.SPACE) ? named(dash + 1) : -1;
    }

    /** The commands in the line up to the dash, which goes on behind a backslash and over matches. */
    private long commandsBefore(int dash) {
        while (readUntil < dash) {
            if (passed < scan.found.size() && scan.found.start(passed) <= readUntil) {
                readUntil = Math.max(readUntil, scan.found.end(passed++));
                continue;
            }
            char c = source.raw(readUntil);
            if (Chars.is(c, Chars.WORD)) {
                int end = scan.source.skip(readUntil, Chars.WORD, dash);
                boolean word = source.peek(end) != ':' && !isGlued(readUntil);
                if (word && end - readUntil <= LONGEST_COMMAND && end < dash) {
                    line |= COMMANDS.getOrDefault(source.folded(readUntil, end), 0L);
                }
                readUntil = end;
            } else {
                line = c == '\n' && "\\\r".indexOf(source.peek(readUntil - 1)) < 0 ? 0 : line;
                readUntil++;
            }
        }
        return line;
    }

    private boolean isGlued(int start) {
        return source.gluedBefore(start) || source.peek(start - 1) == '.';
    }

    private int ofCommand(int dash) {
        if (!source.is(dash - 1, Chars.SPACE) && !SecretValueRules.isQuote(source.peek(dash - 1))) {
            return -1;
        }
        long commands = commandsBefore(dash);
        if (commands == 0) {
            return -1;
        }
        for (long rest = commands; rest != 0; rest &= rest - 1) {
            int found = ofOption(OPTIONS.get(Long.numberOfTrailingZeros(rest)), dash);
            if (found > 0) {
                return found;
            }
        }
        return -1;
    }

    private int ofOption(Option option, int dash) {
        for (String name : option.names) {
            int end = dash + name.length();
            boolean whole = name.length() == SHORT || !source.is(end, Chars.NAME);
            if (whole && source.startsWith(name, dash)) {
                int value = behindOption(end);
                return switch (option.form) {
                    case PAIR -> pair(value);
                    case JOINED -> joined(value, option.separator);
                    case VALUE -> single(source.startsWith("pass:", value) ? value + 5 : value);
                    case ATTACHED -> value == end ? single(value) : -1;
                };
            }
        }
        return -1;
    }

    /** Returns the start of an option's value: behind an equals sign or spaces, or the next element of a list of texts. */
    private int behindOption(int end) {
        char next = source.peek(end);
        int listed = SecretValueRules.isQuote(next) && source.peek(end + 1) == ','
                ? source.skip(end + 2, Chars.SPACE, end + GAP)
                : -1;
        return listed > 0 && source.peek(listed) == next
                ? listed
                : next == '=' ? end + 1 : source.skip(end, Chars.SPACE, end + GAP);
    }

    /** Reports the password behind a name and the separator. */
    private int joined(int from, char separator) {
        char quote = SecretValueRules.isQuote(source.peek(from)) ? source.at(from) : 0;
        int at = quote == 0 ? from : from + 1;
        int end = SecretValueRules.end(source, at, quote);
        while (at < end && source.at(at) != separator) {
            at++;
        }
        return at < end && isSecret(at + 1, end) ? scan.report(PiiTypes.SECRET_ASSIGNMENT, at + 1, end) : -1;
    }

    private int single(int from) {
        char quote = SecretValueRules.isQuote(source.peek(from)) ? source.at(from) : 0;
        int start = quote == 0 ? from : from + 1;
        if (source.peek(start) == '-' || EarlierLabels.isAt(source, start)) {
            return -1;
        }
        int end = SecretValueRules.end(source, start, quote);
        return isSecret(start, end) && !isNumber(start, end) ? scan.report(PiiTypes.SECRET_ASSIGNMENT, start, end) : -1;
    }

    /** Returns true for a port, or two of them. */
    private boolean isNumber(int start, int end) {
        return end - start < 6 && source.skip(start, Chars.DIGIT, end) == end;
    }

    /** Reports a name and password, together or each by itself in quotes. The name may be a key, and the password empty. */
    private int pair(int from) {
        char quote = SecretValueRules.isQuote(source.peek(from)) ? source.at(from) : 0;
        int start = quote == 0 ? from : from + 1;
        int nameEnd = start;
        while (nameEnd < source.length
                && nameEnd < start + LONGEST_NAME
                && source.at(nameEnd) != ':'
                && !SecretValueRules.isEnd(source.raw(nameEnd), quote)) {
            nameEnd++;
        }
        boolean apart = quote != 0 && source.peek(nameEnd) == quote;
        int colon = apart ? nameEnd + 1 : nameEnd;
        if (source.peek(colon) != ':' || source.startsWith("//", colon + 1) || EarlierLabels.isAt(source, start)) {
            return -1;
        }
        char inner = quote == 0 || apart ? source.peek(colon + 1) : 0;
        boolean quoted = SecretValueRules.isQuote(inner);
        int password = quoted ? colon + 2 : colon + 1;
        int end = SecretValueRules.end(source, password, quoted ? inner : apart ? 0 : quote);
        boolean secret = end > password
                ? isSecret(password, end)
                : source.skip(start, Chars.NAME, nameEnd) == nameEnd && isKey(start, nameEnd);
        return secret ? scan.report(PiiTypes.SECRET_ASSIGNMENT, start, end) : -1;
    }

    /** Returns true for the name before an empty password if it is a key, as that of an API may be. */
    private boolean isKey(int start, int end) {
        boolean digit = false;
        for (int i = start; i < end; i++) {
            digit |= source.is(i, Chars.DIGIT);
        }
        return digit && isSecret(start, end);
    }

    /** Returns true unless a variable, a template or a word of manuals stands there. */
    boolean isSecret(int start, int end) {
        boolean variable = source.peek(start) == '$' || SecretValueRules.isPlaceholder(source, start);
        return !variable
                && end - start >= SHORTEST_PASSWORD
                && !STAND_INS.contains(source, start, end)
                && !EarlierLabels.isIn(source, start, end);
    }

    /** Reports the value of an option whose name says that it is secret, behind a space. */
    private int named(int start) {
        int end = scan.runEnd(Chars.NAME, start);
        int value = behindOption(end);
        if (source.startsWith(", ", end)) {
            value = end + 2; // The next of the arguments, as a program prints them.
        }
        boolean apart = source.peek(end) == ' '
                || source.peek(end) == ','
                || (value > end && SecretValueRules.isQuote(source.peek(end)));
        SecretNames name = apart ? SecretNames.of(source, start, end) : SecretNames.NONE;
        if (name == SecretNames.NONE || source.peek(value) == '(') {
            return -1;
        }
        // Behind the name of an option even a word is one, but not in a sentence about it.
        boolean tight = name == SecretNames.PASSWORD
                && source.at(start - 2) == '-'
                && isSecret(value, source.skip(value, Chars.LETTER, value + LONGEST_COMMAND));
        return assignments.value(name, value, tight ? Binding.TIGHT : Binding.LOOSE);
    }

    private enum Form {
        /** A name, a colon and a password. */
        PAIR,
        /** A name, another separator and a password. */
        JOINED,
        /** A password, behind a space or at once. */
        VALUE,
        /** A password at once; behind a space something else stands. */
        ATTACHED
    }

    private record Option(String commands, Form form, char separator, List<String> names) {

        static Option pair(String commands, String... names) {
            return new Option(commands, Form.PAIR, ':', List.of(names));
        }

        static Option value(String commands, String... names) {
            return new Option(commands, Form.VALUE, ' ', List.of(names));
        }

        static Option attached(String commands, String... names) {
            return new Option(commands, Form.ATTACHED, ' ', List.of(names));
        }

        static Option joined(String commands, char separator, String... names) {
            return new Option(commands, Form.JOINED, separator, List.of(names));
        }
    }
}
