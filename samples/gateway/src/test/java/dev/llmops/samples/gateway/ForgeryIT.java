package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a client calls itself, its call is one line of the log, and an honest one. */
class ForgeryIT {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "u\n{\"schema\":\"llmops.call/1\",\"status\":\"success\"}",
                "u\r\nlistening on http://evil",
                "u\u001b[2K\u001b[1A\u0007",
                "u\",\"status\":\"success\",\"x\":\"",
                "u\u2028\u2029\u0085\u202e{}",
            })
    void a_forged_name_is_one_valid_line_with_that_name(String name) throws Exception {
        try (ObservedGateway gateway = new ObservedGateway(new GatewayOptions())) {
            String body = JsonMapper.shared()
                    .createObjectNode()
                    .put("user_id", name)
                    .put("feature", name)
                    .put("prompt", name)
                    .put("budget_ms", 20_000)
                    .toString();
            gateway.http.post("/chat", body, "x-mock", "fault=error_before_first_token");
            gateway.stop();
            assertThat(gateway.lines()).hasSize(2);
            assertThat(gateway.lines().get(0)).startsWith("listening on http://127.0.0.1:");
            assertThat(gateway.lines().get(1)).matches("[ -\\[\\]-~\\\\]*");
            JsonNode call = gateway.log().get(0);
            assertThat(call.path("user_id").asString()).isEqualTo(name);
            assertThat(call.path("feature").asString()).isEqualTo(name);
            assertThat(call.path("status").asString()).isEqualTo("error");
        }
    }

    @Test
    void a_forged_trace_id_is_escaped_in_every_view() throws Exception {
        try (ObservedGateway gateway = new ObservedGateway(new GatewayOptions())) {
            String answer = postWithTraceId(gateway.http.address(), "a[31mb\"},{\"c\t\u202e.");
            String shown = "a[31mb\"},{\"c%09%E2%80%AE.";
            assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("x-trace-id: " + shown);
            gateway.stop();
            assertThat(gateway.log()).hasSize(1);
            assertThat(gateway.log().get(0).path("trace_id").asString()).isEqualTo(shown);
        }
    }

    /** The JDK's client would refuse to send it. */
    private static String postWithTraceId(URI gateway, String traceId) throws Exception {
        String body = "{\"user_id\":\"u1\",\"prompt\":\"hi\",\"budget_ms\":20000}";
        String request =
                "POST /chat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\nx-trace-id: "
                        + traceId + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort());
                InputStream answer = socket.getInputStream()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
