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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients that send or read too little, or too much, can take of the gateway. */
@Timeout(120)
class BoundsTest {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final String HEAD = "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: ";

    private final Vertx vertx = Vertx.vertx();
    private final MemoryBudget memory = new MemoryBudget(100_000);
    private final HttpMetrics metrics = new HttpMetrics(new PrometheusRegistry());
    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
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

    /** Sends events for ever, as fast as each client reads. */
    private void serveStreams(Duration patience) {
        serve(5_000, request -> {
            Exchange exchange = exchange(request);
            Pump pump = new Pump(new EventStream(exchange, patience));
            open.incrementAndGet();
            exchange.onClientGone(() -> {
                pump.isStopped = true;
                open.decrementAndGet();
            });
            pump.run();
        });
    }

    private final class Pump {
        private final EventStream stream;
        private boolean isPaused;
        private boolean isStopped;

        Pump(EventStream stream) {
            this.stream = stream;
        }

        void run() {
            if (isStopped) {
                return;
            }
            stream.add(null, "x".repeat(10_000));
            stream.flush(() -> isPaused = true, () -> {
                isPaused = false;
                run();
            });
            if (!isPaused) {
                vertx.runOnContext(now -> run());
            }
        }
    }

    /** More rounds with {@code -Dllmops.loops}. */
    @Test
    void a_hundred_streams_that_are_not_read_are_cut_off_while_others_are_served() throws IOException {
        serveStreams(Duration.ofSeconds(1));
        for (int round = Integer.getInteger("llmops.loops", 1); round > 0; round--) {
            List<Socket> silent = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                silent.add(send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            }
            Socket reading = send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            await().until(() -> open.get() > 1);
            while (open.get() > 1) {
                assertThat(reading.getInputStream().readNBytes(10_000)).hasSize(10_000);
            }
            for (Socket each : silent) {
                each.close();
            }
            reading.close();
            await().until(() -> open.get() == 0);
        }
    }

    @Test
    void a_stream_that_is_read_again_within_the_patience_goes_on() throws IOException {
        serveStreams(Duration.ofSeconds(1));
        Socket slow = send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await().until(() -> slow.getInputStream().available() > 100_000);
        long until = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        while (System.nanoTime() < until) {
            assertThat(slow.getInputStream().readNBytes(1_000_000)).hasSize(1_000_000);
        }
        assertThat(open).hasValue(1);
    }

    @Test
    void an_answer_that_is_not_read_to_its_end_is_cut_off() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        serve(10, request -> {
            request.connection().closeHandler(cut -> closed.set(true));
            request.response().end("x".repeat(50_000_000));
        });
        send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await().untilTrue(closed);
    }

    @Test
    void an_answer_for_which_there_is_no_memory_is_cut_off() throws IOException {
        serve(10, request -> exchange(request).answer(200, "text/plain", "x".repeat(100_001)));
        assertThat(answer(send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))).isEmpty();
    }
}
