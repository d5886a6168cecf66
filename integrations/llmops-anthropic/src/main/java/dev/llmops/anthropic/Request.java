package dev.llmops.anthropic;

import com.anthropic.core.JsonField;
import com.anthropic.models.beta.messages.BetaMetadata;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Metadata;
import dev.llmops.core.LlmCall;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a request, to the stable or the beta service, that its call keeps.
 *
 * @param model the requested model, or {@code unknown} if the request names none
 * @param user the end user whom the request names, or null
 * @param maxTokens the limit of the answer
 * @param stopSequences the texts that end the answer
 * @param system the instructions
 * @param messages the messages
 * @param isRaw true if the application asked for the raw response
 */
record Request(
        String model,
        @Nullable String user,
        Optional<Long> maxTokens,
        Optional<List<String>> stopSequences,
        Object system,
        Object messages,
        boolean isRaw) {

    private static final String UNKNOWN = "unknown";
    private static final String PREFIX = "gen_ai.request.";

    static Request of(Method method, Object params) {
        boolean isRaw = method.getDeclaringClass().getName().endsWith("$WithRawResponse");
        if (params instanceof MessageCreateParams stable) {
            return of(stable, isRaw);
        }
        return params instanceof com.anthropic.models.beta.messages.MessageCreateParams beta
                ? of(beta, isRaw)
                : new Request(UNKNOWN, null, Optional.empty(), Optional.empty(), "", "", isRaw);
    }

    private static Request of(MessageCreateParams params, boolean isRaw) {
        return new Request(
                name(params._model()),
                text(params._metadata().asKnown().map(Metadata::_userId)),
                params._maxTokens().asKnown(),
                params._stopSequences().asKnown(),
                params._system(),
                params._messages(),
                isRaw);
    }

    private static Request of(com.anthropic.models.beta.messages.MessageCreateParams params, boolean isRaw) {
        return new Request(
                name(params._model()),
                text(params._metadata().asKnown().map(BetaMetadata::_userId)),
                params._maxTokens().asKnown(),
                params._stopSequences().asKnown(),
                params._system(),
                params._messages(),
                isRaw);
    }

    private static String name(JsonField<?> model) {
        Optional<?> known = model.asKnown();
        return known.map(Object::toString).orElse(UNKNOWN);
    }

    private static @Nullable String text(Optional<JsonField<String>> field) {
        return field.flatMap(JsonField::asKnown).orElse(null);
    }

    void addTo(LlmCall call) {
        maxTokens.ifPresent(limit -> call.attribute(PREFIX + "max_tokens", limit));
        stopSequences.ifPresent(stops -> call.attribute(PREFIX + "stop_sequences", stops));
        if (call.capturesContent()) {
            call.input(PromptText.of(system, messages));
        }
    }
}
