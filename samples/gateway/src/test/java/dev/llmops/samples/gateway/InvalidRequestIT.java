package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is no valid HTTP gets an error like any other, is counted, and disturbs nobody. */
class InvalidRequestIT {

    @ParameterizedTest
    @CsvSource({
        "'POST /chat HTTP/1.1\r\nx-trace-id: \u007f', 400, the request is not valid HTTP — HTTP/1.1 without folded header lines is allowed — correct it",
        "'POST /chat HTTP/1.1\r\nContent-Length: x', 400, the request is not valid HTTP — HTTP/1.1 without folded header lines is allowed — correct it",
        "'POST /chat HTTP/1.1\r\nx-trace-id: LONG', 431, the headers are too long — at most 8192 bytes are allowed — shorten them",
        "'POST /LONG HTTP/1.1', 414, the request line is too long — at most 4096 bytes are allowed — shorten it",
        "nonsense, 400, the request is not valid HTTP — HTTP/1.1 without folded header lines is allowed — correct it",
    })
    void an_invalid_request_is_refused_with_a_reason_and_counted(String head, int status, String reason)
            throws Exception {
        try (RunningGateway gateway = RunningGateway.inFrontOfMock()) {
            String answer = send(gateway.address(), head.replace("LONG", "x".repeat(9_000)));
            assertThat(answer).matches("(?s)HTTP/1\\.[01] " + status + " .*");
            JsonNode body = JsonMapper.shared().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
            assertThat(body.path("error").path("message").asString()).isEqualTo(reason);
            assertThat(body.path("error").path("type").asString()).isEqualTo("invalid_request");
            assertThat(gateway.scrape().by("gateway_requests_total", "status"))
                    .isEqualTo(Map.of(String.valueOf(status), 1.0));
        }
    }

    /** Returns once the gateway has closed the connection. */
    private static String send(URI gateway, String head) throws Exception {
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
            socket.getOutputStream().write((head + "\r\nHost: gateway\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
