package dev.llmops.samples.gateway.relay;

import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.http.Exchange;
import dev.llmops.samples.gateway.provider.ApiFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Writes errors as the clients of each API format expect them. */
final class RelayErrors {

    private RelayErrors() {}

    /** Returns the name of the event that holds an error inside a stream; null where events have no names. */
    static @Nullable String event(ApiFormat format) {
        return format == ApiFormat.RESPONSES || format == ApiFormat.MESSAGES ? "error" : null;
    }

    static ObjectNode body(Exchange exchange, ApiFormat format, ApiError error) {
        ApiError shown = exchange.redacted(error);
        ObjectNode body = exchange.newBody();
        if (format == ApiFormat.MESSAGES) {
            body.put("type", "error");
        }
        return shown.writeTo(body);
    }

    static ObjectNode lastEvent(Exchange exchange, ApiFormat format, ApiError error) {
        ApiError shown = exchange.redacted(error);
        return format == ApiFormat.RESPONSES
                ? exchange.newBody()
                        .put("type", "error")
                        .put("code", shown.code())
                        .put("message", shown.message())
                        .put("param", shown.field())
                : body(exchange, format, error);
    }
}
