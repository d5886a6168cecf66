package dev.llmops.core.record;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Components that are made when they are first read. Two threads may both make them; the lists are equal. */
final class ComponentsOnDemand extends AbstractList<CostComponent> implements RandomAccess {

    private final Supplier<List<CostComponent>> make;
    private @Nullable List<CostComponent> made;

    ComponentsOnDemand(Supplier<List<CostComponent>> make) {
        this.make = make;
    }

    private List<CostComponent> components() {
        List<CostComponent> components = made;
        if (components == null) {
            // A list made by List.copyOf may be handed over without a barrier.
            components = List.copyOf(make.get());
            made = components;
        }
        return components;
    }

    @Override
    public CostComponent get(int index) {
        return components().get(index);
    }

    @Override
    public int size() {
        return components().size();
    }
}
