package dev.llmops.samples.gateway.views;

import dev.llmops.core.LlmOps;
import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import dev.llmops.samples.gateway.http.JsonBody;
import io.vertx.core.buffer.Buffer;

/** {@code POST /evaluation}: how a judge scored an answer. */
public final class EvaluationEndpoint implements Endpoint {

    private static final int MAX_TEXT = 10_000;

    private final LlmOps llmops;

    public EvaluationEndpoint(LlmOps llmops) {
        this.llmops = llmops;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        JsonBody json = JsonBody.parse(body);
        String request = json.requiredString("request_id", JsonBody.MAX_NAME);
        String evaluation = json.requiredString("evaluation", JsonBody.MAX_NAME);
        double score = json.requiredNumber("score", 0, 1);
        String label = json.string("label", JsonBody.MAX_NAME);
        String explanation = json.string("explanation", MAX_TEXT);
        json.check();
        if (!llmops.evaluation(request, evaluation, score, label, explanation)) {
            throw ApiError.unknownRequest(request).refusal();
        }
        exchange.answer(202, exchange.newBody().put("request_id", request).put("status", "accepted"));
    }
}
