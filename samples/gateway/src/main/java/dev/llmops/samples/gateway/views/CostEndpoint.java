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
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /cost}: what calls cost, split by one dimension, the largest amount first. */
public final class CostEndpoint implements Endpoint {

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
            throw new ApiError(
                            400,
                            "invalid_request",
                            "by is " + (by.isEmpty() ? "missing" : by)
                                    + " — user, tenant, feature, model and version_set are allowed — name one",
                            "by")
                    .refusal();
        }
        answer(exchange, by, dimension);
    }

    private void answer(Exchange exchange, String by, LedgerDimension dimension) {
        vertx.executeBlocking(() -> costs.totals(dimension), false)
                .map(totals -> json(by, dimension, totals))
                .onSuccess(json -> exchange.answer(200, json))
                .onFailure(exchange::fail);
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
