package dev.llmops.samples.gateway;

import dev.llmops.core.LlmOps;
import io.vertx.core.buffer.Buffer;

/** {@code POST /evaluation}: how a judge scored an answer. */
final class EvaluationEndpoint implements Endpoint {

    private static final int MAX_TEXT = 10_000;

    private final LlmOps llmops;

    EvaluationEndpoint(LlmOps llmops) {
        this.llmops = llmops;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        JsonBody json = JsonBody.parse(body);
        String request = json.requiredString("request_id", ChatRequest.MAX_NAME);
        String evaluation = json.requiredString("evaluation", ChatRequest.MAX_NAME);
        double score = json.requiredNumber("score", 0, 1);
        String label = json.string("label", ChatRequest.MAX_NAME);
        String explanation = json.string("explanation", MAX_TEXT);
        json.check();
        if (!llmops.evaluation(request, evaluation, score, label, explanation)) {
            throw ApiError.unknownRequest(request).refusal();
        }
        exchange.answer(202, exchange.newBody().put("request_id", request).put("status", "accepted"));
    }
}
