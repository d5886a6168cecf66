package dev.llmops.samples.gateway.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Samples of a format with some pieces replaced, lost, repeated or damaged: what an attacker, or an accident, may send. */
final class HostileBytes {

    private static final int MAX_BYTES = 1 << 20;
    private static final Pattern PIECE = Pattern.compile("[A-Za-z_]+|[0-9][0-9.]*%?|[\"'{}\\[\\]:,;=\\n-]");
    private static final List<String> BOMBS = List.of(
            "1e999999999",
            "-1e-999999999",
            "1e999999999%",
            "9".repeat(5_000),
            "[".repeat(20_000),
            "{\"a\":".repeat(5_000),
            "\n" + "- ".repeat(3_000),
            "x".repeat(100_000),
            "&a [&b [*a, *b], *a, *b]",
            "&a {b: &b {c: *a}}",
            "\u0000",
            "\u00ff\u00fe",
            "\\ud800",
            "null",
            "-1",
            "9223372036854775808",
            "NaN",
            "Infinity",
            "true",
            "[]",
            "{}",
            "\"",
            "\n",
            "\r",
            "");

    private final List<byte[]> samples;
    private final Random random;

    HostileBytes(List<byte[]> samples, long seed) {
        this.samples = samples;
        this.random = new Random(seed);
    }

    byte[] next() {
        byte[] bytes = sample();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            byte[] changed = changed(bytes);
            bytes = changed.length > MAX_BYTES ? Arrays.copyOf(changed, MAX_BYTES) : changed;
        }
        return bytes;
    }

    private byte[] sample() {
        return samples.get(random.nextInt(samples.size()));
    }

    private byte[] changed(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = from + random.nextInt(Math.min(64, bytes.length - from) + 1);
        return switch (random.nextInt(9)) {
            case 0 -> Arrays.copyOf(bytes, from);
            case 1 -> joined(bytes, from, to, new byte[0]);
            case 2 -> joined(bytes, from, from, repeated(Arrays.copyOfRange(bytes, from, to)));
            case 3 -> joined(bytes, from, to, noise());
            case 4 -> joined(bytes, from, bytes.length, rest(sample()));
            default -> bombed(bytes);
        };
    }

    private byte[] repeated(byte[] piece) {
        int times = 1 << random.nextInt(13);
        return piece.length == 0
                ? piece
                : new String(piece, StandardCharsets.ISO_8859_1).repeat(times).getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(8)];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] rest(byte[] other) {
        return Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length);
    }

    /** Latin-1 keeps each byte as it is. */
    private byte[] bombed(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<MatchResult> pieces = PIECE.matcher(text).results().limit(10_000).toList();
        if (pieces.isEmpty()) {
            return noise();
        }
        MatchResult piece = pieces.get(random.nextInt(pieces.size()));
        byte[] bomb = BOMBS.get(random.nextInt(BOMBS.size())).getBytes(StandardCharsets.ISO_8859_1);
        return joined(bytes, piece.start(), piece.end(), bomb);
    }

    private static byte[] joined(byte[] bytes, int from, int to, byte[] between) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(bytes.length + between.length);
        joined.write(bytes, 0, from);
        joined.writeBytes(between);
        joined.write(bytes, to, bytes.length - to);
        return joined.toByteArray();
    }
}
