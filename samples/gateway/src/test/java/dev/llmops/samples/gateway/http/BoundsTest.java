package dev.llmops.samples.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.llmops.samples.gateway.privacy.Privacy;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients that send or read too little, or too much, can take of the gateway. */
class BoundsTest {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String HEAD = "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: ";

    private final Vertx vertx = Vertx.vertx();
    private final MemoryBudget memory = new MemoryBudget(100_000);
    private final HttpMetrics metrics = new HttpMetrics(new PrometheusRegistry());
    private final List<Socket> sockets = new ArrayList<>();
    private HttpService service;

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void serve(int maxConnections, Handler<HttpServerRequest> handler) {
        HttpSettings settings = new HttpSettings("127.0.0.1", 0, null, maxConnections, SHORT);
        service = HttpService.start(vertx, settings, handler)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void serveBodies(Duration patience) {
        serve(5_000, request -> {
            Exchange exchange = exchange(request);
            BodyReader.read(vertx, exchange, 1 << 20, patience)
                    .onSuccess(body -> exchange.answer(200, "{}"))
                    .onFailure(exchange::fail);
        });
    }

    private Exchange exchange(HttpServerRequest request) {
        return new Exchange(vertx, request, "/x", metrics, new Privacy(new byte[32]), memory);
    }

    private Socket send(String text) throws IOException {
        Socket socket = new Socket("127.0.0.1", service.port());
        socket.setSoTimeout(20_000);
        sockets.add(socket);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
    }

    @Test
    void a_connection_that_sends_nothing_is_closed() throws IOException {
        serve(10, request -> request.response().end());
        assertThat(answer(send(""))).isEmpty();
    }

    @Test
    void headers_that_do_not_end_are_not_waited_for() throws IOException {
        serve(10, request -> request.response().end());
        assertThat(answer(send("GET / HTTP/1.1\r\nHost: loc"))).isEmpty();
    }

    @Test
    void a_request_under_way_may_take_longer() throws IOException {
        serve(10, request -> vertx.setTimer(1_500, due -> request.response().end()));
        assertThat(answer(send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))).isEqualTo("HTTP/1.1 200");
    }

    @Test
    void connections_above_the_limit_are_closed_at_once() throws IOException {
        serve(1, request -> vertx.setTimer(2_000, due -> request.response().end()));
        Socket first = send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await().untilAsserted(() -> assertThat(answer(send(""))).isEmpty());
        assertThat(answer(first)).isEqualTo("HTTP/1.1 200");
    }

    @Test
    void a_body_that_does_not_arrive_in_time_is_refused() throws IOException {
        serveBodies(SHORT);
        assertThat(answer(send(HEAD + "100\r\n\r\nhalf"))).isEqualTo("HTTP/1.1 408");
    }

    /** So many that descriptors, timers or memory for each would be felt; more rounds with {@code -Dllmops.loops}. */
    @Test
    void two_thousand_half_sent_requests_are_cut_off_while_others_are_served() throws IOException {
        serveBodies(Duration.ofSeconds(4));
        for (int round = Integer.getInteger("llmops.loops", 1); round > 0; round--) {
            List<Socket> halves = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                halves.add(send(i % 2 == 0 ? HEAD + "100\r\n\r\nhalf" : "POST /x HTTP/1.1\r\nHost: loc"));
            }
            assertThat(answer(send(HEAD + "5\r\n\r\nsmall"))).isEqualTo("HTTP/1.1 200");
            for (Socket half : halves) {
                assertThat(answer(half)).isIn("HTTP/1.1 408", "");
                half.close();
            }
            assertThat(memory.used()).isZero();
            assertThat(answer(send(HEAD + "5\r\n\r\nsmall"))).isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void bodies_that_fill_the_memory_are_refused_and_small_ones_are_not() throws IOException {
        serveBodies(Duration.ofSeconds(5));
        send(HEAD + "90001\r\n\r\n" + "x".repeat(90_000));
        await().until(() -> memory.used() == 90_000);
        assertThat(answer(send(HEAD + "50000\r\n\r\n" + "x".repeat(50_000)))).isEqualTo("HTTP/1.1 503");
        assertThat(answer(send(HEAD + "5\r\n\r\nsmall"))).isEqualTo("HTTP/1.1 200");
    }

    @Test
    void memory_is_given_back_with_the_answer_and_when_a_client_leaves() throws IOException {
        serveBodies(Duration.ofSeconds(5));
        assertThat(answer(send(HEAD + "50000\r\n\r\n" + "x".repeat(50_000)))).isEqualTo("HTTP/1.1 200");
        Socket leaving = send(HEAD + "50001\r\n\r\n" + "x".repeat(50_000));
        await().until(() -> memory.used() == 50_000);
        leaving.close();
        await().until(() -> memory.used() == 0);
    }
}
