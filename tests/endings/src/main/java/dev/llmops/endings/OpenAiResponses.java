package dev.llmops.endings;

import java.util.List;

/** OpenAI's responses. */
final class OpenAiResponses implements Dialect {

    private static final String USAGE = "{\"input_tokens\":21,\"input_tokens_details\":{\"cached_tokens\":8},"
            + "\"output_tokens\":4,\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":25}";
    private static final String MESSAGE = "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"completed\","
            + "\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"" + Answer.TEXT
            + "\",\"annotations\":[]}]}";
    private static final String TOOL_CALL = "{\"id\":\"fc_1\",\"type\":\"function_call\",\"status\":\"completed\","
            + "\"call_id\":\"call_1\",\"name\":\"" + Answer.TOOL + "\",\"arguments\":\"" + Answer.TOOL_ARGUMENTS
            + "\"}";

    private int sequence;

    @Override
    public List<Event> start() {
        return List.of(event("response.created", ",\"response\":" + response("in_progress", "", "null")));
    }

    @Override
    public Event token(String text) {
        return event(
                "response.output_text.delta",
                ",\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"logprobs\":[],\"delta\":\"" + text
                        + "\"");
    }

    @Override
    public List<Event> end() {
        return List.of(event("response.completed", ",\"response\":" + body()));
    }

    @Override
    public List<Event> toolCall() {
        return List.of(
                event("response.output_item.done", ",\"output_index\":0,\"item\":" + TOOL_CALL),
                event("response.completed", ",\"response\":" + toolBody()));
    }

    @Override
    public Event error() {
        return event("error", ",\"code\":\"server_error\",\"message\":\"The server had an error\",\"param\":null");
    }

    @Override
    public String body() {
        return response("completed", MESSAGE, USAGE);
    }

    @Override
    public String toolBody() {
        return response("completed", TOOL_CALL, USAGE);
    }

    @Override
    public String errorBody() {
        return new OpenAiChat().errorBody();
    }

    private Event event(String type, String rest) {
        return new Event(type, "{\"type\":\"" + type + "\",\"sequence_number\":" + sequence++ + rest + "}");
    }

    private static String response(String status, String output, String usage) {
        return "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1790000000,\"status\":\"" + status
                + "\",\"error\":null,\"incomplete_details\":null,\"instructions\":null,\"metadata\":{},\"model\":\""
                + Answer.OPENAI_MODEL + "\",\"output\":[" + output + "],\"parallel_tool_calls\":true,"
                + "\"temperature\":1.0,\"tool_choice\":\"auto\",\"tools\":[],\"top_p\":1.0,\"usage\":" + usage + "}";
    }
}
