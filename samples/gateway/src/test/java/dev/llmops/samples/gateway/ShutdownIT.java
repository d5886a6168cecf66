package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.TraceIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** SIGTERM with open streams: every call is a line of the log, a span and an entry of the ledger. */
class ShutdownIT {

    /** A short form by default; {@code -Dllmops.kill.rounds=20} is the long one. */
    private static final int ROUNDS = Math.min(20, Integer.getInteger("llmops.kill.rounds", 1));

    private static final int STREAMS = 40;
    // Longer than the gateway waits for them.
    private static final String LONG = "tokens=100000; ttft_ms=0; gap_ms=500";

    static IntStream rounds() {
        return IntStream.rangeClosed(1, ROUNDS);
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void forty_open_streams_lose_nothing(int round, @TempDir Path data) throws Exception {
        try (OtlpReceiver receiver = new OtlpReceiver();
                GatewayProcess gateway = GatewayProcess.start(
                        "--port=0", "--data-dir=" + data, "--otlp-endpoint=" + receiver.address())) {
            List<LeavingClient> clients = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                clients.add(LeavingClient.ask(gateway.address(), "/chat", LONG));
            }
            for (LeavingClient client : clients) {
                client.readUntil("data: ");
            }
            List<String> log = gateway.terminate();
            List<String> traces = log.stream()
                    .map(JsonMapper.shared()::readTree)
                    .filter(line -> line.path("schema").asString().equals("llmops.call/1"))
                    .map(line -> TraceIds.toW3c(line.path("trace_id").asString()))
                    .toList();
            assertThat(traces).hasSize(STREAMS).doesNotHaveDuplicates();
            assertThat(receiver.spans())
                    .filteredOn(span -> span.getName().startsWith("chat "))
                    .extracting(
                            span -> HexFormat.of().formatHex(span.getTraceId().toByteArray()))
                    .containsExactlyInAnyOrderElementsOf(traces);
            assertThat(entries(data)).isEqualTo(STREAMS);
        }
    }

    /** Counts the calls of the ledger by a gateway that starts after the other. */
    private static long entries(Path data) throws Exception {
        GatewayOptions options = new GatewayOptions();
        options.dataDir = data;
        try (RunningGateway next = new RunningGateway(options)) {
            JsonNode rows = RunningGateway.json(next.get("/cost?by=user")).path("rows");
            return rows.valueStream()
                    .mapToLong(row -> row.path("calls").asLong())
                    .sum();
        }
    }
}
