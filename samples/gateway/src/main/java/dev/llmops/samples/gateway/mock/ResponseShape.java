package dev.llmops.samples.gateway.mock;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An OpenAI response, whole and streamed. */
final class ResponseShape implements MockShape {

    private final String id;
    private final String itemId;
    private final String model;
    private final StringBuilder text = new StringBuilder();
    private int sequence;

    ResponseShape(long seed, String model) {
        id = "resp_mock_" + Long.toHexString(seed);
        itemId = "msg_mock_" + Long.toHexString(seed);
        this.model = model;
    }

    @Override
    public List<MockEvent> head() {
        ObjectNode created = event("response.created");
        created.set("response", envelope("in_progress"));
        ObjectNode item = event("response.output_item.added").put("output_index", 0);
        message(item.putObject("item"), "in_progress");
        ObjectNode part = event("response.content_part.added");
        place(part);
        part.set("part", outputText(""));
        return List.of(MockEvent.typed(created), MockEvent.typed(item), MockEvent.typed(part));
    }

    @Override
    public MockEvent text(String piece, boolean reasoning) {
        ObjectNode delta = event(reasoning ? "response.reasoning_text.delta" : "response.output_text.delta");
        place(delta);
        if (!reasoning) {
            text.append(piece);
        }
        return MockEvent.typed(delta.put("delta", piece));
    }

    @Override
    public List<MockEvent> tail(MockPlan plan, boolean includeUsage) {
        ObjectNode done = event("response.output_text.done");
        place(done);
        done.put("text", text.toString());
        ObjectNode item = event("response.output_item.done").put("output_index", 0);
        item.set("item", message(JsonMapper.shared().createObjectNode(), "completed"));
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
        ObjectNode item = message(response.withArrayProperty("output").addObject(), "completed");
        item.withArrayProperty("content").add(outputText(content));
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

    private ObjectNode message(ObjectNode item, String status) {
        item.put("id", itemId).put("type", "message").put("role", "assistant").put("status", status);
        item.putArray("content");
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
