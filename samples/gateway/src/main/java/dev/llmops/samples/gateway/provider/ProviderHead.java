package dev.llmops.samples.gateway.provider;

import io.vertx.core.MultiMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The head of a provider's answer.
 *
 * @param status the HTTP status
 * @param relayed the headers that go back to the client, by lower-case name
 */
public record ProviderHead(int status, Map<String, String> relayed) {

    private static final Set<String> NAMES = Set.of(
            "retry-after",
            "retry-after-ms",
            "x-should-retry",
            "request-id",
            "openai-processing-ms",
            "openai-version",
            "openai-model");

    /** The name under which the provider's {@code x-request-id} goes back; the gateway's own has that name. */
    static final String PROVIDER_REQUEST_ID = "x-provider-request-id";

    /**
     * Selects what goes back to the client.
     *
     * @param status the HTTP status
     * @param headers all headers of the answer
     * @return the head
     */
    public static ProviderHead of(int status, MultiMap headers) {
        Map<String, String> relayed = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("x-request-id")) {
                relayed.put(PROVIDER_REQUEST_ID, value);
            } else if (NAMES.contains(lower)
                    || lower.startsWith("x-ratelimit-")
                    || lower.startsWith("anthropic-ratelimit-")) {
                relayed.put(lower, value);
            }
        });
        return new ProviderHead(status, Map.copyOf(relayed));
    }
}
