package dev.llmops.slo.status;

import dev.llmops.slo.Counts;
import dev.llmops.slo.Measurement;
import dev.llmops.slo.Replicas;
import dev.llmops.slo.internal.Percent;

/** The sentence that explains a status. */
final class Reasons {

    private Reasons() {}

    static String of(SloStatus status) {
        StringBuilder text = new StringBuilder(verdict(status));
        status.budgetRemaining()
                .ifPresent(left -> text.append(left < 0 ? "; the budget is overspent by " : "; ")
                        .append(Percent.of(Math.abs(left)))
                        .append(left < 0 ? "" : left(status.view())));
        text.append("; ").append(Percent.of(status.coverage())).append(" of the ");
        text.append(status.objective().window()).append(" window was measured");
        text.append(by(status.view(), status.replicas()));
        status.exclusions().forEach(excluded -> text.append("; excluded is ").append(excluded));
        status.notes().forEach(note -> text.append("; ").append(note));
        return text.toString();
    }

    private static String left(Measurement.View view) {
        return view == Measurement.View.INSTANCE
                ? " of the budget is left as this instance counts it"
                : " of the budget is left";
    }

    private static String by(Measurement.View view, Replicas replicas) {
        if (view == Measurement.View.INSTANCE) {
            return replicas.known() == 0
                    ? ", by this instance alone, whose share of the fleet is unknown"
                    : ", by this instance, one of " + replicas.known();
        }
        return replicas.isPartial()
                ? "; only " + replicas.reporting() + " of " + replicas.known() + " instances report"
                : "";
    }

    private static String verdict(SloStatus status) {
        Counts counts = status.counts();
        if (counts.isEmpty()) {
            return "no event was measured, and silence is not health";
        }
        String budget = Percent.of(status.objective().budget().ratio());
        String ratio = Percent.count(counts.bad()) + " of " + Percent.count(counts.total()) + " events were bad ("
                + Percent.of(counts.bad() / counts.total()) + ")";
        String lower = Percent.of(status.errorRatioLowerBound().orElseThrow());
        String upper = Percent.of(status.errorRatioUpperBound().orElseThrow());
        return switch (status.state()) {
            case MET -> ratio + ", and the 95 % upper bound of " + upper + " lies within the budget of " + budget;
            case BREACHED -> ratio + ", and the 95 % lower bound of " + lower + " lies over the budget of " + budget;
            case INSUFFICIENT_DATA ->
                ratio + ", but the 95 % bounds " + lower + " to " + upper + " lie on both sides of the budget of "
                        + budget + ", so that more events are needed";
        };
    }
}
