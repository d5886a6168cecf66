package dev.llmops.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.logging.CallLog;
import dev.llmops.tracing.CallSpans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A comparison is fair only when both sides tell the same. */
class SameWorkTest {

    private final List<SpanData> spans = new ArrayList<>();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    private final SpanExporter exporter = new SpanExporter() {
        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    };

    @BeforeEach
    void runBothSides() {
        DiscardedOutput.logsTo(lines, DiscardedOutput.json());
        var openTelemetry = DiscardedOutput.spansTo(exporter);
        new HandWrittenCall(new SimpleMeterRegistry(), openTelemetry, View.ALL.parts()).call("r-1", SampleCall.CHUNKS);
        try (LlmOps llmops = LlmOps.builder()
                        .versionSet(SampleCall.VERSIONS)
                        .enricher(CostEnricher.using(PriceBook.bundled()))
                        .listener(CallSpans.on(openTelemetry))
                        .listener(CallLog.toSlf4j())
                        .build();
                LlmCall call = SampleCall.start(llmops, "r-1")) {
            SampleCall.streamAndFinish(call);
        }
    }

    @Test
    void both_spans_have_the_same_attributes_and_cost() {
        assertThat(names(spans.get(0))).isEqualTo(names(spans.get(1)));
        assertThat(spans).extracting(span -> span.getEvents().size()).containsExactly(1, 1);
        assertThat(cost(spans.get(0))).isEqualTo(cost(spans.get(1)));
    }

    private static Set<String> names(SpanData span) {
        return span.getAttributes().asMap().keySet().stream()
                .map(AttributeKey::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String cost(SpanData span) {
        return span.getAttributes().get(AttributeKey.stringKey("llmops.cost.amount"));
    }

    @Test
    void both_log_lines_have_the_same_fields() {
        String[] written = lines.toString().split("\n");
        Set<String> byHand = fields("", new ObjectMapper().readTree(written[0]));
        Set<String> byCallLog =
                fields("", new ObjectMapper().readTree(written[1]).get("llmops"));
        byHand.removeAll(
                Set.of("@timestamp", "@version", "message", "logger_name", "thread_name", "level", "level_value"));
        byCallLog.removeAll(Set.of("schema", "timestamp"));
        assertThat(byHand).isEqualTo(byCallLog);
    }

    private static Set<String> fields(String prefix, JsonNode object) {
        Set<String> fields = new TreeSet<>();
        object.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                fields.addAll(fields(field.getKey() + "_", field.getValue()));
            } else {
                fields.add(prefix + field.getKey());
            }
        });
        return fields;
    }
}
