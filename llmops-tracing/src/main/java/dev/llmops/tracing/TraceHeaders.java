package dev.llmops.tracing;

import dev.llmops.core.LlmCall;
import dev.llmops.core.Scope;
import dev.llmops.core.TraceIds;
import dev.llmops.core.version.VersionBaggage;
import dev.llmops.core.version.VersionSet;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace and a version set from the headers of a request, and writes them to those of another: W3C {@code
 * traceparent}, {@code tracestate} and {@code baggage}, and {@code x-trace-id} for callers with ids of their own.
 *
 * <p>An {@code x-trace-id} comes before a {@code traceparent} of another trace, which is then linked: the id that a
 * person chose to look for must be found. One that is no W3C id is kept as it is for people, and OpenTelemetry's trace
 * id is derived from it by a digest, so that either finds the call.
 *
 * <p>Thread-safe; throws only what the given functions throw. See
 * docs/decisions/tracing.md#the-shown-trace-id-determines-opentelemetrys-trace-id-always.
 *
 * @since 0.1.0
 */
public final class TraceHeaders {

    /** The header of a trace id in any form: {@value}. */
    public static final String X_TRACE_ID = "x-trace-id";

    private static final TextMapPropagator W3C =
            TextMapPropagator.composite(W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance());

    private static final TextMapGetter<Function<String, @Nullable String>> GETTER =
            (headers, name) -> headers == null ? null : headers.apply(name);

    private TraceHeaders() {}

    /**
     * Reads the headers of a request. Malformed ones count as absent.
     *
     * @param headers their values by name, in any case; several of one name joined by commas
     * @return the trace and the versions
     */
    public static IncomingTrace read(Map<String, String> headers) {
        Map<String, String> inAnyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        inAnyCase.putAll(headers);
        return read(inAnyCase::get);
    }

    /**
     * Reads the headers of a request. Malformed ones count as absent.
     *
     * @param header gives the value of a header by its lower-case name, several joined by commas, or null
     * @return the trace and the versions
     */
    public static IncomingTrace read(Function<String, @Nullable String> header) {
        Context remote = W3C.extract(Context.root(), header, GETTER);
        VersionSet versionSet = VersionBaggage.decode(header.apply("baggage"));
        String own = header.apply(X_TRACE_ID);
        if (own != null && !own.isBlank()) {
            return new IncomingTrace(ShownTraceIds.of(own.strip()), versionSet, remote);
        }
        SpanContext caller = Span.fromContext(remote).getSpanContext();
        return new IncomingTrace(caller.isValid() ? caller.getTraceId() : null, versionSet, remote);
    }

    /**
     * Writes a call's trace and versions to the headers of a request made on its behalf. Without {@link CallSpans}
     * among the listeners, writes the context that is current on this thread.
     *
     * @param call the call
     * @param setHeader sets a header by name
     */
    public static void write(LlmCall call, BiConsumer<String, String> setHeader) {
        try (Scope scope = call.makeCurrent()) {
            W3C.inject(Context.current(), setHeader, (headers, name, value) -> setHeader.accept(name, value));
        }
        String shown = call.live().info().traceId();
        if (shown != null && !TraceIds.isW3c(shown)) {
            setHeader.accept(X_TRACE_ID, shown);
        }
    }
}
