package dev.llmops.samples.gateway.mock;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An error of the provider: an HTTP status with a body, or the same body inside a stream. */
record MockError(
        int status,
        String type,
        @Nullable String code,
        String message,
        @Nullable String retryAfter) {

    static MockError badRequest(String message) {
        return new MockError(400, "invalid_request_error", null, message, null);
    }

    static MockError notFound(String path) {
        return new MockError(404, "invalid_request_error", null, "unknown path " + path, null);
    }

    static MockError unknownModel(String name) {
        return new MockError(
                404, "invalid_request_error", "model_not_found", "The model '" + name + "' does not exist.", null);
    }

    static MockError of(MockFault fault) {
        return switch (fault) {
            case RATE_LIMITED ->
                new MockError(
                        429, "requests", "rate_limit_exceeded", "Rate limit reached: 60 requests per minute.", "2");
            case OUT_OF_MEMORY ->
                new MockError(
                        500,
                        "internal_server_error",
                        null,
                        "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.15 GiB of which"
                                + " 1.06 GiB is free.",
                        null);
            case ERROR_BEFORE_FIRST_TOKEN ->
                new MockError(503, "overloaded_error", null, "The server is overloaded.", null);
            case ERROR_MID_STREAM ->
                new MockError(
                        500,
                        "internal_server_error",
                        null,
                        "CUDA error: an illegal memory access was encountered",
                        null);
            case CONNECTION_DROP, STALL, MALFORMED_CHUNK, USAGE_MISSING ->
                throw new IllegalArgumentException(fault + " carries no error object");
        };
    }

    String json() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.putObject("error")
                .put("message", message)
                .put("type", type)
                .putNull("param")
                .put("code", code);
        return root.toString();
    }
}
