package dev.llmops.core.record;

/**
 * The operation of a call, in the vocabulary of OpenTelemetry's {@code gen_ai.operation.name}. The vocabulary is
 * open: {@code new Operation("my_operation")} is as good as a constant.
 *
 * @param name lower-case name, such as {@code chat}; never blank
 * @since 0.1.0
 */
public record Operation(String name) {

    static final Operation UNKNOWN = new Operation("unknown");

    /** A chat completion. */
    public static final Operation CHAT = new Operation("chat");

    /** Multimodal content generation. */
    public static final Operation GENERATE_CONTENT = new Operation("generate_content");

    /** A completion of plain text. */
    public static final Operation TEXT_COMPLETION = new Operation("text_completion");

    /** Embedding vectors. */
    public static final Operation EMBEDDINGS = new Operation("embeddings");

    /** A search for documents. */
    public static final Operation RETRIEVAL = new Operation("retrieval");

    /** An agent at work. */
    public static final Operation INVOKE_AGENT = new Operation("invoke_agent");

    /** A tool at work. */
    public static final Operation EXECUTE_TOOL = new Operation("execute_tool");

    /**
     * Names an operation.
     *
     * @param name lower-case name
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public Operation {
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "operation is blank ('" + name + "') — lower-case words are allowed — pass e.g. chat");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
