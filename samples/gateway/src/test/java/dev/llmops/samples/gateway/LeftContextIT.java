package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever befalls a call, the next one on the same connection starts where nothing is current. */
class LeftContextIT {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CHAT = "{\"user_id\":\"u1\",\"prompt\":\"hi\",\"budget_ms\":1500}";

    @ParameterizedTest
    @MethodSource("dev.llmops.samples.gateway.mock.MockFault#wireNames")
    void a_fault_leaves_no_trace_to_the_next_calls(String fault) throws Exception {
        try (ObservedGateway gateway = new ObservedGateway(new GatewayOptions())) {
            String script = "tokens=10; ttft_ms=5; gap_ms=1; fault=" + fault;
            gateway.http.post(
                    "/chat", CHAT, "x-mock", script, "traceparent", "00-" + TRACE_ID + "-00f067aa0ba902b7-01");
            for (int i = 0; i < 3; i++) {
                gateway.http.post("/chat", CHAT, "x-mock", "tokens=1; ttft_ms=0; gap_ms=0");
            }
            gateway.stop();
            Map<Boolean, List<Span>> byTrace = gateway.spans().stream()
                    .collect(Collectors.partitioningBy(span -> HexFormat.of()
                            .formatHex(span.getTraceId().toByteArray())
                            .equals(TRACE_ID)));
            assertThat(byTrace.get(true)).hasSize(1);
            assertThat(byTrace.get(false))
                    .hasSize(3)
                    .allMatch(span -> span.getParentSpanId().isEmpty());
        }
    }
}
