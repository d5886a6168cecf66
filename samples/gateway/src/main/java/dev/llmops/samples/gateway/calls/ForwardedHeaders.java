package dev.llmops.samples.gateway.calls;

import dev.llmops.samples.gateway.http.Exchange;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Selects the headers of a client that go on to the provider. */
public final class ForwardedHeaders {

    // The provider's client overrides the credentials where the gateway has a key of its own.
    private static final Set<String> NAMES = Set.of("idempotency-key", "authorization", "x-api-key", "x-mock");

    private ForwardedHeaders() {}

    /** Returns the headers by lower-case name, in a map that may be added to. */
    public static Map<String, String> of(Exchange exchange) {
        Map<String, String> forwarded = new LinkedHashMap<>();
        exchange.request.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (NAMES.contains(lower) || lower.startsWith("openai-") || lower.startsWith("anthropic-")) {
                forwarded.put(lower, value);
            }
        });
        return forwarded;
    }
}
