package dev.llmops.samples.gateway.provider;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request to the provider.
 *
 * @param format the format of the request and its answer; gives the path
 * @param body the request; its {@code stream} decides in which shape the answer comes
 * @param fallback sent instead if the provider refuses {@code stream_options}; null if the client asked for them itself
 * @param headers additional headers
 */
public record ProviderRequest(
        ApiFormat format, JsonNode body, @Nullable JsonNode fallback, Map<String, String> headers) {

    /**
     * Creates a request that has no other form.
     *
     * @param format the format of the request and its answer
     * @param body the request
     * @param headers additional headers
     * @return the request
     */
    public static ProviderRequest of(ApiFormat format, JsonNode body, Map<String, String> headers) {
        return new ProviderRequest(format, body, null, headers);
    }

    boolean isStreaming() {
        return body.path("stream").asBoolean(false);
    }

    /** Returns the number of choices that the request asks for. */
    int choices() {
        return Math.max(1, body.path("n").asInt(1));
    }
}
