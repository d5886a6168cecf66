package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Without credentials the gateway serves its own machine, and no web page that is open on it. */
class LocalAccessIT {

    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String BODY = "Content-Length: 2\r\n\r\n{}";

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.inFrontOfMock();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** Sends a request on a connection of its own and returns the status line. */
    private static String status(String request) throws IOException {
        URI address = gateway.address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.setSoTimeout(20_000);
            byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 000".length());
            return new String(start, StandardCharsets.ISO_8859_1).replaceFirst("HTTP/1.. ", "");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1"})
    void other_machines_are_not_served_without_credentials(String host) {
        GatewayOptions options = new GatewayOptions();
        options.host = host;
        assertThat(options.problems(Map.of()))
                .containsExactly("--host is " + host + " without credentials — addresses of this machine are allowed —"
                        + " pass --credentials FILE, or --insecure to let everyone in");
        options.insecure = true;
        assertThat(options.problems(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:1, 200",
        "127.0.0.1, 200",
        "[::1]:80, 200",
        "evil.example, 403",
        "localhost.evil.example, 403"
    })
    void the_host_is_a_name_of_this_machine(String host, String status) throws IOException {
        assertThat(status("GET /health HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:5, 400", "http://evil.example, 403", "null, 403"})
    void a_page_of_another_site_does_nothing(String origin, String status) throws IOException {
        assertThat(status("POST /chat HTTP/1.1\r\nHost: localhost:5\r\nOrigin: " + origin + "\r\n" + JSON + BODY))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "Content-Type: application/json; charset=utf-8, 400",
        "Content-Type: text/plain, 415",
        "Content-Type: application/x-www-form-urlencoded, 415",
        "Accept: */*, 415"
    })
    void what_a_form_can_send_is_refused(String header, String status) throws IOException {
        assertThat(status("POST /chat HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n" + BODY))
                .isEqualTo(status);
    }
}
