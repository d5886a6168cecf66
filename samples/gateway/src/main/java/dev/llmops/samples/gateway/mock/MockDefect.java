package dev.llmops.samples.gateway.mock;

import dev.llmops.core.version.VersionBaggage;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The defects of a version that the mock provider plays, so that a release has something to find. A call whose prompt
 * version ends with a defect's name, such as {@code support-v13-bad-slow}, is answered with it.
 */
enum MockDefect {
    NONE,
    /** The first token takes two and a half times as long. */
    BAD_SLOW,
    /** Answers are four times as long. */
    DEAR,
    /** Four of ten answers are unfaithful. */
    WORSE,
    /** A tenth of the answers holds a person's data and a key. */
    LEAKY;

    /** The leaked text; one token of the mock model. */
    static final String LEAK = "jane.roe@example.com,sk-proj-Zk3vQ9xT1mB7nR5wY2uE8pL4";

    private static final double SLOWNESS = 2.5;
    private static final int LENGTH = 4;
    private static final double UNFAITHFUL_SHARE = .4;
    private static final double UNFAITHFUL_SCORE = .2;
    private static final double LEAKING_SHARE = .1;

    /** Reads the version in a request's {@code baggage}. */
    static MockDefect ofBaggage(@Nullable String baggage) {
        String prompt = VersionBaggage.decode(baggage).part("prompt").orElse("");
        return Arrays.stream(values())
                .filter(defect -> defect != NONE && prompt.endsWith(defect.suffix()))
                .findFirst()
                .orElse(NONE);
    }

    private String suffix() {
        return "-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    double ttftMillis(double drawn) {
        return this == BAD_SLOW ? drawn * SLOWNESS : drawn;
    }

    int tokens(int drawn) {
        return this == DEAR ? drawn * LENGTH : drawn;
    }

    @Nullable
    Double faithfulness(@Nullable Double scripted, RandomGenerator random) {
        boolean isUnfaithful = this == WORSE && scripted != null && random.nextDouble() < UNFAITHFUL_SHARE;
        return isUnfaithful ? (Double) UNFAITHFUL_SCORE : scripted;
    }

    boolean leaks(RandomGenerator random) {
        return this == LEAKY && random.nextDouble() < LEAKING_SHARE;
    }
}
