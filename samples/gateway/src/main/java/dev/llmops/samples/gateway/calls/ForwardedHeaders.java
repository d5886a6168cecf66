package dev.llmops.samples.gateway.calls;

import dev.llmops.samples.gateway.http.Exchange;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Selects the headers of a client that go on to the provider. */
public final class ForwardedHeaders {

    private static final Set<String> CREDENTIALS = Set.of("authorization", "x-api-key");
    private static final String IDEMPOTENCY = "idempotency-key";
    private static final String SCRIPT = "x-mock";

    private final boolean toMock;
    private final boolean withCredentials;

    /**
     * Creates a selection.
     *
     * @param toMock true if the provider is the mock, for which a client may have a script
     * @param withCredentials true if clients present the provider's credentials, and not the gateway's own
     */
    public ForwardedHeaders(boolean toMock, boolean withCredentials) {
        this.toMock = toMock;
        this.withCredentials = withCredentials;
    }

    /** Returns the headers by lower-case name, in a map that may be added to. */
    public Map<String, String> of(Exchange exchange) {
        Map<String, String> forwarded = new LinkedHashMap<>();
        exchange.request.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (isForwarded(lower)) {
                forwarded.put(lower, value);
            }
        });
        return forwarded;
    }

    private boolean isForwarded(String name) {
        return name.equals(IDEMPOTENCY)
                || name.startsWith("openai-")
                || name.startsWith("anthropic-")
                || (toMock && name.equals(SCRIPT))
                || (withCredentials && CREDENTIALS.contains(name));
    }
}
