package dev.llmops.samples.gateway.views;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.LlmEvent.Verdict;
import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import dev.llmops.samples.gateway.http.JsonBody;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** {@code POST /feedback}: what a person thought of an answer. */
public final class FeedbackEndpoint implements Endpoint {

    private static final int MAX_COMMENT = 10_000;
    private static final Map<String, Verdict> VERDICTS = Map.of("up", Verdict.UP, "down", Verdict.DOWN);

    private final LlmOps llmops;

    public FeedbackEndpoint(LlmOps llmops) {
        this.llmops = llmops;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        JsonBody json = JsonBody.parse(body);
        String request = json.requiredString("request_id", JsonBody.MAX_NAME);
        String said = json.requiredString("verdict", JsonBody.MAX_NAME);
        Verdict verdict = VERDICTS.get(said);
        if (verdict == null) {
            json.problem("verdict", "is " + said + " — up and down are allowed");
        }
        String comment = json.string("comment", MAX_COMMENT);
        json.check();
        if (verdict == null || !llmops.feedback(request, verdict, comment)) {
            throw ApiError.unknownRequest(request).refusal();
        }
        exchange.answer(202, exchange.newBody().put("request_id", request).put("status", "accepted"));
    }
}
