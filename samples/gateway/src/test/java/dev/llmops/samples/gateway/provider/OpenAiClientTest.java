package dev.llmops.samples.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.ErrorKind;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The client against servers that send exactly what a test says. */
class OpenAiClientTest {

    private static final String WORD = "data: {\"choices\":[{\"delta\":{\"content\":\"word\"}}]}\n\n";
    private static final String STOP = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private final Vertx vertx = Vertx.vertx();
    private final List<ProviderChunk> chunks = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {WORD + WORD + STOP + DONE, WORD + WORD + STOP})
    void a_stream_is_complete_once_its_choice_has_finished(String stream) throws Exception {
        assertThat(failureOf(request -> sse(request).end(stream))).isNull();
        assertThat(chunks).extracting(ProviderChunk::content).startsWith("word", "word");
    }

    @ParameterizedTest
    @ValueSource(strings = {WORD, WORD + DONE, DONE, ""})
    void a_stream_whose_choice_has_not_finished_has_failed(String stream) throws Exception {
        assertThat(failureOf(request -> sse(request).end(stream))).isInstanceOf(ProviderException.class);
    }

    @Test
    void a_lost_connection_is_an_io_failure() throws Exception {
        Exception failure = failureOf(request -> sse(request)
                .write(WORD)
                .onComplete(written -> request.connection().close()));
        assertThat(failure).isInstanceOf(IOException.class).isNotInstanceOf(ProtocolException.class);
    }

    @Test
    void silence_is_a_timeout() throws Exception {
        assertThat(failureOf(Duration.ofSeconds(1), request -> sse(request).write(WORD)))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("the provider sent nothing for 1s");
        assertThat(chunks).hasSize(1);
    }

    @Test
    void silence_before_the_answer_begins_is_a_timeout_too() throws Exception {
        assertThat(failureOf(Duration.ofMillis(100), request -> {})).isInstanceOf(TimeoutException.class);
    }

    @Test
    void a_refusal_carries_its_status_and_its_body() throws Exception {
        ProviderException failure = (ProviderException)
                failureOf(request -> request.response().setStatusCode(429).end("{\"error\":\"slow down\"}"));
        assertThat(failure.error().httpStatus()).hasValue(429);
        assertThat(failure.error().kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(failure.error().message()).isEqualTo("slow down");
    }

    @Test
    void a_chunk_after_the_end_is_not_told() throws Exception {
        assertThat(failureOf(request -> sse(request).end(STOP + DONE + WORD))).isNull();
        assertThat(chunks).hasSize(1);
    }

    @Test
    void tool_calls_and_thinking_count_as_output() throws Exception {
        String tool =
                "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"function\":{\"arguments\":\"{a b\"}}]}}]}\n\n";
        String thought = "data: {\"choices\":[{\"delta\":{\"reasoning\":\"so so\"}}]}\n\n";
        assertThat(failureOf(request -> sse(request).end(thought + tool + STOP + DONE)))
                .isNull();
        assertThat(chunks).extracting(ProviderChunk::outputTokens).containsExactly(2, 2, 0);
        assertThat(chunks).extracting(ProviderChunk::isReasoning).containsExactly(true, false, false);
    }

    private static HttpServerResponse sse(HttpServerRequest request) {
        return request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
    }

    /** How a streamed call to such a server fails; null when it completes. */
    private Exception failureOf(Consumer<HttpServerRequest> server) throws Exception {
        return failureOf(Duration.ofMinutes(1), server);
    }

    private Exception failureOf(Duration maxSilence, Consumer<HttpServerRequest> server) throws Exception {
        HttpServer listening = vertx.createHttpServer()
                .requestHandler(server::accept)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        URI address = URI.create("http://127.0.0.1:" + listening.actualPort());
        OpenAiClient client = new OpenAiClient(vertx, address, "key", maxSilence);
        CompletableFuture<Exception> ended = new CompletableFuture<>();
        ProviderRequest streamed = ProviderRequest.of(
                ApiFormat.CHAT, JsonMapper.shared().createObjectNode().put("stream", true), Map.of());
        vertx.runOnContext(now -> client.send(streamed, new ProviderHandler() {
            @Override
            public void onChunk(ProviderChunk chunk) {
                chunks.add(chunk);
            }

            @Override
            public void onEnd() {
                ended.complete(null);
            }

            @Override
            public void onFailure(Exception failure) {
                ended.complete(failure);
            }
        }));
        return ended.get(30, TimeUnit.SECONDS);
    }
}
