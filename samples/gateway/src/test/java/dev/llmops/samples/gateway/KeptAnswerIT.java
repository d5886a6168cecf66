package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The part of a long answer that is kept for its record; the client of a stream gets all of it. */
class KeptAnswerIT {

    private static final int KEPT = 1 << 20;
    private static final String PIECE = "x".repeat(1 << 18);

    private static String event(String delta, String finish) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + delta + "\"},\"finish_reason\":" + finish
                + "}]}\n\n";
    }

    @Test
    void what_is_kept_is_cut_and_what_is_relayed_is_not() {
        try (ScriptedProvider provider = new ScriptedProvider();
                RunningGateway gateway = RunningGateway.inFrontOf(provider.address())) {
            provider.answers(
                    200,
                    "text/event-stream",
                    event(PIECE, "null").repeat(5) + event("", "\"stop\"") + "data: [DONE]\n\n");
            JsonNode whole = RunningGateway.json(
                    gateway.post("/chat", "{\"user_id\":\"u\",\"prompt\":\"p\",\"budget_ms\":60000}"));
            assertThat(whole.path("answer").asString()).hasSize(KEPT).endsWith("x… (cut)");
            assertThat(gateway.post(
                                    "/v1/chat/completions",
                                    "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"p\"}]}")
                            .body())
                    .hasSizeGreaterThan(5 * PIECE.length());
        }
    }
}
