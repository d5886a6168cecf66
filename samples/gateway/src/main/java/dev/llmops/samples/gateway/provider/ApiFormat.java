package dev.llmops.samples.gateway.provider;

import dev.llmops.core.record.Operation;
import java.util.List;

/** The request formats that the gateway relays and measures. */
// Immutable, though not annotated so: a record of a text, and lists of List.of.
@SuppressWarnings("ImmutableEnumChecker")
public enum ApiFormat {
    /** Chat completions. */
    CHAT("/chat/completions", Operation.CHAT, List.of("messages")),
    /** Text completions, the older form. */
    COMPLETIONS("/completions", Operation.TEXT_COMPLETION, List.of("prompt")),
    /** OpenAI's responses. */
    RESPONSES("/responses", Operation.CHAT, List.of("instructions", "input")),
    /** Anthropic's messages. */
    MESSAGES("/messages", Operation.CHAT, List.of("system", "messages")),
    /** Embeddings. */
    EMBEDDINGS("/embeddings", Operation.EMBEDDINGS, List.of("input")),
    /** Moderations. */
    MODERATIONS("/moderations", new Operation("moderation"), List.of("input"));

    private final String path;
    private final Operation operation;
    private final List<String> promptFields;

    ApiFormat(String path, Operation operation, List<String> promptFields) {
        this.path = path;
        this.operation = operation;
        this.promptFields = promptFields;
    }

    /**
     * Returns the path below the base URL.
     *
     * @return such as {@code /chat/completions}
     */
    public String path() {
        return path;
    }

    /**
     * Returns the operation under which calls are recorded.
     *
     * @return the operation
     */
    public Operation operation() {
        return operation;
    }

    /**
     * Returns the fields of a request that hold its prompt.
     *
     * @return their names, in the order in which the model reads them
     */
    public List<String> promptFields() {
        return promptFields;
    }

    /**
     * Returns true if the model generates output tokens.
     *
     * @return false for embeddings and moderations
     */
    public boolean generates() {
        return this != EMBEDDINGS && this != MODERATIONS;
    }

    AnswerReader newReader(ProviderRequest request) {
        return switch (this) {
            case CHAT, COMPLETIONS -> new ChoicesReader(request.choices(), request.isStreaming());
            case RESPONSES -> new ResponsesReader();
            case MESSAGES -> new MessagesReader();
            case EMBEDDINGS, MODERATIONS -> new PlainReader();
        };
    }
}
