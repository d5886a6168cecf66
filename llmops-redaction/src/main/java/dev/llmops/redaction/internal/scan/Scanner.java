package dev.llmops.redaction.internal.scan;

import static dev.llmops.redaction.internal.text.Chars.ALNUM;
import static dev.llmops.redaction.internal.text.Chars.DIGIT;
import static dev.llmops.redaction.internal.text.Chars.HEX;
import static dev.llmops.redaction.internal.text.Chars.TRIGGER;
import static dev.llmops.redaction.internal.text.Chars.UPPER;

import dev.llmops.redaction.internal.national.NationalIds;
import dev.llmops.redaction.internal.personal.Codes;
import dev.llmops.redaction.internal.personal.Emails;
import dev.llmops.redaction.internal.personal.Ibans;
import dev.llmops.redaction.internal.personal.IpAddresses;
import dev.llmops.redaction.internal.personal.MacAddresses;
import dev.llmops.redaction.internal.personal.NumberDetector;
import dev.llmops.redaction.internal.personal.PhoneCheck;
import dev.llmops.redaction.internal.personal.Phones;
import dev.llmops.redaction.internal.personal.SpelledEmails;
import dev.llmops.redaction.internal.personal.Uuids;
import dev.llmops.redaction.internal.secret.Assignments;
import dev.llmops.redaction.internal.secret.Calls;
import dev.llmops.redaction.internal.secret.CommandArguments;
import dev.llmops.redaction.internal.secret.Commands;
import dev.llmops.redaction.internal.secret.CryptoWallets;
import dev.llmops.redaction.internal.secret.EncodedSecrets;
import dev.llmops.redaction.internal.secret.Expected;
import dev.llmops.redaction.internal.secret.Passphrases;
import dev.llmops.redaction.internal.secret.PasswordHashes;
import dev.llmops.redaction.internal.secret.PrivateKeys;
import dev.llmops.redaction.internal.secret.SecretPhrases;
import dev.llmops.redaction.internal.secret.SecretValueRules;
import dev.llmops.redaction.internal.secret.UnprefixedKeys;
import dev.llmops.redaction.internal.secret.UrlCredentials;
import dev.llmops.redaction.internal.secret.VendorKeys;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.MatchSpans;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.WordSet;
import java.time.LocalDate;
import java.util.function.Supplier;

/**
 * A left-to-right pass over one text, which calls the detectors.
 *
 * <p>The loop reads each character's class once and runs through words of letters without further ado. Detectors are
 * called at the start of a word, at a number and at a few punctuation marks, and everything before the index that they
 * return is done with. That, and not a timeout, is what makes the pass linear.
 *
 * <p>See docs/decisions/redaction.md#a-hand-written-scanner-and-no-regular-expressions.
 */
final class Scanner {

    /** Ends the Chinese name of a seed phrase, 助记词. */
    private static final char SEED = '词';

    /** Words that say something about what stands beside them. */
    private static final WordSet KEYWORDS = WordSet.of(
            "at bearer password identified variable seed mnemonic phrase values securestring wifi pass",
            SecretPhrases.VERBS,
            SecretPhrases.PASSWORDS,
            SecretPhrases.SECRETS,
            CommandArguments.COMMANDS,
            SpelledEmails.SIGNS);

    private static final WordSet PASSWORDS = WordSet.of(SecretPhrases.PASSWORDS);
    private static final WordSet SECRETS = WordSet.of(SecretPhrases.SECRETS);
    private static final WordSet COMMANDS = WordSet.of(CommandArguments.COMMANDS);

    private static final EncodedSecrets.Judge DECODED = new DecodedText();

    private final ScanState scan;
    private final Source source;
    private final Phones phones;
    private final NumberDetector numbers;
    private final IpAddresses addresses = new IpAddresses();
    private final VendorKeys keys;
    private final Assignments assignments;
    private final SecretPhrases phrases;
    private final Commands commands;
    private final CommandArguments arguments;
    private final Calls calls;
    private final Expected expected;

    private final NationalIds nationalIds;
    private final Codes codes;
    private final EncodedSecrets.Judge decoded;

    Scanner(Source source, PhoneCheck phoneCheck, Supplier<LocalDate> today) {
        this(source, phoneCheck, today, DECODED);
    }

    Scanner(Source source, PhoneCheck phoneCheck, Supplier<LocalDate> today, EncodedSecrets.Judge decoded) {
        this.source = source;
        this.scan = new ScanState(source);
        this.phones = new Phones(scan, phoneCheck);
        this.nationalIds = new NationalIds(scan);
        this.codes = new Codes(scan);
        this.numbers = new NumberDetector(scan, phones, nationalIds, codes, today);
        this.decoded = decoded;
        this.keys = new VendorKeys(scan);
        this.assignments = new Assignments(scan, keys);
        this.phrases = new SecretPhrases(scan, assignments);
        this.commands = new Commands(scan, assignments);
        this.arguments = new CommandArguments(scan, commands, assignments);
        this.calls = new Calls(scan, assignments);
        this.expected = assignments.expected();
    }

    MatchSpans run() {
        int i = 0;
        int stop = expected.next();
        while (i < source.length) {
            if (i >= stop) {
                i = Math.max(assignments.atExpected(i), i);
                stop = expected.next();
                continue;
            }
            char raw = source.raw(i);
            int bits = Chars.bits(raw);
            if ((bits & ALNUM) != 0) {
                i = word(i, bits);
            } else if ((bits & TRIGGER) != 0) {
                i = punctuation(i, Chars.fold(raw));
            } else if (SecretPhrases.isSign(raw)) {
                int mail = raw < Chars.IDEOGRAPHS ? SpelledEmails.atOtherWord(scan, i) : -1;
                i = mail < 0 ? phrases.afterSign(i) : mail;
            } else if (raw == SEED) {
                i = Math.max(CryptoWallets.afterChineseName(scan, i), i + 1);
            } else {
                i++;
                continue;
            }
            stop = expected.next();
        }
        return scan.found;
    }

    /** Judges a run of ASCII letters and digits; returns the index to go on from. */
    private int word(int start, int firstBits) {
        int any = firstBits;
        int all = firstBits;
        int end = start + 1;
        for (; end < source.length; end++) {
            int bits = source.bits(end);
            if ((bits & ALNUM) == 0) {
                break;
            }
            any |= bits;
            all &= bits;
        }
        boolean hex = (all & HEX) != 0;
        int next = -1;
        if (hex && end - start == 8 && Uuids.is(source, start)) {
            next = start + Uuids.LENGTH;
        } else if (VendorKeys.mayStart(source, start)) {
            next = keys.find(start);
        }
        if (next < 0) {
            next = (any & DIGIT) == 0
                    ? letters(start, end, hex)
                    : (all & DIGIT) != 0 ? digits(start, end) : mixed(start, end, hex);
        }
        if (next < 0 && EncodedSecrets.mayStart(source, start, end)) {
            next = EncodedSecrets.find(scan, start, decoded);
        }
        return next < 0 ? end : next;
    }

    /**
     * Judges a word of letters. Most are none of those that are looked for, and nothing that an identifier begins with: what
     * tells that for nearly all of them stands first, since a branch that goes either way costs more than a read.
     */
    private int letters(int start, int end, boolean hex) {
        scan.wordStart = start;
        scan.wordEnd = end;
        String word = KEYWORDS.find(source, start, end);
        int found = end - start == 1
                ? SpelledEmails.atLetter(scan, start)
                : word.isEmpty() ? -1 : keyword(word, start, end);
        if (found < 0 && hex) {
            found = MacAddresses.find(scan, start, end);
        }
        if (found < 0 && end - start <= 3 && source.is(end + 1, end - start == 3 ? UPPER : DIGIT)) {
            found = beforeGroups(start, end);
        }
        return found < 0 && end - start == 14 ? UnprefixedKeys.terraform(scan, start, end) : found;
    }

    /** Judges what stands beside one of {@link #KEYWORDS}. */
    private int keyword(String word, int start, int end) {
        return switch (word) {
            case "at", "arroba", "arobase", "chez", "chiocciola" -> SpelledEmails.atWord(scan, start, end);
            case "bearer" -> assignments.afterBearer(end);
            case "password" -> {
                arguments.ofPasswordProcedure(start, end);
                yield phrases.afterPassword(start, end);
            }
            case "pass" -> phrases.afterPass(start, end);
            case "wifi" -> {
                arguments.ofNetwork(end);
                yield -1;
            }
            case "identified" -> phrases.afterIdentified(end);
            case "variable" -> {
                assignments.noteVariable(end);
                yield -1;
            }
            case "seed", "mnemonic" -> CryptoWallets.afterName(scan, end);
            case "phrase" -> {
                int found = CryptoWallets.afterPhrase(scan, start, end);
                yield found < 0 && source.startsWithIgnoreCase("pass ", start - 5)
                        ? Passphrases.find(scan, end)
                        : found;
            }
            case "passphrase" -> {
                arguments.expect(word, start, end);
                int found = Passphrases.find(scan, end);
                yield found < 0 ? phrases.afterName(start, end) : found;
            }
            case "values" -> {
                phrases.atValues(start, end);
                yield -1;
            }
            case "securestring" -> {
                calls.expectSecureString(end);
                yield -1;
            }
            default -> otherKeyword(word, start, end);
        };
    }

    private int otherKeyword(String word, int start, int end) {
        char next = source.peek(end);
        if (next == ':' || next == '=') {
            return -1; // The mark is asked itself.
        }
        if (PASSWORDS.contains(source, start, end)) {
            return phrases.afterName(start, end);
        }
        if (SECRETS.contains(source, start, end)) {
            return phrases.afterSecret(start, end);
        }
        if (COMMANDS.contains(source, start, end)) {
            arguments.expect(word, start, end);
            return -1;
        }
        return phrases.afterVerb(start, end);
    }

    /** Judges letters that an identifier in groups may begin with: {@code AB 12 34 56 C}, {@code ABC DEF 12G34 H567I}. */
    private int beforeGroups(int start, int end) {
        return source.peek(end) == ' ' || source.peek(end) == '-' ? nationalIds.find(start) : -1;
    }

    private int digits(int start, int end) {
        int key = UnprefixedKeys.behindNumber(scan, start, end);
        return key < 0 ? numbers.find(start, end) : key;
    }

    private int mixed(int start, int end, boolean hex) {
        if (scan.gluedBefore(start) || source.gluedAfter(end)) {
            return -1;
        }
        int found = Ibans.find(scan, start);
        if (found < 0 && hex && (end - start == 2 || end - start == 4)) {
            found = MacAddresses.find(scan, start, end);
        }
        if (found < 0) {
            found = nationalIds.find(start);
            found = found < 0 ? codes.passport(start, end) : found;
        }
        if (found < 0) {
            found = CryptoWallets.find(scan, start, end);
        }
        if (found < 0 && end - start == 18) {
            found = numbers.findChineseCode(start, end);
        }
        return found < 0 ? UnprefixedKeys.find(scan, start, end, hex) : found;
    }

    private int punctuation(int i, char c) {
        int next =
                switch (c) {
                    case '@' -> at(i);
                    case ':' -> colon(i);
                    case '=' -> assignments.find(i);
                    case '-' -> dash(i);
                    case '~' -> UnprefixedKeys.azure(scan, i);
                    case '>' -> assignments.inElement(i);
                    case '$' -> PasswordHashes.find(scan, i);
                    case '{' -> PasswordHashes.findLdap(scan, i);
                    case '|' -> bar(i);
                    case '(' -> bracket(i);
                    default -> phones.findMarked(i, numbers);
                };
        return next < 0 ? i + 1 : next;
    }

    private int bracket(int i) {
        int next = calls.find(i);
        return next < 0 ? phones.findMarked(i, numbers) : next;
    }

    private int at(int i) {
        int next = Emails.find(scan, i);
        next = next < 0 ? SpelledEmails.atSign(scan, i) : next;
        return next < 0 ? UrlCredentials.findBare(scan, i) : next;
    }

    private int bar(int i) {
        arguments.beforePipe(i);
        return phrases.afterDash(i);
    }

    private int dash(int i) {
        int next = commands.find(i);
        next = next < 0 ? phrases.afterDash(i) : next;
        return next < 0 ? PrivateKeys.find(scan, i) : next;
    }

    private int colon(int i) {
        if (SecretValueRules.isQuote(source.peek(i - 1)) && source.peek(i + 1) != ':') {
            return assignments.find(i); // That of JSON: no address and no scheme ends in a quote.
        }
        int next = UrlCredentials.find(scan, i);
        next = next < 0 ? UrlCredentials.findThin(scan, i) : next;
        if (next < 0) {
            next = addresses.findAtColon(scan, i);
        }
        return next < 0 ? assignments.find(i) : next;
    }
}
