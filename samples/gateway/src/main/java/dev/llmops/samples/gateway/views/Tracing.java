package dev.llmops.samples.gateway.views;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The OpenTelemetry SDK of the gateway. It is always on, since calls get their ids from their spans, and exports when it
 * is told where to.
 */
public final class Tracing implements AutoCloseable {

    private static final String PATH = "/v1/traces";
    private static final long LAST_EXPORT_SECONDS = 5;

    private final OpenTelemetrySdk sdk;

    /**
     * Creates the SDK.
     *
     * @param otlpEndpoint the collector's base URL; null to export nothing
     * @param more additional span processors
     */
    public Tracing(@Nullable URI otlpEndpoint, List<SpanProcessor> more) {
        SdkTracerProviderBuilder spans = SdkTracerProvider.builder()
                .setSampler(Sampler.alwaysOn()) // any trace id of an answer leads to its span
                .setResource(Resource.getDefault()
                        .merge(Resource.create(
                                Attributes.of(AttributeKey.stringKey("service.name"), "llmops-gateway"))));
        spans.addSpanProcessor(new NoOpProcessor());
        if (otlpEndpoint != null) {
            spans.addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                            .setEndpoint(tracesOf(otlpEndpoint))
                            .build())
                    .build());
        }
        more.forEach(spans::addSpanProcessor);
        sdk = OpenTelemetrySdk.builder().setTracerProvider(spans.build()).build();
    }

    /** As the OpenTelemetry specification makes it of {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
    static String tracesOf(URI endpoint) {
        String base = endpoint.toString().replaceFirst("/+$", "");
        return base.endsWith(PATH) ? base : base + PATH;
    }

    public OpenTelemetrySdk sdk() {
        return sdk;
    }

    /** Does nothing. Without a processor the SDK gives spans no ids. */
    private static final class NoOpProcessor implements SpanProcessor {

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {}

        @Override
        public boolean isEndRequired() {
            return false;
        }
    }

    /** Sends what has not been sent. */
    @Override
    public void close() {
        var unused = sdk.getSdkTracerProvider().shutdown().join(LAST_EXPORT_SECONDS, TimeUnit.SECONDS);
    }
}
