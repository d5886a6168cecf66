package dev.llmops.samples.gateway.chat;

import dev.llmops.samples.gateway.calls.ModelRequest;
import dev.llmops.samples.gateway.http.JsonBody;
import dev.llmops.samples.gateway.http.Route;
import dev.llmops.samples.gateway.provider.ApiFormat;
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
                json.requiredString("prompt", Route.DEFAULT_MAX_BODY_BYTES),
                json.requiredInt("budget_ms", 1, MAX_BUDGET_MILLIS),
                json.string("model", JsonBody.MAX_NAME),
                json.string("feature", JsonBody.MAX_NAME),
                json.flag("stream"));
        json.check();
        return request;
    }

    /** Returns the request to the model, which always streams: its timing is measured and a late answer keeps its start. */
    ModelRequest toModelRequest(String defaultModel) {
        String asked = Objects.requireNonNullElse(model, defaultModel);
        ObjectNode body =
                JsonMapper.shared().createObjectNode().put("model", asked).put("stream", true);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        ObjectNode fallback = body.deepCopy();
        body.putObject("stream_options").put("include_usage", true);
        return new ModelRequest(
                ApiFormat.CHAT, asked, userId, feature, body, fallback, Duration.ofMillis(budgetMillis));
    }
}
