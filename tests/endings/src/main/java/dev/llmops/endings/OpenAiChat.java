package dev.llmops.endings;

import java.util.List;

/** OpenAI's chat completions. */
final class OpenAiChat implements Dialect {

    private static final String USAGE = "{\"prompt_tokens\":21,\"completion_tokens\":4,\"total_tokens\":25,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":8},\"completion_tokens_details\":{\"reasoning_tokens\":0}}";
    private static final String TOOL_CALL = "{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\""
            + Answer.TOOL + "\",\"arguments\":\"" + Answer.TOOL_ARGUMENTS + "\"}}";
    private static final Event DONE = Event.of("[DONE]");

    @Override
    public List<Event> start() {
        return List.of(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
    }

    @Override
    public Event token(String text) {
        return chunk("{\"content\":\"" + text + "\"}", "null");
    }

    @Override
    public List<Event> end() {
        return List.of(chunk("{}", "\"stop\""), usage(), DONE);
    }

    @Override
    public List<Event> toolCall() {
        String delta = "{\"tool_calls\":[" + TOOL_CALL.replaceFirst("\\{", "{\"index\":0,") + "]}";
        return List.of(chunk(delta, "null"), chunk("{}", "\"tool_calls\""), usage(), DONE);
    }

    @Override
    public Event error() {
        return Event.of(errorBody());
    }

    @Override
    public String body() {
        return completion("{\"role\":\"assistant\",\"content\":\"" + Answer.TEXT + "\",\"refusal\":null}", "stop");
    }

    @Override
    public String toolBody() {
        return completion(
                "{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":[" + TOOL_CALL + "]}",
                "tool_calls");
    }

    @Override
    public String errorBody() {
        return "{\"error\":{\"message\":\"The server had an error\",\"type\":\"server_error\",\"param\":null,"
                + "\"code\":\"server_error\"}}";
    }

    private static String completion(String message, String finishReason) {
        return head("chat.completion") + ",\"choices\":[{\"index\":0,\"message\":" + message
                + ",\"logprobs\":null,\"finish_reason\":\"" + finishReason + "\"}],\"usage\":" + USAGE + "}";
    }

    private static Event chunk(String delta, String finishReason) {
        return Event.of(head("chat.completion.chunk") + ",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}],\"usage\":null}");
    }

    private static Event usage() {
        return Event.of(head("chat.completion.chunk") + ",\"choices\":[],\"usage\":" + USAGE + "}");
    }

    private static String head(String object) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"" + object + "\",\"created\":1790000000,\"model\":\""
                + Answer.OPENAI_MODEL + "\",\"system_fingerprint\":\"fp_1\"";
    }
}
