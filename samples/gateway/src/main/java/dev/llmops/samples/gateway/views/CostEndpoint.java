package dev.llmops.samples.gateway.views;

import dev.llmops.cost.ledger.query.LedgerDimension;
import dev.llmops.cost.ledger.query.LedgerTotal;
import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /cost}: what calls cost, split by one dimension, the largest amount first. */
public final class CostEndpoint implements Endpoint {

    private static final Logger LOG = LoggerFactory.getLogger(CostEndpoint.class);

    private static final Map<String, LedgerDimension> DIMENSIONS = Map.of(
            "user", LedgerDimension.USER,
            "tenant", LedgerDimension.TENANT,
            "feature", LedgerDimension.FEATURE,
            "model", LedgerDimension.MODEL,
            "version_set", LedgerDimension.VERSION_SET);

    private final Vertx vertx;
    private final CostService costs;

    public CostEndpoint(Vertx vertx, CostService costs) {
        this.vertx = vertx;
        this.costs = costs;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        String by = exchange.request.getParam("by", "");
        LedgerDimension dimension = DIMENSIONS.get(by);
        if (dimension == null) {
            String rule = "by must be user, tenant, feature, model or version_set, but ";
            throw new ApiError(400, "invalid_request", rule + (by.isEmpty() ? "is missing" : "was " + by), "by")
                    .refusal();
        }
        answer(exchange, by, dimension);
    }

    private void answer(Exchange exchange, String by, LedgerDimension dimension) {
        vertx.executeBlocking(() -> costs.totals(dimension), false)
                .map(totals -> json(by, dimension, totals))
                .onSuccess(json -> exchange.answer(200, json))
                .onFailure(failure -> refuse(exchange, failure));
    }

    private static void refuse(Exchange exchange, Throwable failure) {
        LOG.warn("the cost cannot be summed up", failure);
        exchange.refuse(
                failure instanceof ApiError.Refusal refusal
                        ? refusal.error()
                        : new ApiError(500, "internal", "the gateway failed; its log has the details", null));
    }

    private static ObjectNode json(String by, LedgerDimension dimension, List<LedgerTotal> totals) {
        ObjectNode answer = JsonMapper.shared().createObjectNode().put("by", by);
        ArrayNode rows = answer.putArray("rows");
        for (LedgerTotal total : totals) {
            ObjectNode row = rows.addObject()
                    .put("key", total.key().get(dimension))
                    .put("amount", total.amount().toPlainString())
                    .put("currency", total.currency())
                    .put("calls", total.calls())
                    .put("tokens_in", total.inputTokens())
                    .put("tokens_out", total.outputTokens());
            ObjectNode states = row.putObject("states");
            total.states().forEach((state, entries) -> states.put(state.name().toLowerCase(Locale.ROOT), entries));
        }
        return answer;
    }
}
