package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A gateway that is killed has booked every call that it answered. */
class KillIT {

    private static final int CALLS = 60;
    private static final String CHAT = "{\"user_id\":\"u\",\"prompt\":\"hi\",\"budget_ms\":60000,\"stream\":%b}";

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void every_answered_call_is_in_the_ledger_once(@TempDir Path data) throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start("--port=0", "--data-dir=" + data)) {
            List<CompletableFuture<Integer>> answers = IntStream.range(0, CALLS)
                    .mapToObj(call -> ask(gateway, call % 2 == 0))
                    .toList();
            assertThat(answers).allMatch(answer -> answer.join() == 200);
        }
        GatewayOptions options = new GatewayOptions();
        options.dataDir = data;
        try (RunningGateway next = new RunningGateway(options)) {
            JsonNode row =
                    RunningGateway.json(next.get("/cost?by=user")).path("rows").get(0);
            assertThat(row.path("calls").asInt()).isEqualTo(CALLS);
        }
    }

    private CompletableFuture<Integer> ask(GatewayProcess gateway, boolean stream) {
        HttpRequest request = HttpRequest.newBuilder(gateway.address().resolve("/chat"))
                .header("Content-Type", "application/json")
                .header("x-mock", "tokens=1; ttft_ms=0")
                .POST(BodyPublishers.ofString(CHAT.formatted(stream)))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString()).thenApply(answer -> answer.statusCode());
    }
}
