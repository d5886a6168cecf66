package dev.llmops.endings;

import java.util.List;

/** Anthropic's messages, whose input tokens do not include cached ones. */
final class AnthropicMessages implements Dialect {

    private static final String TOOL_USE = "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"" + Answer.TOOL
            + "\",\"input\":{\"city\":\"Paris\"}}";

    @Override
    public List<Event> start() {
        return List.of(
                event("message_start", ",\"message\":" + message("", "null", 1)),
                event("content_block_start", ",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
                event("ping", ""));
    }

    @Override
    public Event token(String text) {
        return event(
                "content_block_delta", ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
    }

    @Override
    public List<Event> end() {
        return List.of(event("content_block_stop", ",\"index\":0"), delta("end_turn"), event("message_stop", ""));
    }

    @Override
    public List<Event> toolCall() {
        return List.of(
                event("content_block_stop", ",\"index\":0"),
                event(
                        "content_block_start",
                        ",\"index\":1,\"content_block\":" + TOOL_USE.replace("{\"city\":\"Paris\"}", "{}")),
                event(
                        "content_block_delta",
                        ",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\""
                                + Answer.TOOL_ARGUMENTS + "\"}"),
                event("content_block_stop", ",\"index\":1"),
                delta("tool_use"),
                event("message_stop", ""));
    }

    @Override
    public Event error() {
        return new Event("error", errorBody());
    }

    @Override
    public String body() {
        return message("{\"type\":\"text\",\"text\":\"" + Answer.TEXT + "\"}", "\"end_turn\"", 4);
    }

    @Override
    public String toolBody() {
        return message(TOOL_USE, "\"tool_use\"", 4);
    }

    @Override
    public String errorBody() {
        return "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";
    }

    private static Event delta(String stopReason) {
        return event(
                "message_delta",
                ",\"delta\":{\"stop_reason\":\"" + stopReason
                        + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":4}");
    }

    private static Event event(String type, String rest) {
        return new Event(type, "{\"type\":\"" + type + "\"" + rest + "}");
    }

    private static String message(String content, String stopReason, int outputTokens) {
        return "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"" + Answer.ANTHROPIC_MODEL
                + "\",\"content\":[" + content + "],\"stop_reason\":" + stopReason + ",\"stop_sequence\":null,"
                + "\"usage\":{\"input_tokens\":13,\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":8,"
                + "\"output_tokens\":" + outputTokens + "}}";
    }
}
