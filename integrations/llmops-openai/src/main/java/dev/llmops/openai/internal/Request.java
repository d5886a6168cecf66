package dev.llmops.openai.internal;

import com.openai.core.JsonField;
import com.openai.models.ResponsesModel;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.translations.TranslationCreateParams;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.moderations.ModerationCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import dev.llmops.core.LlmCall;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a request that its call keeps.
 *
 * @param model the requested model, or {@code unknown} if the request leaves it to the server
 * @param choices the number of answers asked for
 * @param user the end user whom the request names, or null
 * @param spokenCharacters the number of characters to be spoken; 0 unless the answer is spoken audio
 * @param isRaw true if the application gets the response before it is read
 * @param attributes the parameters that the span conventions know
 */
@SuppressWarnings("deprecation") // deprecated parameters are sent all the same
public record Request(
        String model,
        int choices,
        @Nullable String user,
        long spokenCharacters,
        boolean isRaw,
        Map<String, Object> attributes) {

    private static final String UNKNOWN = "unknown";
    private static final String PREFIX = "gen_ai.request.";
    private static final int MAX_CHOICES = 256;

    public static Request of(Method method, Object params) {
        boolean isRaw = method.getDeclaringClass().getName().endsWith("$WithRawResponse");
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (params instanceof ChatCompletionCreateParams chat) {
            addChat(attributes, chat);
            return new Request(name(chat._model()), choices(chat._n()), text(chat._user()), 0, isRaw, attributes);
        }
        if (params instanceof ResponseCreateParams response) {
            add(attributes, "max_tokens", response._maxOutputTokens());
            add(attributes, "temperature", response._temperature());
            add(attributes, "top_p", response._topP());
            return new Request(name(response._model()), 1, text(response._user()), 0, isRaw, attributes);
        }
        if (params instanceof CompletionCreateParams completion) {
            addCompletion(attributes, completion);
            return new Request(
                    name(completion._model()),
                    choices(completion._n()),
                    text(completion._user()),
                    0,
                    isRaw,
                    attributes);
        }
        if (params instanceof SpeechCreateParams speech) {
            long characters = speech._input().asKnown().orElse("").length();
            return new Request(name(speech._model()), 1, null, characters, true, attributes);
        }
        return new Request(model(params, attributes), 1, null, 0, isRaw, attributes);
    }

    private static String model(Object params, Map<String, Object> attributes) {
        if (params instanceof EmbeddingCreateParams embedding) {
            embedding
                    ._dimensions()
                    .asKnown()
                    .ifPresent(dimensions -> attributes.put("gen_ai.embeddings.dimension.count", dimensions));
            return name(embedding._model());
        }
        if (params instanceof ImageGenerateParams image) {
            return name(image._model());
        }
        if (params instanceof ModerationCreateParams moderation) {
            return name(moderation._model());
        }
        if (params instanceof ImageEditParams edit) {
            return edit.model().map(Object::toString).orElse(UNKNOWN);
        }
        return audioModel(params);
    }

    private static String audioModel(Object params) {
        if (params instanceof TranscriptionCreateParams transcription) {
            return transcription.model().toString();
        }
        return params instanceof TranslationCreateParams translation
                ? translation.model().toString()
                : UNKNOWN;
    }

    private static void addChat(Map<String, Object> attributes, ChatCompletionCreateParams chat) {
        add(attributes, "max_tokens", chat._maxTokens());
        add(attributes, "max_tokens", chat._maxCompletionTokens());
        add(attributes, "temperature", chat._temperature());
        add(attributes, "top_p", chat._topP());
        add(attributes, "frequency_penalty", chat._frequencyPenalty());
        add(attributes, "presence_penalty", chat._presencePenalty());
        add(attributes, "seed", chat._seed());
        add(attributes, "choice.count", chat._n());
        chat._stop()
                .asKnown()
                .map(stop -> stop.string().map(List::of).or(stop::strings).orElse(List.of()))
                .ifPresent(stops -> attributes.put(PREFIX + "stop_sequences", stops));
    }

    private static void addCompletion(Map<String, Object> attributes, CompletionCreateParams completion) {
        add(attributes, "max_tokens", completion._maxTokens());
        add(attributes, "temperature", completion._temperature());
        add(attributes, "top_p", completion._topP());
        add(attributes, "seed", completion._seed());
        add(attributes, "choice.count", completion._n());
    }

    private static void add(Map<String, Object> attributes, String name, JsonField<? extends Number> value) {
        value.asKnown().ifPresent(known -> attributes.put(PREFIX + name, known));
    }

    private static int choices(JsonField<Long> n) {
        return (int) Math.max(1, Math.min(MAX_CHOICES, n.asKnown().orElse(1L)));
    }

    private static @Nullable String text(JsonField<String> field) {
        return field.asKnown().orElse(null);
    }

    /** Returns the name in a field that holds a model, which each endpoint declares as a type of its own. */
    static String name(JsonField<?> model) {
        Optional<?> known = model.asKnown();
        return known.map(value -> value instanceof ResponsesModel any ? name(any) : value.toString())
                .orElse(UNKNOWN);
    }

    private static String name(ResponsesModel model) {
        return model.string()
                .or(() -> model.chat().map(Object::toString))
                .or(() -> model.only().map(Object::toString))
                .orElse(UNKNOWN);
    }

    public void addAttributesTo(LlmCall call) {
        attributes.forEach((name, value) -> {
            if (value instanceof Long whole) {
                call.attribute(name, whole);
            } else if (value instanceof Double number) {
                call.attribute(name, number);
            } else if (value instanceof List<?> texts) {
                call.attribute(name, texts.stream().map(Object::toString).toList());
            }
        });
    }
}
