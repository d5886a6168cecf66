package dev.llmops.samples.gateway.mock;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A chat completion, whole and streamed. */
final class ChatShape implements MockShape {

    private final String id;
    private final long created = Instant.now().getEpochSecond();
    private final String model;
    private final @Nullable MockTool tool;
    private final String toolCallId;
    private boolean toolNamed;

    /**
     * @param tool the tool that is called; null for a text
     */
    ChatShape(long seed, String model, @Nullable MockTool tool) {
        id = "chatcmpl-mock-" + Long.toHexString(seed);
        this.model = model;
        this.tool = tool;
        toolCallId = "call_mock_" + Long.toHexString(seed);
    }

    @Override
    public List<MockEvent> head() {
        ObjectNode chunk = chunk();
        choice(chunk).putObject("delta").put("role", "assistant").put("content", "");
        return List.of(MockEvent.of(chunk));
    }

    @Override
    public MockEvent text(String text, boolean reasoning) {
        ObjectNode chunk = chunk();
        ObjectNode delta = choice(chunk).putObject("delta");
        if (tool == null || reasoning) {
            delta.put(reasoning ? "reasoning_content" : "content", text);
        } else {
            ObjectNode call = delta.putArray("tool_calls").addObject().put("index", 0);
            (toolNamed ? call.putObject("function") : named(call, tool)).put("arguments", text);
            toolNamed = true;
        }
        return MockEvent.of(chunk);
    }

    @Override
    public List<MockEvent> tail(MockPlan plan, boolean includeUsage) {
        List<MockEvent> tail = new ArrayList<>();
        ObjectNode chunk = chunk();
        ObjectNode choice = choice(chunk);
        choice.putObject("delta");
        choice.put("finish_reason", finishReason(plan));
        scores(chunk, plan);
        tail.add(MockEvent.of(chunk));
        if (includeUsage) {
            ObjectNode last = chunk();
            last.putArray("choices");
            OpenAiUsage.write(last, plan);
            tail.add(MockEvent.of(last));
        }
        tail.add(MockEvent.DONE);
        return tail;
    }

    @Override
    public ObjectNode whole(MockPlan plan, String reasoning, String content) {
        ObjectNode completion = envelope("chat.completion");
        ObjectNode choice = choice(completion);
        ObjectNode message =
                choice.putObject("message").put("role", "assistant").putNull("content");
        if (tool == null) {
            message.put("content", content);
        } else {
            named(message.putArray("tool_calls").addObject(), tool).put("arguments", content);
        }
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning);
        }
        choice.put("finish_reason", finishReason(plan));
        scores(completion, plan);
        if (plan.fault != MockFault.USAGE_MISSING) {
            OpenAiUsage.write(completion, plan);
        }
        return completion;
    }

    private ObjectNode named(ObjectNode call, MockTool called) {
        return call.put("id", toolCallId)
                .put("type", "function")
                .putObject("function")
                .put("name", called.name());
    }

    private String finishReason(MockPlan plan) {
        return tool == null || plan.cutByLimit ? plan.finishReason() : "tool_calls";
    }

    private ObjectNode chunk() {
        return envelope("chat.completion.chunk");
    }

    private ObjectNode envelope(String object) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }

    private static ObjectNode choice(ObjectNode parent) {
        return parent.putArray("choices").addObject().put("index", 0).putNull("finish_reason");
    }

    /** Adds the score of a judge if the script asks for one; an extension of the mock provider. */
    private static void scores(ObjectNode parent, MockPlan plan) {
        if (plan.faithfulness != null) {
            parent.putObject("evaluation").put("faithfulness", plan.faithfulness);
        }
    }
}
