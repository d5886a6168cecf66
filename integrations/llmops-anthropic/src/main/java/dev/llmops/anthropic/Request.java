package dev.llmops.anthropic;

import com.anthropic.core.JsonField;
import com.anthropic.models.messages.MessageCreateParams;
import dev.llmops.core.LlmCall;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What a call knows of its request.
 *
 * @param params the request, or null if it is none that is known
 * @param isRaw true if the application asked for the raw response
 */
@SuppressWarnings("deprecation") // deprecated parameters are sent all the same
record Request(@Nullable MessageCreateParams params, boolean isRaw) {

    private static final String UNKNOWN = "unknown";
    private static final String PREFIX = "gen_ai.request.";

    static Request of(Method method, Object params) {
        boolean isRaw = method.getDeclaringClass().getName().endsWith("$WithRawResponse");
        return new Request(params instanceof MessageCreateParams message ? message : null, isRaw);
    }

    String model() {
        return params == null
                ? UNKNOWN
                : params._model().asKnown().map(Object::toString).orElse(UNKNOWN);
    }

    @Nullable
    String user() {
        return params == null
                ? null
                : params._metadata()
                        .asKnown()
                        .flatMap(metadata -> metadata._userId().asKnown())
                        .orElse(null);
    }

    void addAttributesTo(LlmCall call) {
        if (params == null) {
            return;
        }
        add(call, "max_tokens", params._maxTokens());
        params._stopSequences().asKnown().ifPresent(stops -> call.attribute(PREFIX + "stop_sequences", stops));
    }

    private static void add(LlmCall call, String name, JsonField<Long> value) {
        value.asKnown().ifPresent(known -> call.attribute(PREFIX + name, known));
    }
}
