package dev.llmops.samples.gateway.mock;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An Anthropic message, whole and streamed. */
final class MessageShape implements MockShape {

    private final String id;
    private final String model;
    private final MockPlan plan;
    private final @Nullable MockTool tool;
    private boolean thinking;
    private int block;

    /**
     * @param tool the tool that is called; null for a text
     */
    MessageShape(MockPlan plan, String model, @Nullable MockTool tool) {
        id = "msg_mock_" + Long.toHexString(plan.seed);
        this.model = model;
        this.plan = plan;
        this.tool = tool;
    }

    @Override
    public List<MockEvent> head() {
        thinking = plan.reasoningTokens > 0;
        ObjectNode start = event("message_start");
        ObjectNode message = envelope();
        usage(message, 0);
        start.set("message", message);
        return List.of(MockEvent.typed(start), blockStart());
    }

    private MockEvent blockStart() {
        ObjectNode start = event("content_block_start").put("index", block);
        ObjectNode content = start.putObject("content_block");
        if (tool != null && !thinking) {
            toolUse(content, tool).putObject("input");
        } else {
            content.put("type", thinking ? "thinking" : "text").put(thinking ? "thinking" : "text", "");
        }
        return MockEvent.typed(start);
    }

    @Override
    public MockEvent text(String text, boolean reasoning) {
        if (thinking && !reasoning) {
            thinking = false;
            block++;
        }
        ObjectNode delta = event("content_block_delta").put("index", block);
        String said = tool == null ? "text" : "partial_json";
        String type = tool == null ? "text_delta" : "input_json_delta";
        delta.putObject("delta")
                .put("type", reasoning ? "thinking_delta" : type)
                .put(reasoning ? "thinking" : said, text);
        return MockEvent.typed(delta);
    }

    @Override
    public List<MockEvent> tail(MockPlan plan, boolean includeUsage) {
        List<MockEvent> tail = new ArrayList<>();
        tail.add(MockEvent.typed(event("content_block_stop").put("index", block)));
        ObjectNode delta = event("message_delta");
        delta.putObject("delta").put("stop_reason", stopReason()).putNull("stop_sequence");
        delta.putObject("usage").put("output_tokens", plan.outputTokens);
        tail.add(MockEvent.typed(delta));
        tail.add(MockEvent.typed(event("message_stop")));
        return tail;
    }

    @Override
    public ObjectNode whole(MockPlan plan, String reasoning, String content) {
        ObjectNode message = envelope().put("stop_reason", stopReason());
        if (!reasoning.isEmpty()) {
            message.withArrayProperty("content")
                    .addObject()
                    .put("type", "thinking")
                    .put("thinking", reasoning);
        }
        ObjectNode last = message.withArrayProperty("content").addObject();
        if (tool == null) {
            last.put("type", "text").put("text", content);
        } else {
            toolUse(last, tool).set("input", tool.arguments());
        }
        if (plan.fault != MockFault.USAGE_MISSING) {
            usage(message, plan.outputTokens);
        }
        return message;
    }

    private String stopReason() {
        return plan.cutByLimit ? "max_tokens" : tool == null ? "end_turn" : "tool_use";
    }

    private ObjectNode toolUse(ObjectNode content, MockTool called) {
        return content.put("type", "tool_use")
                .put("id", "toolu_mock_" + Long.toHexString(plan.seed))
                .put("name", called.name());
    }

    private void usage(ObjectNode message, int outputTokens) {
        message.putObject("usage")
                .put("input_tokens", plan.inputTokens - plan.cachedTokens)
                .put("cache_read_input_tokens", plan.cachedTokens)
                .put("cache_creation_input_tokens", 0)
                .put("output_tokens", outputTokens);
    }

    private static ObjectNode event(String type) {
        return JsonMapper.shared().createObjectNode().put("type", type);
    }

    private ObjectNode envelope() {
        ObjectNode message = JsonMapper.shared()
                .createObjectNode()
                .put("id", id)
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model)
                .putNull("stop_reason")
                .putNull("stop_sequence");
        message.putArray("content");
        return message;
    }
}
