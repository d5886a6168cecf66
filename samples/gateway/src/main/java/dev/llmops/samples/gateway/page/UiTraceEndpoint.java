package dev.llmops.samples.gateway.page;

import dev.llmops.core.TraceIds;
import dev.llmops.report.live.LiveTrace;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import dev.llmops.samples.gateway.privacy.Privacy;
import dev.llmops.samples.gateway.views.TraceRing;
import dev.llmops.samples.gateway.views.TraceRing.Trace;
import dev.llmops.samples.gateway.views.TracesEndpoint;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code GET /ui/traces/{trace_id}}: what {@code GET /traces/{trace_id}} knows, as a page. */
public final class UiTraceEndpoint implements Endpoint {

    /** The path before the id. */
    public static final String PREFIX = "/ui/traces/";

    private final Vertx vertx;
    private final TraceRing traces;
    private final Privacy privacy;

    /** Creates the endpoint. */
    public UiTraceEndpoint(Vertx vertx, TraceRing traces, Privacy privacy) {
        this.vertx = vertx;
        this.traces = traces;
        this.privacy = privacy;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        String asked = TracesEndpoint.asked(exchange, PREFIX, privacy);
        vertx.executeBlocking(() -> traces.trace(asked).map(UiTraceEndpoint::html), false)
                .onSuccess(html -> answer(exchange, asked, html))
                .onFailure(exchange::fail);
    }

    private static void answer(Exchange exchange, String asked, Optional<String> html) {
        html.ifPresentOrElse(
                document -> UiEndpoint.answer(exchange, document),
                () -> exchange.refuse(TracesEndpoint.unknown(asked)));
    }

    private static String html(Trace trace) {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("Back to the state of the gateway", "../../ui");
        links.put("The same as JSON", "../../traces/" + TraceIds.toW3c(trace.traceId()));
        return LiveTrace.toPage(trace.traceId(), trace.calls(), trace.events(), links)
                .toHtml();
    }
}
