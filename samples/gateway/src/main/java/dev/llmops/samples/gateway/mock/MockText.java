package dev.llmops.samples.gateway.mock;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The mock model's language: one token is one word with its leading space, so that tokens can be counted exactly. */
final class MockText implements MockWords {

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
    private final @Nullable String firstWord;
    private boolean begun;

    MockText(long seed) {
        this(seed, null);
    }

    private MockText(long seed, @Nullable String firstWord) {
        random = new SplittableRandom(seed);
        this.firstWord = firstWord;
    }

    /** Returns the text of an answer. */
    static MockText of(MockPlan plan) {
        return new MockText(plan.seed, plan.leaks ? MockDefect.LEAK : null);
    }

    @Override
    public String next(int tokens) {
        StringBuilder text = new StringBuilder(tokens * 7);
        for (int i = 0; i < tokens; i++) {
            if (begun) {
                text.append(' ');
            }
            String word = WORDS[random.nextInt(WORDS.length)];
            text.append(begun || firstWord == null ? word : firstWord);
            begun = true;
        }
        return text.toString();
    }
}
