package dev.llmops.core.response;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObservedHttpTest {

    private static final String CHUNK = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\n";
    private static final String END =
            "data: {\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops = LlmOps.builder().listener(seen).build();
    private final ResponseReaders readers = ResponseReaders.of(llmops.telemetry());
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String body = CHUNK + CHUNK + END;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private HttpRequest request() {
        InetSocketAddress address = server.getAddress();
        return HttpRequest.newBuilder(URI.create("http://" + address.getHostString() + ":" + address.getPort()))
                .build();
    }

    private LlmCallBuilder call() {
        return llmops.call(Operation.CHAT, "openai", "gpt-4o").streaming(true);
    }

    private Stream<String> lines() throws Exception {
        HttpRequest request = request();
        HttpResponse<Stream<String>> response = ObservedHttp.send(
                client,
                request,
                BodyHandlers.ofLines(),
                llmops.call(Operation.CHAT, "openai", "gpt-4o").streaming(true),
                ResponseReaders.of(llmops.telemetry()));
        return response.body();
    }

    @Test
    void a_stream_is_read_as_it_passes_and_reaches_the_application_unchanged() throws Exception {
        assertThat(lines()).hasSize(8).contains("data: [DONE]");
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(seen.onlyRecord().usage().outputTokens()).hasValue(2);
    }

    @Test
    void an_asynchronous_request_returns_the_future_of_the_client() {
        body = "{\"model\":\"gpt-4o\",\"choices\":[{\"message\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}";
        var response = ObservedHttp.sendAsync(client, request(), BodyHandlers.ofString(), call(), readers)
                .join();
        assertThat(response.body()).isEqualTo(body);
        assertThat(seen.onlyRecord().usage().inputTokens()).hasValue(3);
        assertThat(seen.onlyRecord().finishReasons()).containsExactly("stop");
    }

    @Test
    void an_http_error_is_classified_by_its_body() throws Exception {
        status = 429;
        body = "{\"error\":{\"code\":\"rate_limit_exceeded\"}}";
        assertThat(lines()).containsExactly(body);
        assertThat(seen.onlyRecord().error().kind()).isEqualTo(ErrorKind.RATE_LIMITED);
    }

    @Test
    void a_server_that_is_not_reached_fails_the_call() {
        HttpRequest request = request();
        server.stop(0);
        assertThatThrownBy(() -> ObservedHttp.send(client, request, BodyHandlers.ofLines(), call(), readers))
                .isInstanceOf(IOException.class);
        assertThat(seen.onlyRecord().error().kind()).isEqualTo(ErrorKind.PROVIDER_UNAVAILABLE);
    }

    @Test
    void a_stream_that_is_cut_short_has_failed() throws Exception {
        body = CHUNK;
        assertThat(lines()).hasSize(2);
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_subscriber_that_is_closed_early_cancels_the_call() throws Exception {
        body = CHUNK.repeat(100_000);
        try (Stream<String> lines = lines()) {
            assertThat(lines.iterator().next()).isEqualTo(CHUNK.strip());
        }
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    private ObservedInputStream stream(String text) {
        return ObservedInputStream.observe(call(), live -> new ByteArrayInputStream(text.getBytes(UTF_8)), readers);
    }

    @Test
    void an_input_stream_is_read_as_it_passes_by_single_bytes_too() throws IOException {
        try (InputStream in = stream(CHUNK + END)) {
            int bytes = 0;
            while (in.read() >= 0) {
                bytes++;
            }
            assertThat(bytes).isEqualTo((CHUNK + END).length());
        }
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(seen.onlyRecord().usage().outputTokens()).hasValue(1);
    }

    @Test
    void bytes_that_are_skipped_are_read_all_the_same() throws IOException {
        try (InputStream in = stream(CHUNK + END)) {
            in.skipNBytes(CHUNK.length());
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(END);
        }
        assertThat(seen.onlyRecord().usage().outputTokens()).hasValue(1);
    }

    @Test
    void an_input_stream_that_is_closed_early_cancels_the_call() throws IOException {
        try (InputStream in = stream(CHUNK + CHUNK)) {
            assertThat(in.readNBytes(CHUNK.length())).hasSize(CHUNK.length());
        }
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(seen.onlyRecord().usage().outputTokens()).hasValue(1);
    }

    @Test
    void an_input_stream_that_cannot_be_opened_fails_the_call() {
        assertThatThrownBy(() -> ObservedInputStream.observe(
                        call(),
                        live -> {
                            throw new IOException("refused");
                        },
                        readers))
                .isInstanceOf(IOException.class)
                .hasMessage("refused");
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_body_of_json_without_a_finish_reason_is_complete_as_those_of_embeddings() throws IOException {
        try (InputStream in = stream("{\n\"data\": [],\n\"usage\": {\"prompt_tokens\": 5}\n}")) {
            in.readAllBytes();
        }
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(seen.onlyRecord().usage().inputTokens()).hasValue(5);
    }

    @Test
    void a_body_of_json_that_breaks_off_has_failed() throws IOException {
        try (InputStream in = stream("{\"choices\":[")) {
            in.readAllBytes();
        }
        assertThat(seen.onlyRecord().error().type()).isEqualTo("malformed_event");
    }
}
