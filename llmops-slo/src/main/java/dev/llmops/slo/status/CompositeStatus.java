package dev.llmops.slo.status;

import dev.llmops.slo.CompositeObjective;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Measurement;
import dev.llmops.slo.internal.Percent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The status of a composite at one instant.
 *
 * @param composite the composite
 * @param members the statuses of its members, in its order
 * @param slices bad and all time slices of the window; none for a budget by events
 * @since 0.1.0
 */
public record CompositeStatus(CompositeObjective composite, List<SloStatus> members, Counts slices) implements Status {

    /** Copies the list. */
    public CompositeStatus {
        members = List.copyOf(members);
    }

    /**
     * Returns the verdict: breached as soon as a member is, met when all are.
     *
     * @return the state; insufficient data otherwise
     */
    public SloStatus.State state() {
        if (members.stream().anyMatch(member -> member.state() == SloStatus.State.BREACHED)) {
            return SloStatus.State.BREACHED;
        }
        return members.stream().allMatch(member -> member.state() == SloStatus.State.MET)
                ? SloStatus.State.MET
                : SloStatus.State.INSUFFICIENT_DATA;
    }

    /**
     * Returns the share of the composite's budget that is left; see {@link CompositeObjective} for the formulas.
     *
     * @return 1 is untouched, 0 spent, negative overspent; empty without events or slices
     */
    public OptionalDouble budgetRemaining() {
        return composite.sliceTarget().map(this::ofSlices).orElseGet(this::ofEvents);
    }

    private OptionalDouble ofSlices(BigDecimal target) {
        OptionalDouble ratio = slices.errorRatio();
        double budget = BigDecimal.ONE.subtract(target).doubleValue();
        return ratio.isEmpty() ? ratio : OptionalDouble.of(1 - ratio.getAsDouble() / budget);
    }

    private OptionalDouble ofEvents() {
        double spent =
                members.stream().mapToDouble(member -> member.counts().bad()).sum();
        double allowed = members.stream()
                .mapToDouble(member -> member.counts().total()
                        * member.objective().budget().ratio().doubleValue())
                .sum();
        return allowed == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 - spent / allowed);
    }

    @Override
    public Measurement.View view() {
        return members.get(0).view();
    }

    @Override
    public Instant at() {
        return members.get(0).at();
    }

    @Override
    public String reason() {
        StringBuilder text = new StringBuilder(members.stream()
                .map(member -> member.objective().name() + " is " + member.state())
                .collect(Collectors.joining(", ")));
        budgetRemaining()
                .ifPresent(left -> text.append(left < 0 ? "; the budget is overspent by " : "; ")
                        .append(Percent.of(Math.abs(left)))
                        .append(left < 0 ? "" : " of the budget is left"));
        if (!slices.isEmpty()) {
            text.append(", with ").append(Percent.count(slices.bad())).append(" bad time slices of ");
            text.append(Percent.count(slices.total()));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return composite.name() + " " + state() + ": " + reason();
    }
}
