package dev.llmops.openai;

import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionCreateParams;

/** Asks for the usage of a stream where the application said nothing about it. */
final class UsageRequest {

    private static final ChatCompletionStreamOptions INCLUDED =
            ChatCompletionStreamOptions.builder().includeUsage(true).build();

    private UsageRequest() {}

    static Object addTo(Object params, boolean isStreaming) {
        if (isStreaming
                && params instanceof ChatCompletionCreateParams chat
                && chat._streamOptions().isMissing()) {
            return chat.toBuilder().streamOptions(INCLUDED).build();
        }
        if (isStreaming
                && params instanceof CompletionCreateParams completion
                && completion._streamOptions().isMissing()) {
            return completion.toBuilder().streamOptions(INCLUDED).build();
        }
        return params;
    }
}
