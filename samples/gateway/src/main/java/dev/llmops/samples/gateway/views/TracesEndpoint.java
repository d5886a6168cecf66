package dev.llmops.samples.gateway.views;

import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.http.CallerTrace;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import dev.llmops.samples.gateway.privacy.Privacy;
import dev.llmops.samples.gateway.views.TraceRing.Kept;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /traces/{trace_id}}: the calls of one trace, and what was said of them later. */
public final class TracesEndpoint implements Endpoint {

    public static final String PREFIX = "/traces/";

    private final Vertx vertx;
    private final TraceRing ring;
    private final Privacy privacy;

    public TracesEndpoint(Vertx vertx, TraceRing ring, Privacy privacy) {
        this.vertx = vertx;
        this.ring = ring;
        this.privacy = privacy;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        String asked = asked(exchange, PREFIX, privacy);
        // A trace may be as large as all that is kept, which open streams must not notice.
        vertx.executeBlocking(() -> describe(ring.find(asked)), false).onSuccess(trace -> {
            if (trace.isEmpty()) {
                exchange.refuse(unknown(asked));
            } else {
                exchange.answer(200, trace);
            }
        });
    }

    /** Returns the id of the trace that a path names after its prefix, as it is shown. */
    public static String asked(Exchange exchange, String prefix, Privacy privacy) {
        String path = Objects.requireNonNull(exchange.request.path(), "a route has matched it");
        return CallerTrace.shown(decoded(path.substring(prefix.length())), privacy);
    }

    /** Returns the error for a trace that is not there. */
    public static ApiError unknown(String asked) {
        return new ApiError(404, "not_found", "trace " + asked + " is not known, or not any more", "trace_id");
    }

    // Like a header, an octet is a character; so the same id comes out. In a path, unlike in a form, a plus is a plus.
    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }

    private static String describe(List<Kept> entries) {
        if (entries.isEmpty()) {
            return "";
        }
        Kept first = entries.get(0);
        return "{\"trace_id\":" + JsonMapper.shared().writeValueAsString(first.traceId())
                + ",\"w3c_trace_id\":\"" + first.w3cTraceId()
                + "\",\"calls\":" + list(entries, true)
                + ",\"events\":" + list(entries, false) + "}";
    }

    private static String list(List<Kept> entries, boolean calls) {
        return entries.stream()
                .filter(each -> each.isCall() == calls)
                .map(Kept::json)
                .collect(Collectors.joining(",", "[", "]"));
    }
}
