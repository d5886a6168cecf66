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

/** {@code GET /cost}: what calls cost, split by one dimension, the largest amount first, a page at a time. */
public final class CostEndpoint implements Endpoint {

    private static final Map<String, LedgerDimension> DIMENSIONS = Map.of(
            "user", LedgerDimension.USER,
            "tenant", LedgerDimension.TENANT,
            "feature", LedgerDimension.FEATURE,
            "model", LedgerDimension.MODEL,
            "version_set", LedgerDimension.VERSION_SET);

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

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
        int limit = number(exchange, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        int offset = number(exchange, "offset", 0, Integer.MAX_VALUE, 0);
        vertx.executeBlocking(
                        () -> {
                            ObjectNode json = json(by, dimension, costs.totals(dimension), limit, offset);
                            costs.lacks()
                                    .forEach((what, count) ->
                                            json.withObject("lacks").put(what, count));
                            return json;
                        },
                        false)
                .onSuccess(json -> exchange.answer(200, json))
                .onFailure(exchange::fail);
    }

    private static int number(Exchange exchange, String name, int min, int max, int absent) {
        String text = exchange.request.getParam(name, "");
        boolean isNumber = text.matches("[0-9]{1,9}");
        int number = isNumber ? Integer.parseInt(text) : absent;
        if ((isNumber || text.isEmpty()) && number >= min && number <= max) {
            return number;
        }
        String message = name + " is " + text + " — " + min + " to " + max + " is allowed — correct it";
        throw new ApiError(400, "invalid_request", message, name).refusal();
    }

    private static ObjectNode json(
            String by, LedgerDimension dimension, List<LedgerTotal> totals, int limit, int offset) {
        int from = Math.min(offset, totals.size());
        int to = (int) Math.min((long) from + limit, totals.size());
        ObjectNode answer = JsonMapper.shared().createObjectNode().put("by", by).put("total_rows", totals.size());
        if (to < totals.size()) {
            answer.put("next_offset", to);
        }
        ArrayNode rows = answer.putArray("rows");
        for (LedgerTotal total : totals.subList(from, to)) {
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
