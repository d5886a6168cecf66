package dev.llmops.samples.gateway.mock;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An OpenAI response, whole and streamed. */
final class ResponseShape implements MockShape {

    private final String id;
    private final String itemId;
    private final String model;
    private final @Nullable MockTool tool;
    private final StringBuilder text = new StringBuilder();
    private int sequence;

    /**
     * @param tool the tool that is called; null for a text
     */
    ResponseShape(long seed, String model, @Nullable MockTool tool) {
        id = "resp_mock_" + Long.toHexString(seed);
        itemId = (tool == null ? "msg_mock_" : "fc_mock_") + Long.toHexString(seed);
        this.model = model;
        this.tool = tool;
    }

    @Override
    public List<MockEvent> head() {
        ObjectNode created = event("response.created");
        created.set("response", envelope("in_progress"));
        ObjectNode item = event("response.output_item.added").put("output_index", 0);
        item.set("item", item("in_progress", ""));
        if (tool != null) {
            return List.of(MockEvent.typed(created), MockEvent.typed(item));
        }
        ObjectNode part = event("response.content_part.added");
        place(part);
        part.set("part", outputText(""));
        return List.of(MockEvent.typed(created), MockEvent.typed(item), MockEvent.typed(part));
    }

    @Override
    public MockEvent text(String piece, boolean reasoning) {
        ObjectNode delta = event(
                reasoning
                        ? "response.reasoning_text.delta"
                        : tool == null ? "response.output_text.delta" : "response.function_call_arguments.delta");
        place(delta);
        if (!reasoning) {
            text.append(piece);
        }
        return MockEvent.typed(delta.put("delta", piece));
    }

    @Override
    public List<MockEvent> tail(MockPlan plan, boolean includeUsage) {
        ObjectNode done = event(tool == null ? "response.output_text.done" : "response.function_call_arguments.done");
        place(done);
        done.put(tool == null ? "text" : "arguments", text.toString());
        ObjectNode item = event("response.output_item.done").put("output_index", 0);
        item.set("item", item("completed", text.toString()));
        ObjectNode completed = event(plan.cutByLimit ? "response.incomplete" : "response.completed");
        completed.set("response", whole(plan, "", text.toString()));
        return List.of(MockEvent.typed(done), MockEvent.typed(item), MockEvent.typed(completed));
    }

    @Override
    public ObjectNode whole(MockPlan plan, String reasoning, String content) {
        text.setLength(0);
        text.append(content);
        ObjectNode response = envelope(plan.cutByLimit ? "incomplete" : "completed");
        if (plan.cutByLimit) {
            response.putObject("incomplete_details").put("reason", "max_output_tokens");
        }
        response.withArrayProperty("output").add(item("completed", content));
        if (plan.fault != MockFault.USAGE_MISSING) {
            OpenAiUsage.writeForResponse(response, plan);
        }
        return response;
    }

    private ObjectNode event(String type) {
        return JsonMapper.shared().createObjectNode().put("type", type).put("sequence_number", sequence++);
    }

    private void place(ObjectNode event) {
        event.put("item_id", itemId).put("output_index", 0).put("content_index", 0);
    }

    private ObjectNode envelope(String status) {
        ObjectNode response = JsonMapper.shared()
                .createObjectNode()
                .put("id", id)
                .put("object", "response")
                .put("created_at", 0)
                .put("status", status)
                .put("model", model)
                .putNull("error")
                .putNull("incomplete_details")
                .put("parallel_tool_calls", true)
                .put("tool_choice", "auto");
        response.putArray("tools");
        response.putArray("output");
        return response;
    }

    /** Returns the message, or the call of the tool. */
    private ObjectNode item(String status, String content) {
        ObjectNode item =
                JsonMapper.shared().createObjectNode().put("id", itemId).put("status", status);
        if (tool != null) {
            return item.put("type", "function_call")
                    .put("call_id", id.replace("resp", "call"))
                    .put("name", tool.name())
                    .put("arguments", content);
        }
        ArrayNode parts = item.put("type", "message").put("role", "assistant").putArray("content");
        if (!content.isEmpty()) {
            parts.add(outputText(content));
        }
        return item;
    }

    private static ObjectNode outputText(String text) {
        ObjectNode part = JsonMapper.shared()
                .createObjectNode()
                .put("type", "output_text")
                .put("text", text);
        part.putArray("annotations");
        return part;
    }
}
