package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.Source;

/** Passwords in the commands and statements of databases whose place alone gives them away. */
final class DatabaseCommands {

    private final Source source;
    private final Commands commands;
    private final Expected expected;
    private final CommandArguments arguments;

    DatabaseCommands(Source source, Commands commands, Expected expected, CommandArguments arguments) {
        this.source = source;
        this.commands = commands;
        this.expected = expected;
        this.arguments = arguments;
    }

    /** Of {@code redis-cli AUTH …} and {@code AUTH bob …}. */
    void ofRedis(int start, int end) {
        boolean begins = start == 0 || source.peek(start - 1) == '\n' || source.startsWith("redis-cli", start - 10);
        int first = begins && source.is(start, Chars.UPPER) ? arguments.next(end) : -1;
        int second = first < 0 ? -1 : arguments.next(arguments.endOf(first));
        if (first > 0 && commands.isSecret(first, arguments.endOf(first))) {
            expected.said(SecretNames.PASSWORD, second > 0 ? second : first);
        }
    }

    /** Of {@code PRAGMA key = '…'} and {@code PRAGMA rekey('…')}. */
    void ofPragma(int end) {
        int name = source.skip(end + 1, Chars.NAME, end + 32);
        int at = source.skip(name, Chars.SPACE, name + 2);
        boolean key = source.startsWithIgnoreCase("key", name - 3);
        if (key && (source.peek(at) == '=' || source.peek(at) == '(')) {
            int value = source.skip(at + 1, Chars.SPACE, at + 3);
            arguments.expectAt(SecretValueRules.isQuote(source.peek(value)) ? value : -1);
        }
    }

    /** Of {@code sp_addlogin 'bob', '…'}. */
    void ofProcedure(int end, int number) {
        int at = Calls.argument(source, end, number);
        arguments.expectAt(at > 0 && SecretValueRules.isQuote(source.peek(at)) ? at : -1);
    }

    /** Of {@code bob/…@db} and {@code userid=bob/…}. */
    void ofOracle(String command, int end) {
        boolean old = command.length() == 3;
        int at = arguments.next(end);
        for (int i = 0; at > 0 && i < 6; i++) {
            int start = SecretValueRules.isQuote(source.peek(at)) ? at + 1 : at;
            start = source.startsWithIgnoreCase("userid=", start) ? start + 7 : start;
            int slash = source.skip(start, Chars.IDENTIFIER, start + 64);
            if (slash > start && source.peek(slash) == '/') {
                int last = slash + 1;
                while (last < source.length
                        && last < slash + 64
                        && source.at(last) != '@'
                        && !CommandArguments.ends(source.raw(last))) {
                    last++;
                }
                if (commands.isSecret(slash + 1, last) && (!old || isExport(end, slash, last))) {
                    expected.argument(slash + 1, last);
                }
                return;
            }
            at = arguments.next(arguments.endOf(at));
        }
    }

    /** Returns true for {@code exp bob/…@db}, {@code imp bob/… file=x} and a line of such a command alone: their names are words too. */
    private boolean isExport(int commandEnd, int slash, int end) {
        int parameter = source.skip(end, Chars.SPACE, end + 2);
        int mark = source.skip(parameter, Chars.LETTER, parameter + 24);
        if (source.peek(end) == '@' || (mark > parameter && source.peek(mark) == '=')) {
            return true;
        }
        int start = commandEnd - 3;
        boolean line = start == 0 || source.peek(start - 1) == '\n' || "$#>".indexOf(source.peek(start - 2)) >= 0;
        boolean last = end == source.length || source.peek(end) == '\n';
        boolean user = source.is(slash - 3, Chars.IDENTIFIER);
        return line && last && user && source.skip(slash + 1, Chars.IDENTIFIER, end) == end;
    }
}
