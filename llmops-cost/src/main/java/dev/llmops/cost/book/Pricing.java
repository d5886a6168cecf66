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
import org.jspecify.annotations.Nullable;

/** Prices one usage under one plan: the billed parts, their money, and how far to trust it. */
final class Pricing {

    private final RatePlan plan;
    private @Nullable List<String> unpriced;
    private @Nullable List<String> doubts;

    private Pricing(RatePlan plan) {
        this.plan = plan;
    }

    /**
     * Prices a usage.
     *
     * @param doubt a reason not to call the result exact, or null
     */
    static Cost price(
            RatePlan plan, TokenUsage usage, String currency, @Nullable String bookVersion, @Nullable String doubt) {
        Pricing pricing = new Pricing(plan);
        if (doubt != null) {
            pricing.doubt(doubt);
        }
        pricing.doubtUsage(usage);
        long[] leaves = pricing.leaves(usage);
        pricing.examine(leaves);
        pricing.findUncovered(usage);
        return pricing.cost(new BilledParts(plan, leaves), currency, bookVersion);
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

    private void examine(long[] leaves) {
        for (int i = 0; i < leaves.length; i++) {
            RatePlan.Item item = plan.item(i);
            if (leaves[i] > 0 && !item.isPriced()) {
                unpriced(item.kind());
            }
            for (int slice = 0; slice < item.slices(); slice++) {
                String assumption = item.price(slice).assumption;
                if (assumption != null && item.quantity(slice, leaves[i]) > 0) {
                    doubt(assumption);
                }
            }
        }
    }

    private void findUncovered(TokenUsage usage) {
        usage.details().forEach((kind, count) -> {
            // Every call is a request, and most have no price for that.
            if (count > 0 && !kind.equals(UsageKind.REQUESTS) && !plan.covers(kind)) {
                unpriced(kind);
            }
        });
    }

    private Cost cost(BilledParts parts, String currency, @Nullable String bookVersion) {
        List<CostComponent> components = CostComponent.onDemand(parts);
        if (unpriced != null) {
            String reason = "no price for " + String.join(", ", unpriced);
            return new Cost(CostState.UNPRICED, null, currency, components, null, reason, bookVersion);
        }
        CostState state = doubts == null ? CostState.EXACT : CostState.ESTIMATED;
        String reason = doubts == null ? null : String.join("; ", doubts);
        long scaled = parts.scaledTotal();
        BigDecimal total = scaled == BilledParts.NO_SCALED_TOTAL
                ? Costs.sum(components)
                : BigDecimal.valueOf(scaled, plan.scale());
        return new Cost(state, total, currency, components, null, reason, bookVersion);
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
