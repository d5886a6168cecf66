package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ShutdownTest {

    private static final String STREAM = "{\"user_id\":\"u1\",\"prompt\":\"hi\",\"budget_ms\":60000,\"stream\":true}";

    @Test
    void an_open_stream_comes_to_its_end_while_no_new_client_is_let_in() {
        RunningGateway gateway = RunningGateway.inFrontOfMock();
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> gateway.chat("tokens=20; ttft_ms=100; gap_ms=50", STREAM));
        await().until(() -> gateway.scrape().sum("llm_active_requests") == 1);
        gateway.close();
        assertThat(answer.join().body()).contains("\"latency_ms\"").doesNotContain("\"error\"");
        assertThat(canConnect(gateway)).isFalse();
    }

    @Test
    void a_stream_that_outlives_the_grace_is_ended_and_told_so() {
        RunningGateway gateway = RunningGateway.inFrontOfMock();
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> gateway.chat("tokens=5000; ttft_ms=100; gap_ms=50", STREAM));
        await().until(() -> gateway.scrape().sum("llm_active_requests") == 1);
        gateway.close();
        assertThat(answer.join().body()).contains("the gateway is stopping").contains("\"type\":\"cancelled\"");
    }

    private static boolean canConnect(RunningGateway gateway) {
        try (Socket socket =
                new Socket(gateway.address().getHost(), gateway.address().getPort())) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
