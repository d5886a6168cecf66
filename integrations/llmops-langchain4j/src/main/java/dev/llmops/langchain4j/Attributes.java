package dev.llmops.langchain4j;

import dev.langchain4j.model.chat.ChatRequestOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes of a request, which LangChain4j hands to its listeners. */
final class Attributes {

    private Attributes() {}

    static Map<?, ?> of(@Nullable ChatRequestOptions options) {
        Map<?, ?> attributes = options == null ? null : options.listenerAttributes();
        return attributes == null ? Map.of() : attributes;
    }
}
