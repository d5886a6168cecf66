package dev.llmops.cost.book;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.core.record.UsageOrigin;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prices one usage under one plan: the billed parts, their money, and how far to trust it. */
final class Pricing {

    private final RatePlan plan;
    private final String currency;
    private final List<CostComponent> components = new ArrayList<>(6);
    private @Nullable List<String> unpriced;
    private @Nullable List<String> doubts;

    /** The total times ten to the plan's scale; -1 once it must be computed in decimals. */
    private long scaledTotal;

    private Pricing(RatePlan plan, String currency) {
        this.plan = plan;
        this.currency = currency;
        this.scaledTotal = plan.scale() == RatePlan.NO_SCALE ? -1 : 0;
    }

    /**
     * Prices a usage.
     *
     * @param doubt a reason not to call the result exact, or null
     */
    static Cost price(
            RatePlan plan, TokenUsage usage, String currency, @Nullable String bookVersion, @Nullable String doubt) {
        Pricing pricing = new Pricing(plan, currency);
        if (doubt != null) {
            pricing.doubt(doubt);
        }
        pricing.doubtUsage(usage);
        pricing.bill(pricing.leaves(usage));
        pricing.findUncovered(usage);
        return pricing.cost(bookVersion);
    }

    private long[] leaves(TokenUsage usage) {
        long[] leaves = plan.leaves(usage::count);
        if (leaves != null) {
            return leaves;
        }
        return UsageInference.infer(plan, usage::count, this::doubt);
    }

    private void doubtUsage(TokenUsage usage) {
        if (usage.origin() != UsageOrigin.REPORTED) {
            doubt("usage is estimated");
        }
        if (usage.count(UsageKind.INPUT_TOKENS) < 0) {
            doubt("input tokens are unknown");
        }
        if (usage.count(UsageKind.OUTPUT_TOKENS) < 0) {
            doubt("output tokens are unknown");
        }
    }

    private void bill(long[] leaves) {
        for (int i = 0; i < leaves.length; i++) {
            if (leaves[i] > 0) {
                RatePlan.Item item = plan.item(i);
                if (item.isPriced()) {
                    bill(item, leaves[i]);
                } else {
                    unpriced(item.kind());
                }
            }
        }
    }

    private void bill(RatePlan.Item item, long leaf) {
        List<RatePlan.Slice> slices = item.slices();
        for (int slice = 0; slice < slices.size() && slices.get(slice).firstUnit() <= leaf; slice++) {
            long first = slices.get(slice).firstUnit();
            long last = slice + 1 == slices.size()
                    ? leaf
                    : Math.min(leaf, slices.get(slice + 1).firstUnit() - 1);
            if (first <= last) {
                bill(item, slice, last - first + 1);
            }
        }
    }

    private void bill(RatePlan.Item item, int slice, long quantity) {
        UnitPrice price = item.slices().get(slice).price();
        BigDecimal amount = null;
        if (scaledTotal >= 0) {
            long scaled = item.scaled(slice);
            long product = quantity * scaled;
            if (Math.multiplyHigh(quantity, scaled) == 0 && product >= 0 && scaledTotal + product >= 0) {
                scaledTotal += product;
                amount = BigDecimal.valueOf(product, plan.scale());
            } else {
                scaledTotal = -1;
            }
        }
        if (price.assumption != null) {
            doubt(price.assumption);
        }
        components.add(new CostComponent(
                item.kind().key(),
                price.quantity(quantity),
                price.price,
                price.per,
                amount == null ? price.amount(quantity) : amount,
                price.id));
    }

    private void findUncovered(TokenUsage usage) {
        for (Map.Entry<UsageKind, Long> detail : usage.details().entrySet()) {
            // Every call is a request, and most have no price for that.
            boolean isRequest = detail.getKey().equals(UsageKind.REQUESTS);
            if (detail.getValue() > 0 && !isRequest && !plan.covers(detail.getKey())) {
                unpriced(detail.getKey());
            }
        }
    }

    private Cost cost(@Nullable String bookVersion) {
        if (unpriced != null) {
            String reason = "no price for " + String.join(", ", unpriced);
            return new Cost(CostState.UNPRICED, null, currency, components, null, reason, bookVersion);
        }
        CostState state = doubts == null ? CostState.EXACT : CostState.ESTIMATED;
        String reason = doubts == null ? null : String.join("; ", doubts);
        return new Cost(state, total(), currency, components, null, reason, bookVersion);
    }

    private BigDecimal total() {
        return scaledTotal >= 0 ? BigDecimal.valueOf(scaledTotal, plan.scale()) : Costs.sum(components);
    }

    private void unpriced(UsageKind kind) {
        if (unpriced == null) {
            unpriced = new ArrayList<>();
        }
        unpriced.add(kind.key());
    }

    private void doubt(String reason) {
        if (doubts == null) {
            doubts = new ArrayList<>();
        }
        if (!doubts.contains(reason)) {
            doubts.add(reason);
        }
    }
}
