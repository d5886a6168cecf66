package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerResponse;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** A hundred clients that ask for endless streams and read nothing; more rounds with {@code -Dllmops.loops}. */
class SlowReadersTest {

    private static final int CLIENTS = 100;
    private static final long MAX_GROWTH_BYTES = 128L << 20;
    private static final String EVENT =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(16_000) + "\"}}]}\n\n";

    private final Queue<HttpServerResponse> streams = new ConcurrentLinkedQueue<>();

    /** Writes for as long as the gateway reads. */
    private static void pour(HttpServerResponse response) {
        while (!response.writeQueueFull() && !response.closed()) {
            response.write(EVENT);
        }
        response.drainHandler(drained -> pour(response));
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void they_slow_their_providers_down_and_harm_no_others() throws Exception {
        try (ScriptedProvider provider = new ScriptedProvider();
                RunningGateway gateway = RunningGateway.inFrontOf(provider.address())) {
            provider.answers((request, body) -> {
                request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
                streams.add(request.response());
                pour(request.response());
            });
            for (int round = Integer.getInteger("llmops.loops", 1); round > 0; round--) {
                streams.clear();
                round(gateway);
            }
        }
    }

    private void round(RunningGateway gateway) throws Exception {
        long before = usedHeap();
        List<LeavingClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(LeavingClient.ask(gateway.address(), "/v1/chat/completions", ""));
        }
        await().until(() -> streams.size() == CLIENTS
                && streams.stream().allMatch(HttpServerResponse::writeQueueFull)
                && usedHeap() - before < MAX_GROWTH_BYTES);
        assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
        assertThat(gateway.scrape().sum("llm_active_requests")).isEqualTo(CLIENTS);
        for (LeavingClient client : clients) {
            client.close();
        }
        await().until(() -> gateway.scrape().sum("llm_active_requests") == 0);
        await().until(() -> streams.stream().allMatch(HttpServerResponse::closed));
    }
}
