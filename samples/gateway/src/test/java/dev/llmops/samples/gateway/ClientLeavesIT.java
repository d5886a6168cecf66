package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that hangs up stops the work that was done for it. */
class ClientLeavesIT {

    @ParameterizedTest
    @CsvSource({
        "/chat, 'tokens=1000; ttft_ms=0; gap_ms=20', true",
        "/chat, 'ttft_ms=60000', false",
        "/v1/chat/completions, 'tokens=1000; ttft_ms=0; gap_ms=20', true",
        "/v1/chat/completions, 'ttft_ms=60000', false"
    })
    void a_client_that_hangs_up_is_recorded_as_cancelled(String path, String script, boolean afterFirstToken)
            throws Exception {
        try (RunningGateway gateway = RunningGateway.inFrontOfMock()) {
            try (LeavingClient client = LeavingClient.ask(gateway.address(), path, script)) {
                if (afterFirstToken) {
                    client.readUntil("data: ");
                } else {
                    await().until(() -> gateway.scrape().sum("llm_active_requests") == 1);
                }
            }
            await().untilAsserted(() -> {
                Scrape scrape = gateway.scrape();
                assertThat(scrape.by("llm_requests_total", "status")).isEqualTo(Map.of("cancelled", 1.0));
                assertThat(scrape.sum("llm_active_requests")).isZero();
                assertThat(scrape.sum("gateway_requests_total", "path", path, "status", "499"))
                        .isEqualTo(1);
            });
        }
    }

    @Test
    void hanging_up_reaches_the_provider_behind_the_provider() throws Exception {
        try (RunningGateway inner = RunningGateway.inFrontOfMock();
                ScriptingProxy between = new ScriptingProxy(inner.address());
                RunningGateway outer = RunningGateway.inFrontOf(between.address())) {
            between.script("tokens=1000; ttft_ms=0; gap_ms=20");
            try (LeavingClient client =
                    LeavingClient.ask(outer.address(), "/chat", "tokens=1000; ttft_ms=0; gap_ms=20")) {
                client.readUntil("data: ");
            }
            await().untilAsserted(() -> assertThat(inner.scrape().by("llm_requests_total", "status"))
                    .isEqualTo(Map.of("cancelled", 1.0)));
        }
    }
}
