package dev.llmops.core.response;

import dev.llmops.core.LlmCall;
import dev.llmops.core.internal.JsonFields;
import dev.llmops.core.record.TokenUsage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of one event of a provider: of OpenAI's chat completions and responses, Anthropic's messages, Gemini, Ollama, and
 * what is compatible with them. The names of the fields tell the formats apart.
 */
final class WireEvent implements JsonFields.Visitor {

    private static final long UNKNOWN = -1;

    /** The types of the events that end a stream, of Anthropic and of OpenAI's responses. */
    private static final Set<String> LAST = Set.of("message_stop", "response.completed", "response.incomplete");

    private final LlmCall call;
    private String type = "";
    private String delta = "";
    private boolean hasContent;
    private boolean hasReasoning;
    private boolean hasOllamaText;
    private boolean isOllama;
    private boolean isThought;
    private boolean isExclusive;
    private int choice;
    private long input = UNKNOWN;
    private long output = UNKNOWN;
    private long cached = UNKNOWN;
    private long cacheWrite = UNKNOWN;
    private long reasoning = UNKNOWN;
    private long thoughts;

    private WireEvent(LlmCall call) {
        this.call = call;
    }

    /**
     * Reports an event of a stream to its call.
     *
     * @return the event, or null if the data is no complete JSON
     */
    static @Nullable WireEvent reportChunk(String data, LlmCall call) {
        WireEvent event = reportWhole(data, call);
        if (event != null) {
            event.reportContent();
        }
        return event;
    }

    /**
     * Reports a whole response to its call.
     *
     * @return the response, or null if the data is no complete JSON
     */
    static @Nullable WireEvent reportWhole(String data, LlmCall call) {
        WireEvent event = new WireEvent(call);
        if (!JsonFields.scan(data, event)) {
            return null;
        }
        event.reportUsage();
        return event;
    }

    /** Returns true if nothing follows this event. */
    boolean isLast() {
        return LAST.contains(type);
    }

    @Override
    public void field(String parent, String key, @Nullable String value) {
        if (value == null || value.equals("null")) {
            return;
        }
        switch (key) {
            case "model", "modelVersion" -> {
                if (parent.isEmpty() || parent.equals("message") || parent.equals("response")) {
                    call.responseModel(value);
                }
            }
            case "type" -> type = parent.isEmpty() ? value : type;
            case "delta" -> delta = parent.isEmpty() ? value : delta;
            case "index" ->
                choice = parent.equals("choices") || parent.equals("candidates") ? (int) count(value) : choice;
            case "finish_reason", "finishReason", "stop_reason", "done_reason" -> call.finishReason(choice, value);
            case "status" -> status(parent, value);
            case "done" -> isOllama |= parent.isEmpty();
            case "thought" -> isThought |= parent.equals("parts") && value.equals("true");
            default -> {
                text(parent, key, value);
                tokens(key, value);
            }
        }
    }

    /** The Responses API has no finish reasons: an incomplete response says why in its details. */
    private void status(String parent, String value) {
        boolean isResponse = parent.equals("response") || parent.isEmpty();
        if (isResponse && (value.equals("completed") || value.equals("incomplete"))) {
            call.finishReason(0, value.equals("completed") ? "stop" : value);
        }
    }

    private void text(String parent, String key, String value) {
        if (value.isEmpty()) {
            return;
        }
        switch (parent + "." + key) {
            case "delta.content",
                    "delta.text",
                    "delta.partial_json",
                    "choices.text",
                    "function.arguments",
                    "parts.text",
                    "token.text" -> hasContent = true;
            case "delta.reasoning_content", "delta.reasoning", "delta.thinking" -> hasReasoning = true;
            case "message.content", ".response" -> hasOllamaText = true;
            default -> {}
        }
    }

    private void tokens(String key, String value) {
        switch (key) {
            case "prompt_tokens", "input_tokens", "promptTokenCount", "prompt_eval_count" -> input = count(value);
            case "completion_tokens", "output_tokens", "candidatesTokenCount", "eval_count" -> output = count(value);
            case "cached_tokens", "cachedContentTokenCount" -> cached = count(value);
            case "cache_read_input_tokens" -> {
                cached = count(value);
                isExclusive = true;
            }
            case "cache_creation_input_tokens" -> {
                cacheWrite = count(value);
                isExclusive = true;
            }
            case "reasoning_tokens" -> reasoning = count(value);
            case "thoughtsTokenCount" -> thoughts = Math.max(0, count(value));
            default -> {}
        }
    }

    private static long count(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }

    private void reportContent() {
        boolean isResponseText = type.startsWith("response.") && type.endsWith(".delta") && !delta.isEmpty();
        boolean isReasoning = hasReasoning || isThought || (isResponseText && type.contains("reasoning"));
        boolean isContent = hasContent || isResponseText || (isOllama && hasOllamaText);
        if (isReasoning) {
            call.reasoningChunk(1);
        } else {
            call.chunk(isContent ? 1 : 0);
        }
    }

    /** Anthropic counts cached tokens beside the input, the others within it. */
    private void reportUsage() {
        if (input == UNKNOWN && output == UNKNOWN) {
            return;
        }
        boolean isAnthropic = isExclusive || type.startsWith("message");
        long total = output == UNKNOWN ? UNKNOWN : output + thoughts;
        TokenUsage usage = isAnthropic ? TokenUsage.exclusive(input, total) : TokenUsage.inclusive(input, total);
        usage = cached > 0 ? usage.cachedInput(cached) : usage;
        usage = cacheWrite > 0 ? usage.cacheWrite(cacheWrite) : usage;
        long thought = Math.max(reasoning, thoughts);
        usage = thought > 0 ? usage.reasoning(thought) : usage;
        call.mergeUsage(usage);
    }
}
