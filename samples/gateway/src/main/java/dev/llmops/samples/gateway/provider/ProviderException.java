package dev.llmops.samples.gateway.provider;

import dev.llmops.core.record.CallError;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** An error reported by the provider: as an HTTP status with a body, or as an object in a stream. */
public final class ProviderException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient CallError error;
    private final transient JsonNode body;

    ProviderException(CallError error, JsonNode body) {
        super("the provider answered with an error");
        this.error = error;
        this.body = body;
    }

    static ProviderException of(CallError error, String body) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            root = MissingNode.getInstance();
        }
        return new ProviderException(error, root);
    }

    /**
     * Returns the classified error.
     *
     * @return kind, type, HTTP status and message
     */
    public CallError error() {
        return error;
    }

    /**
     * Returns the provider's own type of the error.
     *
     * @return null if the provider gave none
     */
    public @Nullable String type() {
        return object().path("type").stringValue(null);
    }

    /**
     * Returns the parameter that the provider names.
     *
     * @return null if the provider named none
     */
    public @Nullable String param() {
        return object().path("param").stringValue(null);
    }

    /**
     * Returns the provider's own code of the error.
     *
     * @return a string or a number as text; null if the provider gave none
     */
    public @Nullable String code() {
        JsonNode code = object().path("code");
        return code.isString() || code.isNumber() ? code.asString() : null;
    }

    private JsonNode object() {
        // Events of a response hold the error inside the response.
        JsonNode holder = body.path("response").isObject() ? body.path("response") : body;
        return holder.path("error").isObject() ? holder.path("error") : body;
    }
}
