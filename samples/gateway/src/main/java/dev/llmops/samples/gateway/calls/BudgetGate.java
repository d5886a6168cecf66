package dev.llmops.samples.gateway.calls;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.budget.Budget;
import dev.llmops.cost.budget.BudgetDecision;
import dev.llmops.cost.budget.BudgetStore;
import dev.llmops.cost.budget.Budgets;
import dev.llmops.cost.budget.HoldEstimate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Decides before a model is asked if the budgets have room for a call. */
public final class BudgetGate implements AutoCloseable {

    /** The assumed limit of output tokens if a request names none. */
    static final int UNNAMED_OUTPUT_LIMIT = 16_384;

    private static final int HIGHEST_OUTPUT_LIMIT = 1_000_000;
    private static final List<String> LIMIT_FIELDS =
            List.of("max_completion_tokens", "max_output_tokens", "max_tokens");
    private static final int MAX_CHOICES = 128;

    // Longer than any call of the gateway may take.
    private static final Duration HOLD = Duration.ofHours(1);

    private final Vertx vertx;
    private final PriceBook prices;
    private final boolean remote;
    private final boolean unlimited;
    private final Budgets budgets;

    /**
     * Creates a gate.
     *
     * @param limits the budgets to enforce
     * @param redis holds the budgets of a fleet; null keeps them in this process
     */
    public BudgetGate(Vertx vertx, PriceBook prices, List<Budget> limits, @Nullable URI redis, Clock clock) {
        this.vertx = vertx;
        this.prices = prices;
        this.remote = redis != null;
        this.unlimited = limits.isEmpty();
        Budgets.Builder builder = Budgets.builder("USD").clock(clock).holdFor(HOLD);
        limits.forEach(builder::add);
        builder.store(redis == null ? BudgetStore.inMemory() : BudgetStore.redis(redis));
        this.budgets = builder.build();
    }

    /** Returns the budgets that are enforced. */
    public Budgets budgets() {
        return budgets;
    }

    /** Returns the listener that settles each call once. */
    public LlmListener listener() {
        return budgets.listener();
    }

    /** Reserves an amount; does not block the event loop while Redis is asked. */
    Future<BudgetDecision> admit(LlmCall call, ModelRequest asked) {
        BigDecimal estimate = unlimited ? BigDecimal.ZERO : estimate(call.live().info(), asked);
        return remote
                ? vertx.executeBlocking(() -> budgets.hold(call, estimate), false)
                : Future.succeededFuture(estimate).map(bound -> budgets.hold(call, bound));
    }

    /** Returns the error of a refused call. */
    static CallError error(BudgetDecision.Refusal refusal) {
        ErrorKind kind = refusal.reason() == BudgetDecision.Refusal.Reason.LIMIT_REACHED
                ? ErrorKind.BUDGET_EXCEEDED
                : ErrorKind.DEPENDENCY_FAILED;
        return CallError.of(kind, refusal.message());
    }

    /** Returns an upper bound, since no token is shorter than a byte; zero for a model without a price. */
    private BigDecimal estimate(CallInfo call, ModelRequest asked) {
        ObjectNode body = asked.body();
        int bytes = body.toString().getBytes(StandardCharsets.UTF_8).length;
        double outputLimit = Math.min(Math.max(outputLimit(asked), 0), HIGHEST_OUTPUT_LIMIT);
        double choices = Math.min(Math.max(body.path("n").asDouble(1), 1), MAX_CHOICES);
        return prices.find(call.provider(), call.requestModel())
                .map(model -> HoldEstimate.create()
                        .choices((int) choices)
                        .addModel(model, call.startedAt(), bytes, (long) outputLimit)
                        .upperBound())
                .orElse(BigDecimal.ZERO);
    }

    private static double outputLimit(ModelRequest asked) {
        if (!asked.format().generates()) {
            return 0;
        }
        for (String field : LIMIT_FIELDS) {
            JsonNode limit = asked.body().path(field);
            if (limit.isNumber()) {
                return limit.asDouble();
            }
        }
        return UNNAMED_OUTPUT_LIMIT;
    }

    @Override
    public void close() {
        budgets.close();
    }
}
