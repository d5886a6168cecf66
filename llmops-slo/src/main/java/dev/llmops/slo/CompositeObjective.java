package dev.llmops.slo;

import dev.llmops.slo.internal.Names;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A promise that several objectives keep together: attained when every member is. It has one budget in one of two
 * forms, and alerts through its members.
 *
 * <ul>
 *   <li><b>By events</b>: the members' budgets are pooled. The part that is left is
 *       1 − Σ bad<sub>i</sub> ÷ Σ (1 − target<sub>i</sub>) · total<sub>i</sub>, the budgeting method <i>Occurrences</i> of
 *       OpenSLO over all members. Its members count events of one kind: of calls or judged later, whole or in parts.
 *   <li><b>By time slices</b>: a slice of five minutes is bad when any member misses its own target within it, and none at
 *       all when no member has an event. The part that is left is 1 − (bad slices ÷ slices) ÷ (1 − target), the
 *       method <i>Timeslices</i> of OpenSLO with each member's target as its slice target. Members may measure anything.
 * </ul>
 *
 * <p>All members have the same window and no groups.
 *
 * @param name its name, a DNS label, unique among objectives and composites
 * @param description why it is there; may be empty
 * @param members the names of its members, two or more
 * @param sliceTargetOrNull the promised share of good time slices, in (0, 1); null for a budget by events
 * @since 0.1.0
 */
public record CompositeObjective(
        String name,
        String description,
        List<String> members,
        @Nullable BigDecimal sliceTargetOrNull) {

    /** The length of a time slice: five minutes, the shortest window that is recorded on Prometheus. */
    public static final Duration SLICE = Duration.ofMinutes(5);

    /**
     * Checks and copies the parts.
     *
     * @throws IllegalArgumentException if the name is no DNS label, there are fewer than two members or one stands twice, or
     *     the target is out of range
     */
    public CompositeObjective {
        Names.requireDnsLabel("name", name);
        members = List.copyOf(members);
        if (members.size() < 2 || new HashSet<>(members).size() < members.size()) {
            throw new IllegalArgumentException("members are " + members
                    + " — two or more different objectives — name each once, or use the one objective by itself");
        }
        boolean inRange = sliceTargetOrNull == null
                || (sliceTargetOrNull.signum() > 0 && sliceTargetOrNull.compareTo(BigDecimal.ONE) < 0);
        if (!inRange) {
            throw new IllegalArgumentException(
                    "sliceTarget is " + sliceTargetOrNull + " — above 0 and below 1 — pass for example 0.99");
        }
    }

    /**
     * A composite with the pooled budget of its members.
     *
     * @param name its name
     * @param members the names of its members
     * @return the composite
     */
    public static CompositeObjective ofEvents(String name, String... members) {
        return new CompositeObjective(name, "", List.of(members), null);
    }

    /**
     * A composite with a budget of time slices.
     *
     * @param name its name
     * @param target the promised share of good slices, in (0, 1)
     * @param members the names of its members
     * @return the composite
     */
    public static CompositeObjective ofTimeSlices(String name, BigDecimal target, String... members) {
        return new CompositeObjective(name, "", List.of(members), target);
    }

    /**
     * Returns the promised share of good time slices.
     *
     * @return the target; empty for a budget by events
     */
    public Optional<BigDecimal> sliceTarget() {
        return Optional.ofNullable(sliceTargetOrNull);
    }
}
