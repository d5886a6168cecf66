package dev.llmops.openai;

import dev.llmops.core.record.Operation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The methods of the client that call a model. Services are known by name, which is the same for a service, its asynchronous
 * and its raw form, so that a client that lacks one of them links all the same.
 */
final class Endpoints {

    private static final String SERVICES = "com.openai.services.";

    private static final Map<String, Operation> OPERATIONS = Map.of(
            "chat.ChatCompletionService", Operation.CHAT,
            "ResponseService", Operation.CHAT,
            "CompletionService", Operation.TEXT_COMPLETION,
            "EmbeddingService", Operation.EMBEDDINGS,
            "ImageService", Operation.GENERATE_CONTENT,
            "ModerationService", new Operation("moderation"),
            "audio.SpeechService", new Operation("speech"),
            "audio.TranscriptionService", new Operation("transcription"),
            "audio.TranslationService", new Operation("translation"));

    private static final Set<String> METHODS = Set.of(
            "create", "createStreaming", "generate", "generateStreaming", "edit", "editStreaming", "createVariation");

    private Endpoints() {}

    static @Nullable Operation operation(Method method) {
        return METHODS.contains(method.getName()) ? OPERATIONS.get(service(method.getDeclaringClass())) : null;
    }

    static boolean isStreaming(Method method) {
        return method.getName().endsWith("Streaming");
    }

    /** Returns true for the interfaces of the client and its services, which lead to methods that call a model. */
    static boolean isPartOfClient(Class<?> type) {
        String name = type.getName();
        return type.isInterface() && (name.startsWith("com.openai.client.") || name.startsWith(SERVICES));
    }

    private static String service(Class<?> type) {
        String name = type.getName();
        if (!name.startsWith(SERVICES)) {
            return "";
        }
        return name.substring(name.indexOf('.', SERVICES.length()) + 1)
                .replace("$WithRawResponse", "")
                .replace("Async", "");
    }
}
