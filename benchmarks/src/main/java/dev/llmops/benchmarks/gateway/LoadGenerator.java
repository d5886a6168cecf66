package dev.llmops.benchmarks.gateway;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks a server for streams, and measures until the first byte of their body and until their end. */
final class LoadGenerator {

    private static final int CONNECTIONS = 10_000;
    private static final Buffer BODY = Buffer.buffer("{\"model\":\"gpt-4o-mini\",\"stream\":true,\"user\":\"u1\","
            + "\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\""
            + "Please tell me in one sentence where the parcel of last Friday is. ".repeat(5) + "\"}]}");

    private final Context eventLoop;
    private final Vertx vertx;
    private final HttpClientAgent client;

    LoadGenerator(Vertx vertx) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        this.eventLoop = vertx.getOrCreateContext();
    }

    /** Loads the server with as many requests as it answers, of so many clients that send the next one after each answer. */
    Block atOnce(ServerProcess server, int clients, Duration duration) {
        return run(new Load(server, duration) {
            @Override
            void begin() {
                for (int i = 0; i < clients; i++) {
                    send();
                }
            }

            @Override
            void answered() {
                if (!isOver()) {
                    send();
                }
            }
        });
    }

    /** Sends a fixed number of requests a second, however long the answers take. */
    Block steady(ServerProcess server, double perSecond, Duration duration) {
        return run(new Load(server, duration) {
            @Override
            void begin() {
                vertx.setPeriodic(1, timer -> {
                    if (isOver()) {
                        vertx.cancelTimer(timer);
                        endIfAnswered();
                    }
                    while (!isOver() && sent < perSecond * seconds()) {
                        send();
                    }
                });
            }

            @Override
            void answered() {}
        });
    }

    private Block run(Load load) {
        eventLoop.runOnContext(now -> load.begin());
        return load.result.join();
    }

    /** A block of requests; confined to the event loop. */
    private abstract class Load {

        final CompletableFuture<Block> result = new CompletableFuture<>();
        int sent;
        private final Latencies firstBytes = new Latencies();
        private final Latencies wholes = new Latencies();
        private final ServerProcess server;
        private final Duration cpuBefore;
        private final RequestOptions options;
        private final long startNanos = System.nanoTime();
        private final long endNanos;
        private int open;

        Load(ServerProcess server, Duration duration) {
            this.server = server;
            cpuBefore = server.cpuTime();
            options = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setAbsoluteURI(server.address() + "/v1/chat/completions")
                    .putHeader("Content-Type", "application/json");
            endNanos = startNanos + duration.toNanos();
        }

        abstract void begin();

        abstract void answered();

        boolean isOver() {
            return System.nanoTime() - endNanos >= 0;
        }

        double seconds() {
            return (System.nanoTime() - startNanos) / 1e9;
        }

        void send() {
            sent++;
            open++;
            long begin = System.nanoTime();
            client.request(new RequestOptions(options))
                    .compose(connected -> ask(connected, begin))
                    .onSuccess(done -> {
                        open--;
                        answered();
                        endIfAnswered();
                    })
                    .onFailure(result::completeExceptionally);
        }

        private Future<Void> ask(HttpClientRequest connected, long begin) {
            return connected.send(BODY).compose(answer -> receive(answer, begin));
        }

        private Future<Void> receive(HttpClientResponse answer, long begin) {
            Buffer body = Buffer.buffer();
            boolean[] begun = new boolean[1];
            answer.handler(bytes -> {
                if (!begun[0]) {
                    begun[0] = true;
                    firstBytes.add(System.nanoTime() - begin);
                }
                body.appendBuffer(bytes);
            });
            return answer.end().map(ended -> {
                wholes.add(System.nanoTime() - begin);
                if (answer.statusCode() != 200 || !body.toString().endsWith(TokenServer.LAST_EVENT)) {
                    throw new IllegalStateException("answer " + answer.statusCode() + ": " + body);
                }
                return null;
            });
        }

        void endIfAnswered() {
            if (open == 0 && isOver()) {
                result.complete(new Block(
                        sent / seconds(),
                        server.cpuTime().minus(cpuBefore).toNanos() / 1e6 / sent,
                        firstBytes.millis(.5),
                        firstBytes.millis(.99),
                        wholes.millis(.5),
                        wholes.millis(.99)));
            }
        }
    }
}
