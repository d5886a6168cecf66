package dev.llmops.samples.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.samples.gateway.privacy.Privacy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventStreamTest {

    private static final Runnable NOTHING = () -> {};

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Returns the chunks of an answer as they come over the wire, each with its length in front. */
    private String chunksOf(Consumer<EventStream> answer) throws IOException {
        HttpMetrics metrics = new HttpMetrics(new PrometheusRegistry());
        HttpService service = HttpService.start(
                        vertx,
                        HttpSettings.plain("127.0.0.1", 0),
                        request -> answer.accept(new EventStream(new Exchange(
                                vertx, request, "/x", metrics, new Privacy(new byte[32]), MemoryBudget.ofHeap()))))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        try (Socket socket = new Socket("127.0.0.1", service.port())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
            String all = new String(socket.getInputStream().readAllBytes(), UTF_8);
            return all.substring(all.indexOf("\r\n\r\n") + 4);
        }
    }

    @Test
    void events_are_sent_together_up_to_each_flush() throws IOException {
        assertThat(chunksOf(stream -> {
                    stream.add(null, "1");
                    stream.add("error", "2");
                    stream.flush(NOTHING, NOTHING);
                    stream.add(null, "3");
                    stream.flush(NOTHING, NOTHING);
                    stream.flush(NOTHING, NOTHING);
                    stream.add(null, "4");
                    stream.end(null, "5");
                }))
                .isEqualTo("""
                        1f\r
                        data: 1

                        event: error
                        data: 2

                        \r
                        9\r
                        data: 3

                        \r
                        12\r
                        data: 4

                        data: 5

                        \r
                        0\r
                        \r
                        """);
    }
}
