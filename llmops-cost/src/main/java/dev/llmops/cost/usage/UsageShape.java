package dev.llmops.cost.usage;

/**
 * The forms in which providers report usage.
 *
 * @since 0.1.0
 */
public enum UsageShape {
    /**
     * OpenAI's chat completions, and the many servers that copy them: {@code usage.prompt_tokens}, details inside. Reads
     * the additions of DeepSeek, xAI, Perplexity, Groq, Mistral, OpenRouter and vLLM too.
     */
    OPENAI_CHAT,
    /** OpenAI's responses, images, transcriptions and realtime: {@code usage.input_tokens}, details inside. */
    OPENAI_RESPONSES,
    /** Anthropic's messages: {@code usage.input_tokens}, cache reads and writes beside it. */
    ANTHROPIC_MESSAGES,
    /** Gemini's content generation: {@code usageMetadata}, thoughts and tool prompts beside the totals. */
    GEMINI_GENERATE_CONTENT,
    /** Amazon Bedrock's converse: {@code usage.inputTokens}, cache reads and writes beside it. */
    BEDROCK_CONVERSE,
    /** Cohere's chat, embed and rerank: {@code usage.billed_units} or {@code meta.billed_units}. */
    COHERE
}
