package dev.llmops.anthropic.endings;

import static org.awaitility.Awaitility.await;

import com.anthropic.core.opentelemetry.OpenTelemetryOptions;
import dev.llmops.endings.Ending;
import dev.llmops.endings.Transcript;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/** What the client's own tracing says of an ending: the status of each span, the type of its error, its output tokens. */
final class TracingWords {

    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    private static final AttributeKey<Long> OUTPUT = AttributeKey.longKey("gen_ai.usage.output_tokens");
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();

    OpenTelemetryOptions options() {
        return OpenTelemetryOptions.builder()
                .tracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .traces(true)
                .build();
    }

    /** Adds them to what the application saw; a span may end a little later than the answer, or never. */
    Transcript addTo(Transcript seen, Ending ending) {
        try {
            await().atMost(PATIENCE)
                    .until(() -> spans.getFinishedSpanItems().size()
                            >= ending.outcomes().size());
        } catch (ConditionTimeoutException e) {
            return seen.framework("no span");
        }
        return seen.framework(
                spans.getFinishedSpanItems().stream().map(TracingWords::words).collect(Collectors.joining(", then ")));
    }

    private static String words(SpanData span) {
        String error = span.getAttributes().get(ERROR_TYPE);
        Long tokens = span.getAttributes().get(OUTPUT);
        return span.getStatus().getStatusCode()
                + (error == null ? "" : " " + error)
                + (tokens == null ? ", no tokens" : ", " + tokens + " tokens");
    }
}
