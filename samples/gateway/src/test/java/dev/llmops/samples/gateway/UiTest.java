package dev.llmops.samples.gateway;

import static dev.llmops.samples.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmops.report.LivePage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page at {@code /ui}, by its bytes. */
class UiTest {

    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    private static RunningGateway gateway;
    private static String traceId;

    @BeforeAll
    static void send_a_call() {
        gateway = RunningGateway.inFrontOfMock();
        HttpResponse<String> answer = gateway.chat(
                "tokens=3; input_tokens=100; ttft_ms=20; gap_ms=5",
                "{\"user_id\":\"u1\",\"feature\":\"" + HOSTILE
                        + "\",\"prompt\":\"mail a@b.example\",\"budget_ms\":20000}");
        traceId = json(answer).path("trace_id").asString();
        await().atMost(Duration.ofMinutes(2)).until(() -> page().contains("<td>u1</td>"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String page() {
        return gateway.get("/ui").body();
    }

    @Test
    void nothing_may_be_loaded_from_elsewhere() {
        HttpResponse<String> page = gateway.get("/ui");
        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValue(LivePage.contentSecurityPolicy());
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void the_page_shows_the_money_of_the_ledger() {
        String amount = json(gateway.get("/cost?by=user"))
                .path("rows")
                .get(0)
                .path("amount")
                .asString();
        assertThat(amount).isEqualTo("0.0000168");
        assertThat(page()).contains("<td>u1</td><td class=\"number\">0.00001680 USD</td><td class=\"number\">1</td>");
    }

    @Test
    void the_latest_call_links_to_its_trace() {
        assertThat(page()).contains("<a href=\"ui/traces/" + traceId + "\">");
        assertThat(gateway.get("/ui/traces/" + traceId).body())
                .contains("<h1>Trace " + traceId + "</h1>", "<code>mail [EMAIL]</code>", "../../traces/" + traceId)
                .doesNotContain("a@b.example");
    }

    @Test
    void what_clients_send_is_text_and_nothing_else() {
        assertThat(page() + gateway.get("/ui/traces/" + traceId).body())
                .contains("&lt;img src=x")
                .doesNotContain("<img");
    }

    @Test
    void an_unknown_trace_is_not_found() {
        assertThat(gateway.get("/ui/traces/none").statusCode()).isEqualTo(404);
    }

    @Test
    void the_start_page_links_to_it() {
        assertThat(gateway.get("/").body()).contains("<a href=\"ui\">/ui</a>");
    }

    @Test
    void later_states_come_as_events_until_the_gateway_stops() throws IOException, InterruptedException {
        try (RunningGateway other = RunningGateway.inFrontOfMock();
                BufferedReader events = new BufferedReader(new InputStreamReader(
                        other.client()
                                .send(other.request("/ui/events").build(), BodyHandlers.ofInputStream())
                                .body(),
                        StandardCharsets.UTF_8))) {
            assertThat(events.readLine()).startsWith("data: \"<h1>llmops gateway</h1>");
            long start = System.nanoTime();
            other.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Gateway.GRACE);
        }
    }
}
