package dev.llmops.release.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Generates a log as it looks after an outage: calls with and without a release, in two stages and all arms, late and repeated
 * feedback, entries that a log shipper delivered twice, torn lines, unknown fields, and call ids in formats other than ours.
 */
final class MessyLog {

    static final Instant NOW = Instant.parse("2026-01-05T12:00:00Z");

    private static final String[] ARMS = {"baseline", "baseline", "candidate", "control", "holdback"};
    private static final String[] STATUSES = {
        "success", "success", "success", "error", "timeout", "cancelled", "rejected"
    };
    private static final String[] ERRORS = {"overloaded", "invalid_request", "content_filter"};
    private static final String[] TYPES = {"pii_leak", "secret_leak", "ungrounded_answer"};

    private final Random random;
    private final List<String> lines = new ArrayList<>();
    private final List<String> later = new ArrayList<>();

    private MessyLog(long seed) {
        this.random = new Random(seed);
    }

    static List<String> lines(long seed, int calls) {
        MessyLog log = new MessyLog(seed);
        for (int i = 0; i < calls; i++) {
            log.call(i);
        }
        log.lines.addAll(log.later);
        return log.lines;
    }

    private void call(int number) {
        String id = number % 11 == 0 ? "call-" + number : new UUID(0x019b76daL << 32, number).toString();
        String stage = number % 3 == 0 ? "50%" : "10%";
        add(call(id, number, stage, random.nextInt(30) == 0 ? null : ARMS[random.nextInt(ARMS.length)], null));
        if (number % 5 == 0) {
            add(call("shadow-" + id, number, stage, "shadow", id));
        }
        for (int said = random.nextInt(4); said > 0; said--) {
            event(id);
        }
        if (random.nextInt(20) == 0) {
            lines.add(List.of(
                            "",
                            "   ",
                            "torn {",
                            "[1,2]",
                            "12",
                            "{\"schema\":\"llmops.call/1\",\"time",
                            "{\"a\":{",
                            "\"x\"")
                    .get(random.nextInt(8)));
        }
    }

    private void add(String line) {
        lines.add(line);
        if (random.nextInt(15) == 0) {
            lines.add(line);
        }
        if (random.nextInt(40) == 0) {
            lines.add("  " + line + " \t");
            lines.add(line + " and more");
        }
    }

    private String at() {
        long millis = NOW.toEpochMilli() - random.nextInt(7_200_000);
        String text = Instant.ofEpochMilli(millis).toString();
        return random.nextInt(9) == 0 ? text.replace("Z", "+00:00") : text;
    }

    private String call(String id, int number, String stage, String arm, String pair) {
        StringBuilder line =
                new StringBuilder("{\"schema\":\"llmops.call/1\",\"timestamp\":\"" + at() + "\",\"call_id\":\"" + id
                        + "\",\"conversation_id\":\"c" + number / 3 + "\",\"user_id\":\"ü" + number / 4 + "\"");
        if (random.nextBoolean()) {
            line.append(",\"feature\":\"f\\u00e9ature-" + random.nextInt(6)
                    + "\",\"new_field\":{\"total\":7,\"list\":[1,{\"kind\":2}]}");
        }
        line.append(",\"operation\":\"" + (random.nextInt(5) == 0 ? "embeddings" : "chat") + "\",\"streaming\":"
                + random.nextBoolean());
        line.append(",\"status\":\"" + STATUSES[random.nextInt(STATUSES.length)] + "\"");
        if (random.nextInt(3) == 0) {
            line.append(",\"error\":{\"kind\":\"" + ERRORS[random.nextInt(3)] + "\",\"type\":\"x\"}");
        }
        line.append(",\"tokens_in\":" + random.nextInt(4_000) + ",\"tokens_out\":" + random.nextInt(900));
        line.append(",\"tokens\":{\"origin\":\"reported\",\"cached_input\":" + random.nextInt(300) + "}");
        line.append(",\"latency_ms\":{\"total\":" + random.nextInt(5_000) + "." + random.nextInt(1_000));
        line.append(random.nextInt(6) == 0 ? "}" : ",\"first_token\":" + random.nextDouble() * 4_000 + "}");
        if (random.nextInt(8) > 0) {
            line.append(",\"cost\":{\"amount\":"
                    + (random.nextBoolean() ? "\"0.0" + random.nextInt(90_000) + "\"" : "1.25E-3"));
            line.append(",\"currency\":\"USD\"}");
        }
        if (random.nextInt(25) == 0) {
            line.append(
                    ",\"risk\":[{\"type\":\"" + TYPES[random.nextInt(3)] + "\"},{\"type\":\"pii_leak\",\"at\":[]}]");
        }
        line.append(",\"refusal\":" + (random.nextInt(12) == 0) + ",\"cache_hit\":" + (random.nextInt(20) == 0));
        line.append(",\"input\":\"\\\"quoted\\\" {not: json}\",\"sample_rate\":1.0,\"none\":null");
        if (arm != null) {
            line.append(",\"attributes\":{\"release.change\":\"" + (number % 17 == 0 ? "r2" : "r1")
                    + "\",\"release.stage\":\"" + stage + "\",\"release.arm\":\"" + arm + "\"");
            line.append(
                    number % 7 == 0
                            ? ""
                            : ",\"release.unit\":\"" + String.format("%016x", number / 3 * 0x9E3779B97F4A7C15L) + "\"");
            line.append(random.nextInt(20) == 0 ? ",\"release.fallback\":true" : "");
            line.append(pair == null ? "}" : ",\"release.pair\":\"" + pair + "\"}");
        }
        return line.append('}').toString();
    }

    private void event(String id) {
        String head =
                "\",\"timestamp\":\"" + at() + "\",\"call_id\":\"" + (random.nextInt(30) == 0 ? "unknown" : id) + "\"";
        String line =
                switch (random.nextInt(5)) {
                    case 0 ->
                        "{\"schema\":\"llmops.feedback/1" + head + ",\"verdict\":\""
                                + (random.nextBoolean() ? "up" : "down") + "\"}";
                    case 1 -> "{\"schema\":\"llmops.refusal/1" + head + "}";
                    case 2 ->
                        "{\"schema\":\"llmops.risk/1" + head + ",\"risk\":[{\"type\":\"" + TYPES[random.nextInt(3)]
                                + "\"}]}";
                    case 3 -> "{\"schema\":\"llmops.drift/1" + head + "}";
                    default ->
                        "{\"schema\":\"llmops.evaluation/1" + head + ",\"evaluation\":\"answer_quality\",\"score\":"
                                + random.nextInt(10) / 10.0 + ",\"evaluator\":\"judge@" + random.nextInt(2) + "\"}";
                };
        (random.nextBoolean() ? later : lines).add(line);
    }
}
