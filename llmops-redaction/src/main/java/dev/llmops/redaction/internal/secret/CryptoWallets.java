package dev.llmops.redaction.internal.secret;

import dev.llmops.redaction.detect.PiiTypes;
import dev.llmops.redaction.internal.text.Adjacent;
import dev.llmops.redaction.internal.text.Chars;
import dev.llmops.redaction.internal.text.ScanState;
import dev.llmops.redaction.internal.text.Source;
import dev.llmops.redaction.internal.text.WordSet;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/** Addresses and private keys of crypto currencies by their checksums, and seed phrases beside their word. */
public final class CryptoWallets {

    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] BECH32_GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final BigInteger RADIX = BigInteger.valueOf(58);
    private static final int ADDRESS_BYTES = 21;
    private static final int WIF = 0x80;
    private static final int SEED_WORDS = 24;
    private static final Adjacent KEY = Adjacent.of(
            "private key|privkey|private_key|privatekey|priv key|secret key|wallet key|私钥|秘密鍵|приватный ключ");

    /** Words before "phrase". */
    private static final List<String> KINDS = List.of("seed ", "recovery ", "backup ", "mnemonic ");

    /** Words of ordinary sentences that stand in no list of seed words. */
    private static final WordSet FILLERS =
            WordSet.of("the and for with your are was has from not but its our their which when were they have");

    private CryptoWallets() {}

    /** Reports the address or key that a word of letters and digits is; returns its end, or -1. */
    public static int find(ScanState scan, int start, int end) {
        Source source = scan.source;
        int length = end - start;
        if (source.startsWith("0x", start) && source.skip(start + 2, Chars.HEX, end) == end) {
            return hexadecimal(scan, start, end);
        }
        boolean candidate = (length >= 26 && length <= 35) || length == 51 || length == 52 || length == 111;
        if (candidate && "13LMDTX5Kxyz2A9".indexOf(source.at(start)) >= 0) {
            int found = base58(scan, start, end);
            if (found > 0) {
                return found;
            }
        }
        return length >= 42 && length <= 62 && isBech32(source, start, end)
                ? scan.report(PiiTypes.CRYPTO_ADDRESS, start, end)
                : -1;
    }

    private static int hexadecimal(ScanState scan, int start, int end) {
        int digits = end - start - 2;
        if (digits == 40) {
            return scan.report(PiiTypes.CRYPTO_ADDRESS, start, end);
        }
        return digits == 64 && KEY.isBefore(scan, start) ? scan.report(PiiTypes.CRYPTO_KEY, start, end) : -1;
    }

    private static int base58(ScanState scan, int start, int end) {
        byte[] bytes = decode(scan.source, start, end);
        if (bytes.length < ADDRESS_BYTES + 4 || !hasChecksum(bytes)) {
            return -1;
        }
        int length = bytes.length - 4;
        boolean key = (bytes[0] & 0xFF) == WIF || length > 60;
        return key || length == ADDRESS_BYTES
                ? scan.report(key ? PiiTypes.CRYPTO_KEY : PiiTypes.CRYPTO_ADDRESS, start, end)
                : -1;
    }

    private static byte[] decode(Source source, int start, int end) {
        BigInteger number = BigInteger.ZERO;
        int zeros = 0;
        for (int i = start; i < end; i++) {
            int digit = BASE58.indexOf(source.at(i));
            if (digit < 0) {
                return new byte[0];
            }
            zeros += number.signum() == 0 && digit == 0 ? 1 : 0;
            number = number.multiply(RADIX).add(BigInteger.valueOf(digit));
        }
        byte[] body = number.toByteArray();
        int sign = body[0] == 0 ? 1 : 0;
        byte[] bytes = new byte[zeros + body.length - sign];
        System.arraycopy(body, sign, bytes, zeros, body.length - sign);
        return bytes;
    }

    private static boolean hasChecksum(byte[] bytes) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] once = sha.digest(Arrays.copyOf(bytes, bytes.length - 4));
            byte[] twice = sha.digest(once);
            return Arrays.equals(twice, 0, 4, bytes, bytes.length - 4, bytes.length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** BIP 173 and 350: the polynomial over the prefix and the data leaves 1 or the constant of Bech32m. */
    private static boolean isBech32(Source source, int start, int end) {
        int one = source.startsWith("bc1", start) || source.startsWith("tb1", start)
                ? start + 2
                : source.startsWith("ltc1", start) ? start + 3 : -1;
        if (one < 0) {
            return false;
        }
        int check = 1;
        for (int i = start; i < one; i++) {
            check = step(check) ^ (source.at(i) >> 5);
        }
        check = step(check);
        for (int i = start; i < one; i++) {
            check = step(check) ^ (source.at(i) & 31);
        }
        for (int i = one + 1; i < end; i++) {
            int value = BECH32.indexOf(source.at(i));
            if (value < 0) {
                return false;
            }
            check = step(check) ^ value;
        }
        return check == 1 || check == 0x2bc830a3;
    }

    private static int step(int check) {
        int top = check >>> 25;
        int next = (check & 0x1ffffff) << 5;
        for (int i = 0; i < 5; i++) {
            next ^= ((top >> i) & 1) == 1 ? BECH32_GENERATOR[i] : 0;
        }
        return next;
    }

    /** Reports 12 to 24 words of a wallet behind the name of a seed phrase that ends there; returns their end, or -1. */
    public static int afterName(ScanState scan, int end) {
        return words(scan, behindLink(scan.source, end));
    }

    /** Reports the words of a wallet behind "phrase", if a word such as "seed" stands before it; returns their end, or -1. */
    public static int afterPhrase(ScanState scan, int start, int end) {
        boolean named = KINDS.stream().anyMatch(kind -> scan.source.startsWithIgnoreCase(kind, start - kind.length()));
        return named ? afterName(scan, end) : -1;
    }

    /** Reports the words behind the Chinese name of a seed phrase; returns their end, or -1. */
    public static int afterChineseName(ScanState scan, int last) {
        boolean named = scan.source.peek(last - 1) == '记' && scan.source.peek(last - 2) == '助';
        return named ? afterName(scan, last + 1) : -1;
    }

    private static int behindLink(Source source, int end) {
        int at = end;
        while (at < end + 6 && " :=\"'\n是".indexOf(source.peek(at)) >= 0 && source.peek(at) != 0) {
            at++;
        }
        return source.startsWith("is ", at) ? source.skip(at + 3, Chars.SPACE, at + 6) : at;
    }

    private static int words(ScanState scan, int from) {
        Source source = scan.source;
        int at = from;
        int end = from;
        int count = 0;
        while (count <= SEED_WORDS) {
            int word = behindNumber(source, at);
            int wordEnd = source.skip(word, Chars.LOWER, word + 10);
            if (wordEnd - word < 3
                    || wordEnd - word > 8
                    || source.gluedAfter(wordEnd)
                    || FILLERS.contains(source, word, wordEnd)) {
                break;
            }
            count++;
            end = wordEnd;
            at = source.skip(source.peek(wordEnd) == ',' ? wordEnd + 1 : wordEnd, Chars.SPACE, wordEnd + 4);
            if (at == wordEnd) {
                break;
            }
        }
        return count >= 12 && count % 3 == 0 && count <= SEED_WORDS ? scan.report(PiiTypes.SEED_PHRASE, from, end) : -1;
    }

    /** Behind the number of a word in a list, {@code 1. abandon}. */
    private static int behindNumber(Source source, int start) {
        int digits = source.skip(start, Chars.DIGIT, start + 3);
        if (digits == start) {
            return start;
        }
        int mark = ".):".indexOf(source.peek(digits)) >= 0 ? digits + 1 : digits;
        return source.skip(mark, Chars.SPACE, mark + 2);
    }
}
