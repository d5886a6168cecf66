package dev.llmops.samples.gateway.mock;

import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Embeddings and moderations: answers without generated text, which are never streamed. */
final class PlainShape implements MockShape {

    // All of OpenAI's, since its clients demand each.
    private static final List<String> CATEGORIES = List.of(
            "harassment",
            "harassment/threatening",
            "hate",
            "hate/threatening",
            "illicit",
            "illicit/violent",
            "self-harm",
            "self-harm/instructions",
            "self-harm/intent",
            "sexual",
            "sexual/minors",
            "violence",
            "violence/graphic");

    private final MockEmbeddings inputs;
    private final String model;
    private final boolean embedded;

    /**
     * @param embedded false for moderations
     */
    PlainShape(MockEmbeddings inputs, String model, boolean embedded) {
        this.inputs = inputs;
        this.model = model;
        this.embedded = embedded;
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
        if (embedded) {
            inputs.addTo(answer.put("object", "list").putArray("data"), new SplittableRandom(plan.seed));
            answer.putObject("usage").put("prompt_tokens", plan.inputTokens).put("total_tokens", plan.inputTokens);
        } else {
            ArrayNode results = answer.put("id", "modr-mock").putArray("results");
            for (int i = 0; i < inputs.inputs(); i++) {
                ObjectNode result = results.addObject().put("flagged", false);
                ObjectNode flags = result.putObject("categories");
                ObjectNode scores = result.putObject("category_scores");
                CATEGORIES.forEach(category -> {
                    flags.put(category, false);
                    scores.put(category, 0.001);
                });
            }
        }
        return answer;
    }
}
