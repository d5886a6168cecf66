package dev.llmops.cost.usage;

import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.internal.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads usage, answering model, service tier and reported cost out of the raw bodies of providers.
 *
 * <p>A whole body or event stream is read at once by {@link #read}. For a stream that is being relayed, make a reader
 * and give it the JSON of each event with {@link #accept} as it passes. Not safe for use by several threads.
 *
 * <pre>{@code
 * UsageReading reading = UsageReader.read(Shape.ANTHROPIC_MESSAGES, "anthropic", responseBody);
 * call.usage(reading.usage());
 * }</pre>
 *
 * @since 0.1.0
 */
public final class UsageReader {

    private static final String DATA = "data:";

    private final Shape shape;
    private final String provider;
    private @Nullable ObjectNode usage;
    private @Nullable String model;
    private @Nullable String serviceTier;
    private final Set<String> searches = new HashSet<>();
    private boolean isGroundedOnMaps;
    private boolean isImageMade;

    /**
     * Makes a reader for one response.
     *
     * @param shape the form of the bodies
     * @param provider who sent them; some put reasoning beside the total where others have it inside
     */
    public UsageReader(Shape shape, String provider) {
        this.shape = shape;
        this.provider = provider.toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a whole response.
     *
     * @param shape the form of the body
     * @param provider who sent it
     * @param body a JSON object, a JSON array of events, one event a line, or a stream of server-sent events
     * @return what it says; usage is unknown if it says nothing of it
     * @throws IllegalArgumentException if the body is neither JSON nor an event stream
     */
    public static UsageReading read(Shape shape, String provider, String body) {
        UsageReader reader = new UsageReader(shape, provider);
        String trimmed = body.strip();
        if (trimmed.startsWith("{") || trimmed.startsWith("[")) {
            reader.acceptAll(trimmed);
        } else if (trimmed.contains(DATA)) {
            trimmed.lines()
                    .filter(line -> line.startsWith(DATA))
                    .forEach(line -> reader.accept(line.substring(DATA.length())));
        } else {
            throw new IllegalArgumentException("body (" + trimmed.length() + " characters"
                    + (trimmed.isEmpty() ? "" : ", the first is '" + trimmed.charAt(0) + "'")
                    + ") is not a response — allowed are JSON and an event stream — pass the body as it was received");
        }
        return reader.reading();
    }

    /**
     * Takes in one event of a stream. What is no JSON object, such as {@code [DONE]}, is passed over.
     *
     * @param eventJson the data of the event
     */
    public void accept(String eventJson) {
        if (eventJson.strip().startsWith("{")) {
            try {
                accept(Json.json(eventJson));
            } catch (IllegalArgumentException e) {
                // A malformed event says nothing about usage; relaying and reporting it is the client's part.
            }
        }
    }

    private void acceptAll(String json) {
        try {
            accept(Json.json(json));
        } catch (IllegalArgumentException e) {
            List<String> lines = json.lines().toList();
            if (lines.size() == 1 || !lines.stream().allMatch(line -> line.isBlank() || line.startsWith("{"))) {
                throw e;
            }
            lines.forEach(this::accept);
        }
    }

    private void accept(JsonNode event) {
        if (event.isArray()) {
            event.forEach(this::accept);
            return;
        }
        if (event.path("type").asString("").startsWith("conversation.item.input_audio_transcription")) {
            return; // What was heard in a realtime session is the usage of another model, and not of the response.
        }
        // The envelopes: Anthropic's message_start, OpenAI's response.completed, Bedrock's metadata, Groq's, Cohere's.
        for (JsonNode holder : new JsonNode[] {
            event,
            event.path("message"),
            event.path("response"),
            event.path("metadata"),
            event.path("x_groq"),
            event.path("delta")
        }) {
            model = textOr(model, holder.path("model"), holder.path("modelVersion"));
            serviceTier = textOr(
                    serviceTier,
                    holder.path("service_tier"),
                    holder.path("serviceTier").path("type"));
            merge(holder.path("usage"));
            merge(holder.path("usageMetadata"));
            if (holder.path("meta").has(CohereUsage.BILLED_UNITS)) {
                merge(holder.path("meta"));
            }
            countToolCalls(holder.path("output"));
        }
        event.path("candidates").forEach(this::noteSearches);
        // Moonshot reports the usage of a stream within its last choice, Mistral the pages of a document beside it.
        event.path("choices").forEach(choice -> merge(choice.path("usage")));
        merge(event.path("usage_info"));
        // A prompt router of Bedrock says there which model it chose.
        model = textOr(model, event.path("trace").path("promptRouter").path("invokedModelId"));
    }

    /** Later reports are cumulative: they replace what they name and leave the rest. */
    private void merge(JsonNode reported) {
        if (reported instanceof ObjectNode block && !block.isEmpty()) {
            if (usage == null) {
                usage = JsonNodeFactory.instance.objectNode();
            }
            ObjectNode known = usage;
            // Null says nothing: some servers name the details in one event and null them in the next.
            block.forEachEntry((name, value) -> {
                if (!value.isNull()) {
                    known.set(name, value);
                }
            });
        }
    }

    /** OpenAI's responses list what they bill apart from tokens as items of the output; code runs in containers. */
    private void countToolCalls(JsonNode output) {
        int webSearches = 0;
        int fileSearches = 0;
        Set<String> containers = new HashSet<>();
        for (JsonNode item : output) {
            switch (item.path("type").asString("")) {
                case "web_search_call" -> {
                    String action = item.path("action").path("type").asString("search");
                    webSearches += action.equals("search") ? 1 : 0;
                }
                case "file_search_call" -> fileSearches++;
                case "image_generation_call" -> isImageMade = true;
                case "code_interpreter_call" ->
                    containers.add(item.path("container_id").asString(""));
                default -> {
                    // Other items are tokens, or free.
                }
            }
        }
        if (webSearches + fileSearches + containers.size() > 0) {
            merge(JsonNodeFactory.instance
                    .objectNode()
                    .put(OpenAiUsage.WEB_SEARCH_CALLS, webSearches)
                    .put(OpenAiUsage.FILE_SEARCH_CALLS, fileSearches)
                    .put(OpenAiUsage.CONTAINERS, containers.size()));
        }
    }

    /** Gemini lists the queries of its grounding beside the answer, repeats them in streams, and bills no empty ones. */
    private void noteSearches(JsonNode candidate) {
        for (JsonNode query : candidate.path("groundingMetadata").path("webSearchQueries")) {
            if (!query.asString("").isBlank()) {
                searches.add(query.asString());
            }
        }
        for (JsonNode chunk : candidate.path("groundingMetadata").path("groundingChunks")) {
            isGroundedOnMaps |= chunk.path("maps").isObject();
        }
    }

    /**
     * Returns the reading so far.
     *
     * @return the reading; usage is unknown as long as no event reported any
     */
    public UsageReading reading() {
        if (usage == null) {
            return new UsageReading(TokenUsage.unknown(), model, serviceTier, null, null, null);
        }
        String unreadable = UnreadableCount.in(usage);
        if (unreadable != null) {
            return new UsageReading(TokenUsage.unknown(), model, serviceTier, null, null, unreadable);
        }
        if (usage.has(CohereUsage.BILLED_UNITS)) {
            return new UsageReading(CohereUsage.usage(usage), model, serviceTier, null, null, null);
        }
        return switch (shape) {
            case OPENAI_CHAT, OPENAI_RESPONSES ->
                new UsageReading(
                        // What an image model used within the response is not in its usage.
                        isImageMade
                                ? incomplete(OpenAiUsage.usage(usage, provider))
                                : OpenAiUsage.usage(usage, provider),
                        model,
                        serviceTier,
                        null,
                        OpenAiUsage.reportedCost(usage),
                        null);
            case ANTHROPIC_MESSAGES ->
                new UsageReading(
                        AnthropicUsage.usage(usage),
                        model,
                        AnthropicUsage.serviceTier(usage, serviceTier),
                        textOr(null, usage.path("inference_geo")),
                        null,
                        null);
            case GEMINI_GENERATE_CONTENT ->
                new UsageReading(
                        GeminiUsage.usage(usage, searches.size(), isGroundedOnMaps, model),
                        model,
                        textOr(serviceTier, usage.path("trafficType"), usage.path("serviceTier")),
                        null,
                        null,
                        null);
            case BEDROCK_CONVERSE ->
                new UsageReading(AnthropicUsage.converse(usage), model, serviceTier, null, null, null);
            case COHERE -> new UsageReading(CohereUsage.usage(usage), model, serviceTier, null, null, null);
        };
    }

    /** Returns the same counts as an estimate, for a response whose usage leaves out what another model used. */
    static TokenUsage incomplete(TokenUsage usage) {
        TokenUsage estimate = TokenUsage.estimated(usage.inputTokens(), usage.outputTokens())
                .cachedInput(usage.cachedInputTokens())
                .cacheWrite(usage.cacheWriteTokens())
                .reasoning(usage.reasoningTokens());
        for (Map.Entry<UsageKind, Long> detail : usage.details().entrySet()) {
            estimate = estimate.with(detail.getKey(), detail.getValue());
        }
        return estimate;
    }

    static @Nullable String textOr(@Nullable String otherwise, JsonNode... candidates) {
        String found = otherwise;
        for (JsonNode candidate : candidates) {
            found = candidate.isString() && !candidate.asString().isEmpty() ? candidate.asString() : found;
        }
        return found;
    }

    /** The first count that is there, or 0. */
    static long count(JsonNode node, String... names) {
        return Math.max(0, Count.of(node, names));
    }

    /** The forms in which providers report usage. */
    public enum Shape {
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
}
