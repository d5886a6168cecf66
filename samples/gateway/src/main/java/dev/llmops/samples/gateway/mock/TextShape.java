package dev.llmops.samples.gateway.mock;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A text completion, whole and streamed. */
final class TextShape implements MockShape {

    private final String id;
    private final String model;

    TextShape(long seed, String model) {
        id = "cmpl-mock-" + Long.toHexString(seed);
        this.model = model;
    }

    @Override
    public List<MockEvent> head() {
        return List.of();
    }

    @Override
    public MockEvent text(String text, boolean reasoning) {
        ObjectNode chunk = envelope();
        choice(chunk, text).putNull("finish_reason");
        return MockEvent.of(chunk);
    }

    @Override
    public List<MockEvent> tail(MockPlan plan, boolean includeUsage) {
        List<MockEvent> tail = new ArrayList<>();
        ObjectNode chunk = envelope();
        choice(chunk, "").put("finish_reason", plan.finishReason());
        tail.add(MockEvent.of(chunk));
        if (includeUsage) {
            ObjectNode last = envelope();
            last.putArray("choices");
            OpenAiUsage.write(last, plan);
            tail.add(MockEvent.of(last));
        }
        tail.add(MockEvent.DONE);
        return tail;
    }

    @Override
    public ObjectNode whole(MockPlan plan, String reasoning, String content) {
        ObjectNode completion = envelope();
        choice(completion, content).put("finish_reason", plan.finishReason());
        if (plan.fault != MockFault.USAGE_MISSING) {
            OpenAiUsage.write(completion, plan);
        }
        return completion;
    }

    private ObjectNode envelope() {
        return JsonMapper.shared()
                .createObjectNode()
                .put("id", id)
                .put("object", "text_completion")
                .put("created", 0)
                .put("model", model);
    }

    private static ObjectNode choice(ObjectNode parent, String text) {
        return parent.putArray("choices").addObject().put("index", 0).put("text", text);
    }
}
