package dev.llmops.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CostTest {

    private static final CostComponent INPUT = new CostComponent(
            "input_tokens",
            BigDecimal.TEN,
            BigDecimal.ONE,
            new BigDecimal(1_000_000),
            new BigDecimal("0.00001"),
            "openai/gpt-4o#input_tokens");

    private final AtomicInteger made = new AtomicInteger();

    private static Cost cost(List<CostComponent> components) {
        return new Cost(CostState.EXACT, new BigDecimal("0.00001"), "USD", components, null);
    }

    private List<CostComponent> onDemand() {
        return CostComponent.onDemand(() -> {
            made.incrementAndGet();
            return new ArrayList<>(List.of(INPUT));
        });
    }

    @Test
    void components_on_demand_are_made_when_one_is_read_and_only_once() {
        Cost cost = cost(onDemand());

        assertThat(made).hasValue(0);
        assertThat(cost.components()).containsExactly(INPUT);
        assertThat(cost.components().get(0)).isSameAs(INPUT);
        assertThat(made).hasValue(1);
    }

    @Test
    void a_cost_is_equal_to_one_whose_components_are_on_demand() {
        assertThat(cost(onDemand())).isEqualTo(cost(List.of(INPUT))).hasSameHashCodeAs(cost(List.of(INPUT)));
        assertThat(cost(List.of(INPUT))).isEqualTo(cost(onDemand()));
        assertThat(cost(onDemand())).hasToString(cost(List.of(INPUT)).toString());
    }

    @Test
    void components_on_demand_cannot_be_changed() {
        List<CostComponent> components = cost(onDemand()).components();

        assertThatThrownBy(() -> components.add(INPUT)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(components::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void components_that_were_made_before_are_copied() {
        List<CostComponent> components = new ArrayList<>(List.of(INPUT));
        Cost cost = cost(components);
        components.clear();

        assertThat(cost.components()).containsExactly(INPUT);
    }
}
