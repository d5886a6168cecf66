package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bytes that are not quite HTTP, or stop in the middle of it. */
class HttpShapesIT {

    private static final String GET = "GET /health HTTP/1.1\r\nHost: localhost\r\n";
    private static final String POST =
            "POST /feedback HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n";
    private static final String LAST = "Connection: close\r\n\r\n";
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final String SETTINGS = "\0\0\0\4\0\0\0\0\0";
    // Of a request that is not known, which is told with 404.
    private static final String BODY = "{\n \"request_id\":\"x\",\n\t\"verdict\":\"up\"}";

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = RunningGateway.inFrontOfMock();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Socket open() throws IOException {
        Socket socket =
                new Socket(gateway.address().getHost(), gateway.address().getPort());
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Sends a request in pieces, and returns all that comes back until the gateway closes the connection. */
    private static String answer(String... pieces) throws IOException {
        try (Socket socket = open()) {
            for (String piece : pieces) {
                send(socket, piece);
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health HTTP/1.1\r\nHost: localhost\r\nX-A: 1\r\n 2\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nX-A: 1\r\n\t2\r\n\r\n",
                "GET /health HTTP/1.1\r\n X-A: 1\r\nHost: localhost\r\n\r\n",
                "POST /chat HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"
            })
    void a_folded_header_line_is_refused(String request) throws IOException {
        assertThat(answer(request)).startsWith("HTTP/1.1 400").contains("folded");
        int middle = request.length() / 2;
        assertThat(answer(request.substring(0, middle), request.substring(middle)))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void requests_one_after_the_other_are_read() throws IOException {
        assertThat(answer(GET + "\r\n" + GET + "\r\n", GET + LAST).split("HTTP/1.1 200", -1))
                .hasSize(4);
    }

    @Test
    void lines_of_a_body_may_begin_with_spaces() throws IOException {
        String head = POST + "Content-Length: " + BODY.length() + "\r\n" + LAST;
        assertThat(answer(head, BODY)).startsWith("HTTP/1.1 404");
        String half = Integer.toHexString(BODY.length() - 10);
        assertThat(answer(
                        CHUNKED + LAST,
                        half + "\r\n" + BODY.substring(0, BODY.length() - 10) + "\r\n",
                        "a\r\n" + BODY.substring(BODY.length() - 10) + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense\r\n\r\n", "-1\r\n{}\r\n0\r\n\r\n", "fffffffffff\r\n{}\r\n", "2\r\n{}\r\nx\r\n"})
    void broken_chunks_are_told_and_end_the_connection_alone(String chunks) throws IOException {
        assertThat(answer(CHUNKED + "\r\n", chunks)).startsWith("HTTP/1.1 400").contains("the body is not valid HTTP");
        assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "identity", "gzip, chunked", "chunked\r\nTransfer-Encoding: gzip"})
    void an_unknown_transfer_coding_is_refused_and_the_connection_closed(String coding) throws IOException {
        assertThat(answer(POST + "Transfer-Encoding: " + coding + "\r\n\r\n" + GET + "\r\n", GET + "\r\n"))
                .startsWith("HTTP/1.1 501")
                .doesNotContain("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: localhost\r\nHost: localhost\r\n", "Host: localhost\r\nHost: evil.example\r\n"})
    void a_request_names_one_host(String hosts) throws IOException {
        assertThat(answer("GET /health HTTP/1.1\r\n" + hosts + "\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("the header Host is missing or repeated");
        assertThat(answer("GET /health HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.0 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"by=%zz", "by=user&limit=%", "%a"})
    void a_query_that_cannot_be_read_is_refused_without_a_stack_trace(String query) throws IOException {
        try (Logged logged = new Logged()) {
            assertThat(answer("GET /cost?" + query + " HTTP/1.1\r\nHost: localhost\r\n" + LAST))
                    .startsWith("HTTP/1.1 400")
                    .contains("the query cannot be read");
            assertThat(logged.withStackTrace()).isEmpty();
        }
    }

    @Test
    void http_2_without_tls_is_off() throws IOException {
        String upgrade = "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nConnection: Upgrade, HTTP2-Settings\r\n";
        assertThat(answer(GET + upgrade + "\r\n", GET + LAST).split("HTTP/1.1 200", -1))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PREFACE,
                PREFACE + SETTINGS,
                "PRI * HTTP/2.0\r\n\r\n",
                "GET /health HTTP/2.0\r\nHost: localhost\r\n\r\n",
                "GET /health HTTP/1.2\r\nHost: localhost\r\n\r\n"
            })
    void other_versions_are_refused_and_the_connection_closed(String bytes) throws IOException {
        assertThat(answer(bytes)).matches("(?s)HTTP/1\\.[01] 505 .*Connection: close.*HTTP/1\\.1 is allowed.*");
        assertThat(answer(bytes.substring(0, 9), bytes.substring(9))).matches("(?s)HTTP/1\\.[01] 505 .*");
        assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void the_preface_of_http_2_is_refused_behind_a_request_too() throws IOException {
        assertThat(answer(GET + "\r\n", PREFACE + SETTINGS))
                .startsWith("HTTP/1.1 200")
                .containsPattern("HTTP/1\\.[01] 505 ");
    }

    @Test
    void an_upgrade_is_ignored_with_a_body_too() throws IOException {
        String upgrade = "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nConnection: Upgrade, HTTP2-Settings\r\n";
        String head = POST + upgrade + "Content-Length: " + BODY.length() + "\r\n\r\n";
        assertThat(answer(head, BODY, GET + LAST)).startsWith("HTTP/1.1 404").contains("HTTP/1.1 200");
    }

    @Test
    void invalid_requests_are_logged_in_one_line_for_many() throws IOException {
        try (Logged logged = new Logged()) {
            for (int i = 0; i < 30; i++) {
                answer(PREFACE + SETTINGS);
                answer(CHUNKED + "\r\n", "nonsense\r\n\r\n");
                answer("nonsense\r\n\r\n");
            }
            assertThat(logged.lines()).hasSizeLessThanOrEqualTo(1);
            assertThat(logged.withStackTrace()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /hea", GET, POST + "Content-Length: 100\r\n\r\n{", CHUNKED + "\r\n2\r\n{"})
    void a_client_that_leaves_is_no_stack_trace(String request) throws IOException {
        try (Logged logged = new Logged()) {
            for (boolean reset : List.of(true, false)) {
                try (Socket socket = open()) {
                    send(socket, request);
                    socket.setSoLinger(reset, 0);
                }
            }
            gateway.get("/health");
            assertThat(logged.withStackTrace()).isEmpty();
        }
    }

    @Test
    void a_client_that_leaves_its_stream_is_no_stack_trace() throws IOException {
        try (Logged logged = new Logged()) {
            for (boolean reset : List.of(true, false)) {
                try (LeavingClient client = LeavingClient.ask(
                        gateway.address(), "/v1/chat/completions", "tokens=1000; gap_ms=10; ttft_ms=0")) {
                    client.readUntil("data: ");
                    client.socket().setSoLinger(reset, 0);
                }
            }
            await().until(() -> gateway.scrape().sum("llm_active_requests") == 0);
            assertThat(logged.withStackTrace()).isEmpty();
        }
    }

    /** All that is logged, through SLF4J and through the JDK's own logging, which Vert.x uses. */
    private static final class Logged extends Handler implements AutoCloseable {

        private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
        private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();
        private final ch.qos.logback.classic.Logger root =
                ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);

        Logged() {
            appender.start();
            root.addAppender(appender);
            java.util.logging.Logger.getLogger("").addHandler(this);
        }

        List<String> lines() {
            return appender.list.stream()
                    .map(ILoggingEvent::getFormattedMessage)
                    .filter(line -> line.startsWith("invalid HTTP from 127.0.0.1: "))
                    .toList();
        }

        List<String> withStackTrace() {
            List<String> found = new ArrayList<>();
            appender.list.stream()
                    .filter(event -> event.getThrowableProxy() != null)
                    .forEach(event -> found.add(event.getFormattedMessage()));
            records.stream()
                    .filter(event -> event.getThrown() != null)
                    .forEach(event -> found.add(event.getMessage() + event.getThrown()));
            return found;
        }

        @Override
        public void publish(LogRecord logged) {
            records.add(logged);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            root.detachAppender(appender);
            java.util.logging.Logger.getLogger("").removeHandler(this);
        }
    }
}
