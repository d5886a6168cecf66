package dev.llmops.samples.gateway;

import dev.llmops.samples.gateway.mock.MockFault;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that the gateway sends to itself.
 *
 * @param body for {@code POST /chat}
 * @param script for the mock provider
 * @param leavesEarly true if the client disconnects in the middle of the answer
 * @param verdict the feedback of the user, if they give any
 */
record TrafficRequest(
        String body,
        String script,
        boolean leavesEarly,
        @Nullable String verdict) {

    private static final List<String> FEATURES = List.of("support", "search", "summary");
    private static final List<String> PROMPTS = List.of(
            "Where is my order?",
            "Summarise the last incident in three sentences.",
            "Which plan fits a team of twelve?",
            "Explain the error in the attached log.",
            "请把这段话翻译成英文");
    private static final List<String> FAULTS = MockFault.wireNames();

    private static final int USERS = 40;
    private static final int BUDGET_MILLIS = 2_000;
    private static final double LEAVES_EARLY_SHARE = 0.02;
    private static final double LARGER_MODEL_SHARE = 0.3;
    private static final double VERDICT_SHARE = 0.25;
    private static final double UP_SHARE = 0.9;

    static TrafficRequest next(RandomGenerator random, double faultRatio) {
        // A few users ask most of the questions.
        int user = (int) (USERS * Math.pow(random.nextDouble(), 2));
        ObjectNode body = JsonMapper.shared()
                .createObjectNode()
                .put("user_id", "user-" + user)
                .put("prompt", pick(PROMPTS, random))
                .put("budget_ms", BUDGET_MILLIS)
                .put("model", random.nextDouble() < LARGER_MODEL_SHARE ? "gpt-4o" : Gateway.DEFAULT_MODEL)
                .put("feature", pick(FEATURES, random))
                .put("stream", random.nextBoolean());
        String script = String.format(Locale.ROOT, "faithfulness=%.3f", 1 - 0.055 * Math.pow(random.nextDouble(), 3));
        if (random.nextDouble() < faultRatio) {
            script += "; fault=" + pick(FAULTS, random);
        }
        boolean leavesEarly = random.nextDouble() < LEAVES_EARLY_SHARE;
        String verdict = random.nextDouble() < UP_SHARE ? "up" : "down";
        return new TrafficRequest(
                body.toString(), script, leavesEarly, random.nextDouble() < VERDICT_SHARE ? verdict : null);
    }

    private static <T> T pick(List<T> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
