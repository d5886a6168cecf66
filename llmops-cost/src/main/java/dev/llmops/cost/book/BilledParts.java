package dev.llmops.cost.book;

import dev.llmops.core.record.CostComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The billed part of each kind under a plan: gives its money at once, and its components when they are asked for. */
final class BilledParts implements Supplier<List<CostComponent>> {

    /** The total has more digits than a long. */
    static final long NO_SCALED_TOTAL = -1;

    private final RatePlan plan;
    private final long[] leaves;

    BilledParts(RatePlan plan, long[] leaves) {
        this.plan = plan;
        this.leaves = leaves;
    }

    /** The sum of all amounts times ten to the plan's scale, or {@link #NO_SCALED_TOTAL} where it must be computed in decimals. */
    long scaledTotal() {
        if (plan.scale() == RatePlan.NO_SCALE) {
            return NO_SCALED_TOTAL;
        }
        long total = 0;
        for (int i = 0; i < leaves.length; i++) {
            RatePlan.Item item = plan.item(i);
            for (int slice = 0; slice < item.slices(); slice++) {
                long product = item.scaledAmount(slice, item.quantity(slice, leaves[i]));
                total += product;
                if (product < 0 || total < 0) {
                    return NO_SCALED_TOTAL;
                }
            }
        }
        return total;
    }

    /** Makes the components. */
    @Override
    public List<CostComponent> get() {
        List<CostComponent> components = new ArrayList<>(leaves.length);
        for (int i = 0; i < leaves.length; i++) {
            RatePlan.Item item = plan.item(i);
            for (int slice = 0; slice < item.slices(); slice++) {
                long quantity = item.quantity(slice, leaves[i]);
                if (quantity > 0) {
                    components.add(component(item, slice, quantity));
                }
            }
        }
        return components;
    }

    private CostComponent component(RatePlan.Item item, int slice, long quantity) {
        UnitPrice price = item.price(slice);
        long scaled = plan.scale() == RatePlan.NO_SCALE ? NO_SCALED_TOTAL : item.scaledAmount(slice, quantity);
        BigDecimal amount = scaled < 0 ? price.amount(quantity) : BigDecimal.valueOf(scaled, plan.scale());
        return new CostComponent(item.kind().key(), price.quantity(quantity), price.price, price.per, amount, price.id);
    }
}
