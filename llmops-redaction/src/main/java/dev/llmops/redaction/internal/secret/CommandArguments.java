package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.Unescaped;
import dev.llmops.redaction.internal.text.WordSet;
import java.util.List;

/**
 * Passwords that are arguments by their place, {@code htpasswd -b file bob …}, stand behind a slash, {@code sqlplus bob/…@db},
 * or are piped into a command, {@code echo … | sudo -S ls}; and those in statements and lines that name them by a word alone.
 */
public final class CommandArguments {

    /** Commands to look at more closely. */
    public static final String COMMANDS =
            "htpasswd rabbitmqctl net basic sqlplus sqlldr expdp impdp rman sqlcl sudo chpasswd cf gh exp imp xfreerdp wlfreerdp"
                    + " cryptsetup wrangler vercel consul etcdctl netlify npm pnpm git ssm schtasks setuser requirepass masterauth"
                    + " bindpw rootpw olcrootpw authldapbindpassword auth wfreerdp pragma attach addlogin addapprole setapprole addlinkedsrvlogin snmp tacacs radius isakmp"
                    + " neighbor enable username";

    /** Commands that may read a password from a pipe. */
    private static final WordSet READERS = WordSet.of(
            "sudo docker podman chpasswd passwd kinit cryptsetup gpg gpg2 helm oras crane skopeo buildah nerdctl openssl",
            "htpasswd su vault gh npm kubectl az oc cf doctl argocd smbpasswd keepassxc-cli gcloud wrangler vercel aws");

    /** Parts of a command which say that they do. */
    private static final List<String> MARKS =
            List.of(" -S", "stdin", "passphrase-fd", "-file=-", "chpasswd", "kinit", "cryptsetup", "smbpasswd");

    private static final WordSet WRITERS =
            WordSet.of("echo printf print write-output -n -e -ne -en '%s' \"%s\" '%s\\n'");
    /** Subcommands that take a name and its value. */
    private static final List<String> SETTERS = List.of(" kv put ", " put ", " env:set ", " config set ", " config ");

    private static final String[] NONE = {};
    private static final int REACH = 96;
    private static final int LONGEST_LINE = 160;

    private final ScanState scan;
    private final Source source;
    private final Commands commands;
    private final RouterLines routers;
    private final DatabaseCommands databases;
    private final Expected expected;
    /** End of the code for Wi-Fi that was read last. */
    private int networkUntil;

    public CommandArguments(ScanState scan, Commands commands, Assignments assignments) {
        this.scan = scan;
        this.source = scan.source;
        this.commands = commands;
        this.routers = new RouterLines(source, this);
        this.expected = assignments.expected();
        this.databases = new DatabaseCommands(source, commands, expected, this);
    }

    /** Expects the password among the arguments of a command. */
    public void expect(String command, int start, int end) {
        char next = source.peek(end);
        if (next != ' ' && next != '-' && !(command.equals("basic") && next == '.')) {
            return;
        }
        switch (command) {
            case "htpasswd" -> ofHtpasswd(end);
            case "rabbitmqctl" -> {
                boolean sets = source.startsWith(" add_user ", end) || source.startsWith(" change_password ", end);
                argument(sets ? end : -1, 2);
            }
            case "net" -> ofNet(end);
            case "basic" -> {
                int key = source.peek(end) == '.' ? source.skip(end, Chars.NAME, end + REACH) : -1;
                argument(key > 0 && source.startsWith("http-", end - 10) ? key : -1, 1);
            }
            case "passphrase" -> argument(source.startsWith("wpa_", end - 14) ? end : -1, 1);
            case "sudo", "chpasswd" -> inHereString(command, end);
            case "cf" -> argument(source.startsWith(" auth ", end) ? end : -1, 2);
            case "gh" -> {
                if (source.startsWith(" secret set ", end)) {
                    behindOption(end, " -b ", " -b\"", " -b'", " --body ", " --body=");
                    inHereString(command, end);
                }
            }
            case "cryptsetup", "wrangler", "vercel" -> inHereString(command, end);
            case "consul", "etcdctl", "netlify", "npm", "pnpm", "git" -> behindName(end);
            case "ssm" -> {
                if (isInLine("SecureString", end)) {
                    behindOption(end, " --value ", " --value=");
                }
            }
            case "schtasks" -> behindOption(end, " /rp ");
            case "setuser" -> behindOption(end, " >");
            case "requirepass", "masterauth", "bindpw", "rootpw", "olcrootpw", "authldapbindpassword" ->
                argument(end, 0);
            case "auth" -> databases.ofRedis(start, end);
            case "xfreerdp", "wlfreerdp", "wfreerdp" -> behindOption(end, " /p:", " /gp:", " -p:");
            case "pragma" -> databases.ofPragma(end);
            case "attach" -> behindOption(end, " key ", " KEY ");
            case "addlogin", "addapprole", "setapprole" -> databases.ofProcedure(end, 1);
            case "addlinkedsrvlogin" -> databases.ofProcedure(end, 4);
            case "snmp", "tacacs", "radius", "isakmp", "neighbor", "enable", "username" ->
                routers.expect(command, start, end);
            default -> databases.ofOracle(command, end);
        }
    }

    /** Expects the argument of that number behind the position, if there is one. */
    private void argument(int from, int number) {
        int at = from;
        for (int i = 0; at > 0 && i <= number; i++) {
            at = next(at);
            if (i == number && at > 0) {
                expectAt(at);
            }
            at = at < 0 ? at : endOf(at);
        }
    }

    /** Expects the argument that starts there, unless a variable or a word of manuals does. */
    void expectAt(int at) {
        if (at < 0 || at >= source.length) {
            return;
        }
        boolean quoted = SecretValueRules.isQuote(source.peek(at));
        int start = quoted ? at + 1 : at;
        int end = quoted ? endOf(at) - 1 : endOf(at);
        if (commands.isSecret(start, end)) {
            expected.argument(start, end);
        }
    }

    /** Returns the start of the next argument, or -1 at the end of the command. */
    int next(int from) {
        int at = source.skip(from, Chars.SPACE, from + 4);
        boolean line = source.skip(from, Chars.SPACE, at) == at && source.peek(at) != '\n';
        char c = source.peek(at);
        return at == from || !line || c == 0 || c == '|' || c == '>' || c == '&' || c == ';' ? -1 : at;
    }

    int endOf(int start) {
        char quote = source.peek(start);
        int at = start + 1;
        if (SecretValueRules.isQuote(quote)) {
            while (at < source.length && at < start + LONGEST_LINE && source.at(at) != quote) {
                at++;
            }
            return at + 1;
        }
        while (at < source.length && at < start + LONGEST_LINE && !ends(source.raw(at))) {
            at++;
        }
        return at;
    }

    static boolean ends(char raw) {
        return Chars.is(raw, Chars.SPACE)
                || raw == '"'
                || raw == '\''
                || raw == '`'
                || raw == '|'
                || raw == ';'
                || raw >= Chars.IDEOGRAPHS;
    }

    /** Expects the text behind the first of the options in the rest of the command. */
    private void behindOption(int from, String... options) {
        int limit = Math.min(source.length, from + LONGEST_LINE);
        for (int at = from; at < limit; at++) {
            char c = source.raw(at);
            if (c == '\n' || c == ';') {
                return;
            }
            for (String option : c == ' ' ? options : NONE) {
                if (source.startsWith(option, at)) {
                    int end = at + option.length();
                    expectAt(
                            SecretValueRules.isQuote(source.at(end - 1))
                                    ? end - 1
                                    : source.skip(end, Chars.SPACE, end + 2));
                    return;
                }
            }
        }
    }

    /** Of {@code consul kv put app/db/password …} and {@code npm config set //host/:_authToken …}. */
    private void behindName(int end) {
        if (SETTERS.stream().noneMatch(setter -> source.startsWith(setter, end))) {
            return;
        }
        int at = next(end);
        for (int i = 0; at > 0 && i < 5; i++) {
            int last = Math.min(endOf(at), source.length);
            SecretNames name = SecretNames.of(source, at, last);
            at = next(last);
            if (name == SecretNames.PASSWORD || name == SecretNames.SECRET) {
                expectAt(source.peek(at) == '-' ? -1 : at);
                return;
            }
        }
    }

    private boolean isInLine(String word, int from) {
        int limit = Math.min(source.length, from + LONGEST_LINE);
        for (int at = from; at < limit && source.raw(at) != '\n'; at++) {
            if (source.startsWith(word, at)) {
                return true;
            }
        }
        return false;
    }

    /** Expects both passwords of {@code sp_password 'old', 'new'}. */
    public void ofPasswordProcedure(int start, int end) {
        if (source.startsWithIgnoreCase("sp_", start - 3)) {
            databases.ofProcedure(end, 1);
        }
    }

    /** Expects the key of {@code WIFI:T:WPA;S:net;P:…;;}, as codes for cameras hold it. */
    public void ofNetwork(int end) {
        boolean field = source.peek(end) == ':' && end >= networkUntil;
        int limit = field ? Math.min(source.length, end + LONGEST_LINE) : 0;
        char before = 0;
        for (int at = end; at < limit; at++) {
            char c = source.raw(at);
            networkUntil = at;
            if (c == '\n' || (c == ';' && before == ';')) {
                return;
            }
            if (c == 'P' && (before == ':' || before == ';') && source.peek(at + 1) == ':') {
                expectKey(at + 2, limit);
                return;
            }
            before = c;
        }
    }

    private void expectKey(int start, int limit) {
        int end = start;
        while (end < limit && (source.raw(end) != ';' || source.peek(end - 1) == '\\')) {
            end++;
        }
        if (commands.isSecret(start, end)) {
            expected.argument(start, end);
        }
    }

    private void ofHtpasswd(int end) {
        int at = next(end);
        boolean batch = false;
        boolean shown = false;
        while (at > 0 && source.peek(at) == '-') {
            int last = endOf(at);
            for (int i = at + 1; i < last; i++) {
                batch |= source.at(i) == 'b';
                shown |= source.at(i) == 'n';
            }
            at = next(last);
        }
        if (batch && at > 0) {
            argument(at - 1, shown ? 1 : 2);
        }
    }

    /** Of {@code net user bob …} and {@code net use Z: \\host\share …}, with options behind slashes. */
    private void ofNet(int end) {
        boolean use = source.startsWithIgnoreCase(" use ", end);
        if (!use && !source.startsWithIgnoreCase(" user ", end)) {
            return;
        }
        int at = next(end + (use ? 4 : 5));
        int named = 0;
        for (int i = 0; at > 0 && i < 6; i++) {
            int last = endOf(at);
            char c = source.peek(at);
            boolean option = c == '/';
            boolean place = c == '\\' || (use && (source.peek(last - 1) == ':' || c == '*'));
            if (!option && !place && (use || named > 0)) {
                expectAt(source.skip(at, Chars.DIGIT, last) == last ? -1 : at);
                return;
            }
            named += option || place ? 0 : 1;
            at = next(last);
        }
    }

    /** Of {@code sudo -S ls <<< …}. */
    private void inHereString(String command, int end) {
        int limit = Math.min(source.length, end + REACH);
        boolean reads = !command.equals("sudo");
        for (int at = end; at < limit && source.raw(at) != '\n' && source.raw(at) != '|'; at++) {
            reads |= source.startsWith(" -S", at)
                    || source.startsWith("--stdin", at)
                    || source.startsWith("chpasswd", at);
            if (reads && source.startsWith("<<<", at)) {
                int from = source.skip(at + 3, Chars.SPACE, at + 5);
                expectAt(from);
                return;
            }
        }
    }

    /** Reports what is written into a command that reads a password. */
    public void beforePipe(int bar) {
        int reader = source.skip(bar + 1, Chars.SPACE, bar + 3);
        int readerEnd = source.skip(reader, Chars.NAME, reader + 16);
        if (!READERS.contains(source, reader, readerEnd) || !readsSecret(reader)) {
            return;
        }
        int end = bar;
        while (end > 0 && bar - end < 3 && source.is(end - 1, Chars.SPACE)) {
            end--;
        }
        char quote = SecretValueRules.isQuote(source.peek(end - 1)) ? source.at(end - 1) : 0;
        int last = quote == 0 ? end : end - 1;
        int floor = Math.max(scan.found.lastEnd(), last - REACH);
        int start = last;
        while (start > floor
                && (quote == 0 ? !Chars.is(source.at(start - 1), Chars.SPACE) : source.at(start - 1) != quote)) {
            start--;
        }
        if (isWritten(quote == 0 ? start : start - 1) && commands.isSecret(start, last)) {
            scan.report(PiiTypes.SECRET_ASSIGNMENT, start, last);
        }
    }

    private boolean readsSecret(int from) {
        int limit = Math.min(source.length, from + REACH);
        for (int at = from; at < limit && source.raw(at) != '\n' && source.raw(at) != Unescaped.BREAK; at++) {
            char c = source.at(at);
            if (c == ' ' || c == '-' || c == 'p' || c == 'c' || c == 'k' || c == 's') {
                for (String mark : MARKS) {
                    if (source.startsWith(mark, at)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Returns true if nothing but options stands between the command that writes and its text. */
    private boolean isWritten(int start) {
        int end = start;
        for (int words = 0; words < 4; words++) {
            while (end > 0 && start - end < REACH && source.at(end - 1) == ' ') {
                end--;
            }
            int word = end;
            while (word > 0
                    && end - word < 16
                    && !Chars.is(source.at(word - 1), Chars.SPACE)
                    && source.at(word - 1) != '('
                    && source.at(word - 1) != '`') {
                word--;
            }
            if (!WRITERS.contains(source, word, end)) {
                return false;
            }
            if (source.is(word, Chars.LETTER)) {
                return true;
            }
            end = word;
        }
        return false;
    }
}
