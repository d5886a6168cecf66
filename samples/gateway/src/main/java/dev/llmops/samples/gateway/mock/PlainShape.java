package dev.llmops.samples.gateway.mock;

import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Embeddings and moderations: answers without generated text, which are never streamed. */
final class PlainShape implements MockShape {

    private static final int DIMENSIONS = 8;

    private final boolean embeddings;
    private final String model;
    private final int inputs;

    /**
     * @param embeddings false for moderations
     * @param inputs the number of texts
     */
    PlainShape(boolean embeddings, String model, int inputs) {
        this.embeddings = embeddings;
        this.model = model;
        this.inputs = inputs;
    }

    @Override
    public List<MockEvent> head() {
        return List.of();
    }

    @Override
    public MockEvent text(String text, boolean reasoning) {
        throw new UnsupportedOperationException("no text is generated");
    }

    @Override
    public List<MockEvent> tail(MockPlan plan, boolean includeUsage) {
        return List.of();
    }

    @Override
    public ObjectNode whole(MockPlan plan, String reasoning, String content) {
        ObjectNode answer = JsonMapper.shared().createObjectNode().put("model", model);
        if (embeddings) {
            embed(answer.put("object", "list").putArray("data"), new SplittableRandom(plan.seed));
            answer.putObject("usage").put("prompt_tokens", plan.inputTokens).put("total_tokens", plan.inputTokens);
        } else {
            ArrayNode results = answer.put("id", "modr-mock").putArray("results");
            for (int i = 0; i < inputs; i++) {
                ObjectNode result = results.addObject().put("flagged", false);
                result.putObject("categories").put("violence", false);
                result.putObject("category_scores").put("violence", 0.001);
            }
        }
        return answer;
    }

    private void embed(ArrayNode data, SplittableRandom random) {
        for (int i = 0; i < inputs; i++) {
            ArrayNode vector =
                    data.addObject().put("object", "embedding").put("index", i).putArray("embedding");
            random.doubles(DIMENSIONS, -1, 1).forEach(vector::add);
        }
    }
}
