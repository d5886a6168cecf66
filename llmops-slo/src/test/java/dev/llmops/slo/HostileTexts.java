package dev.llmops.slo;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Texts of a format in which some pieces are replaced by what an attacker, or an accident, may put there. */
final class HostileTexts {

    private static final Pattern PIECE = Pattern.compile("[A-Za-z_]+|[0-9][0-9.]*%?|[\"'{}\\[\\]:,\\n-]");

    private static final List<String> BOMBS = List.of(
            "1e999999999",
            "-1e-999999999",
            "1e999999999%",
            "9".repeat(5_000),
            "[".repeat(20_000),
            "{\"a\":".repeat(5_000),
            "\n" + "- ".repeat(3_000),
            "x".repeat(100_000),
            "\u0000",
            "\uD800",
            "&a [*a, *a]",
            "null",
            "-1",
            "NaN",
            "Infinity",
            "[]",
            "{}",
            "\"",
            "\n",
            "");

    private HostileTexts() {}

    static Arbitrary<String> like(String... samples) {
        return Arbitraries.randomValue(random -> hostile(samples[random.nextInt(samples.length)], random));
    }

    private static String hostile(String sample, Random random) {
        List<MatchResult> pieces = PIECE.matcher(sample).results().toList();
        StringBuilder text = new StringBuilder(sample);
        int replaced = pieces.size();
        for (int count = 1 + random.nextInt(2); count > 0 && replaced > 0; count--) {
            // From the end on, so that the places of the earlier pieces still hold.
            replaced = random.nextInt(replaced);
            MatchResult piece = pieces.get(replaced);
            text.replace(piece.start(), piece.end(), BOMBS.get(random.nextInt(BOMBS.size())));
        }
        return text.toString();
    }
}
