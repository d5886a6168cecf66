package dev.llmops.samples.gateway.chat;

import dev.llmops.samples.gateway.calls.ModelRequest;
import dev.llmops.samples.gateway.http.BodyReader;
import dev.llmops.samples.gateway.http.JsonBody;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The body of {@code POST /chat}. */
record ChatRequest(
        String userId,
        String prompt,
        int budgetMillis,
        @Nullable String model,
        @Nullable String feature,
        boolean stream) {

    static final int MAX_BUDGET_MILLIS = 600_000;

    static ChatRequest parse(Buffer body) {
        JsonBody json = JsonBody.parse(body);
        ChatRequest request = new ChatRequest(
                json.requiredString("user_id", JsonBody.MAX_NAME),
                json.requiredString("prompt", BodyReader.MAX_BYTES),
                json.requiredInt("budget_ms", 1, MAX_BUDGET_MILLIS),
                json.string("model", JsonBody.MAX_NAME),
                json.string("feature", JsonBody.MAX_NAME),
                json.flag("stream"));
        json.check();
        return request;
    }

    /** The model is always asked to stream, so that its timing is seen and a late answer leaves what there is of it. */
    ModelRequest toModelRequest(String defaultModel) {
        String asked = Objects.requireNonNullElse(model, defaultModel);
        ObjectNode body =
                JsonMapper.shared().createObjectNode().put("model", asked).put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        return new ModelRequest(asked, userId, feature, body, Duration.ofMillis(budgetMillis));
    }
}
