package dev.llmops.endings;

import java.util.List;

/** The answer that every dialect gives: four tokens, for an input of 21 tokens of which 8 were cached. */
public final class Answer {

    /** The model that OpenAI's dialects answer as. */
    public static final String OPENAI_MODEL = "gpt-4o";

    /** The model that Anthropic's dialect answers as. */
    public static final String ANTHROPIC_MODEL = "claude-sonnet-4-5";

    /** All tokens of the input, cached ones included. */
    public static final long INPUT_TOKENS = 21;

    /** The cached tokens of the input. */
    public static final long CACHED_TOKENS = 8;

    /** The tokens of the answer, and of a request for a tool. */
    public static final long OUTPUT_TOKENS = 4;

    /** The answer, a piece for each token. */
    public static final List<String> TOKENS = List.of("One", " two", " three", " four");

    /** The answer as a whole. */
    public static final String TEXT = String.join("", TOKENS);

    /** The tool that the model asks for, whose argument is {@code city}. */
    public static final String TOOL = "weather";

    static final String TOOL_ARGUMENTS = "{\\\"city\\\":\\\"Paris\\\"}";

    private Answer() {}
}
