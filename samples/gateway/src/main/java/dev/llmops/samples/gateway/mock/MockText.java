package dev.llmops.samples.gateway.mock;

import java.util.SplittableRandom;

/** The mock model's language: one token is one word with its leading space, so that tokens can be counted exactly. */
final class MockText {

    private static final String[] WORDS = {
        "the",
        "answer",
        "depends",
        "on",
        "how",
        "long",
        "a",
        "token",
        "takes",
        "to",
        "arrive",
        "when",
        "every",
        "stream",
        "is",
        "measured",
        "once",
        "and",
        "nothing",
        "gets",
        "lost",
        "so",
        "latency",
        "cost",
        "quality",
        "risk",
        "agree",
        "because",
        "one",
        "record",
        "feeds",
        "them",
        "all",
        "even",
        "if",
        "caller",
        "hangs",
        "up",
        "early",
        "or",
        "model",
        "stalls",
        "we",
        "count",
        "it",
        "honestly",
        "in",
        "time",
        "with",
        "care"
    };

    private final SplittableRandom random;
    private boolean begun;

    MockText(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The next tokens of the text. */
    String next(int tokens) {
        StringBuilder text = new StringBuilder(tokens * 7);
        for (int i = 0; i < tokens; i++) {
            if (begun) {
                text.append(' ');
            }
            text.append(WORDS[random.nextInt(WORDS.length)]);
            begun = true;
        }
        return text.toString();
    }
}
