package dev.llmops.samples.gateway.mock;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The wishes of a request to the mock provider: the parsed {@code x-mock: key=value; …} header. A part that is null was
 * not asked for, and is drawn from the provider's own distributions.
 */
record MockScript(
        @Nullable Integer tokens,
        @Nullable Integer inputTokens,
        @Nullable Integer cachedTokens,
        @Nullable Integer reasoningTokens,
        @Nullable Integer ttftMillis,
        @Nullable Integer gapMillis,
        @Nullable Integer tokensPerChunk,
        @Nullable Long seed,
        @Nullable Double faithfulness,
        @Nullable MockFault fault,
        @Nullable Integer after) {

    static final int MAX_TOKENS = 1_000_000;
    static final int MAX_MILLIS = 600_000;

    /**
     * Reads the header; null or blank asks for nothing.
     *
     * @throws BadScript naming every key that breaks a rule, with the rule and the value
     */
    static MockScript parse(@Nullable String header) {
        Fields fields = new Fields(header == null ? "" : header);
        MockScript script = new MockScript(
                fields.integer("tokens", 0, MAX_TOKENS),
                fields.integer("input_tokens", 0, MAX_TOKENS),
                fields.integer("cached_tokens", 0, MAX_TOKENS),
                fields.integer("reasoning_tokens", 0, MAX_TOKENS),
                fields.integer("ttft_ms", 0, MAX_MILLIS),
                fields.integer("gap_ms", 0, MAX_MILLIS),
                fields.integer("tokens_per_chunk", 1, MAX_TOKENS),
                fields.read("seed", "a whole number of 64 bits is allowed", Long::valueOf),
                fields.read("faithfulness", "a number from 0 to 1 is allowed", MockScript::ratio),
                fields.read(
                        "fault",
                        "allowed are " + String.join(", ", MockFault.wireNames()),
                        name -> MockFault.ofWireName(name).orElseThrow()),
                fields.integer("after", 0, MAX_TOKENS));
        fields.refuseLeftovers();
        script.crossCheck(fields);
        fields.throwProblems();
        return script;
    }

    private void crossCheck(Fields fields) {
        if (cachedTokens != null && inputTokens != null && cachedTokens > inputTokens) {
            fields.problem("cached_tokens", "at most input_tokens is allowed, of which it is a part", cachedTokens);
        }
        if (reasoningTokens != null && tokens != null && reasoningTokens > tokens) {
            fields.problem("reasoning_tokens", "at most tokens is allowed, of which it is a part", reasoningTokens);
        }
        if (after != null && !fields.hasProblem("fault") && (fault == null || !fault.strikesAtToken())) {
            fields.problem("after", "it needs a fault that strikes at a token", after);
        }
        if (after != null && tokens != null && after > tokens) {
            fields.problem("after", "at most tokens is allowed", after);
        }
    }

    private static Double ratio(String text) {
        double value = Double.parseDouble(text);
        if (!(value >= 0 && value <= 1)) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    /** The header is not a script; the message is meant for the caller. */
    static final class BadScript extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        BadScript(String message) {
            super(message);
        }
    }

    private static final class Fields {
        private final Map<String, String> left = new LinkedHashMap<>();
        private final List<String> known = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        Fields(String header) {
            for (String part : header.split(";", -1)) {
                if (part.isBlank()) {
                    continue;
                }
                int equals = part.indexOf('=');
                if (equals < 0) {
                    problem("part", "key=value is allowed", part.strip());
                    continue;
                }
                String key = part.substring(0, equals).strip();
                String value = part.substring(equals + 1).strip();
                if (left.putIfAbsent(key, value) != null) {
                    problem(key, "each key is allowed once", value);
                }
            }
        }

        @Nullable
        Integer integer(String key, int min, int max) {
            return read(key, "a whole number from " + min + " to " + max + " is allowed", text -> {
                int value = Integer.parseInt(text);
                if (value < min || value > max) {
                    throw new NumberFormatException(text);
                }
                return value;
            });
        }

        <T> @Nullable T read(String key, String rule, Function<String, T> reader) {
            known.add(key);
            String text = left.remove(key);
            if (text == null) {
                return null;
            }
            try {
                return reader.apply(text);
            } catch (RuntimeException e) {
                problem(key, rule, text);
                return null;
            }
        }

        void refuseLeftovers() {
            left.forEach((key, value) -> problem(key, "x-mock has no such key; known are " + known, value));
        }

        boolean hasProblem(String key) {
            return problems.stream().anyMatch(problem -> problem.startsWith(key + " "));
        }

        void problem(String key, String rule, Object value) {
            problems.add(key + " is " + value + " — " + rule);
        }

        void throwProblems() {
            if (!problems.isEmpty()) {
                throw new BadScript("x-mock: " + String.join("; ", problems) + " — correct the header or leave it out");
            }
        }
    }
}
