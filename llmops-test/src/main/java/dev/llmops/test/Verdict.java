package dev.llmops.test;

import dev.llmops.report.slo.JudgedEvent;
import dev.llmops.slo.status.SloStatus;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The verdict of a test on a status. */
record Verdict(SloStatus status, boolean isFailure) {

    static final int OFFENDERS = 5;

    static Verdict of(SloStatus status, SloTest.InsufficientData insufficientData) {
        boolean failure = status.state() == SloStatus.State.BREACHED
                || (status.state() == SloStatus.State.INSUFFICIENT_DATA
                        && (insufficientData == SloTest.InsufficientData.FAIL || !isWithinBudget(status)));
        return new Verdict(status, failure);
    }

    private static boolean isWithinBudget(SloStatus status) {
        double budget = status.objective().budget().ratio().doubleValue();
        return status.errorRatio().isPresent() && status.errorRatio().getAsDouble() <= budget;
    }

    /** Returns one line that names the objectives; empty without failures. */
    static String summary(List<Verdict> failures) {
        return failures.isEmpty()
                ? ""
                : failures.stream().map(Verdict::name).collect(Collectors.joining(", ", "Not met: ", "."));
    }

    private String name() {
        String group = status.group().isEmpty() ? " " : " " + status.group() + " ";
        return status.objective().name() + group + status.state();
    }

    String explain(List<JudgedEvent> offenders) {
        StringBuilder text = new StringBuilder(status.toString());
        text.append("\n  objective: ").append(status.objective());
        text.append("\n  n: ")
                .append(String.format(Locale.ROOT, "%,.0f", status.counts().total()));
        if (!status.counts().isEmpty()) {
            text.append("; error ratio ").append(percent(status.errorRatio().getAsDouble()));
            text.append(", 95 % one-sided bounds ")
                    .append(percent(status.errorRatioLowerBound().getAsDouble()))
                    .append(" to ")
                    .append(percent(status.errorRatioUpperBound().getAsDouble()));
        }
        if (status.state() == SloStatus.State.INSUFFICIENT_DATA) {
            text.append("\n  without a bad event, certainty takes ")
                    .append(eventsForCertainty())
                    .append(" events");
        }
        for (JudgedEvent offender : offenders) {
            text.append("\n  worst: ").append(offender);
        }
        return text.toString();
    }

    /**
     * Returns the number of events needed. With no bad event among n, the upper bound lies within a budget b once
     * (1 − b)^n is at most 1 − confidence.
     */
    private long eventsForCertainty() {
        double budget = status.objective().budget().ratio().doubleValue();
        return (long) Math.ceil(Math.log(1 - SloStatus.CONFIDENCE) / Math.log1p(-budget));
    }

    static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.4g %%", ratio * 100);
    }
}
