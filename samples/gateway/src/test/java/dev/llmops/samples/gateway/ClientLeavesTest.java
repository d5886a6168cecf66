package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that hangs up stops the work that was done for it. */
class ClientLeavesTest {

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
            try (Socket client = send(gateway, path, script)) {
                if (afterFirstToken) {
                    readUntil(client, "data: ");
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
                RunningGateway outer = RunningGateway.inFrontOf(inner.address())) {
            try (Socket client = send(outer, "/chat", "tokens=1000; ttft_ms=0; gap_ms=20")) {
                readUntil(client, "data: ");
            }
            await().untilAsserted(() -> assertThat(inner.scrape().by("llm_requests_total", "status"))
                    .isEqualTo(Map.of("cancelled", 1.0)));
        }
    }

    private static Socket send(RunningGateway gateway, String path, String script) throws Exception {
        String body = "{\"user_id\":\"u\",\"prompt\":\"p\",\"budget_ms\":60000,\"stream\":true,\"model\":\"m\","
                + "\"messages\":[{\"role\":\"user\",\"content\":\"p\"}]}";
        Socket client =
                new Socket(gateway.address().getHost(), gateway.address().getPort());
        client.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: gateway\r\nx-mock: " + script + "\r\nContent-Length: "
                                + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
        return client;
    }

    private static void readUntil(Socket client, String prefix) throws Exception {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        String line;
        do {
            line = reader.readLine();
        } while (line != null && !line.startsWith(prefix));
        assertThat(line).isNotNull();
    }
}
