package dev.llmops.slo.engine;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.Measurement;
import dev.llmops.slo.alert.AlertListener;
import dev.llmops.slo.status.EventRuleStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** An event rule: calls count as good or bad when they end, findings that come later as bad. */
final class EventRuleSeries implements VerdictCounter {

    private final EventRule rule;
    private final EventCells cells;
    private final Alerts alerts;

    EventRuleSeries(
            EventRule rule, LongSupplier currentMinute, Consumer<String> dropped, @Nullable SeriesImage earlier) {
        this.rule = rule;
        cells = new EventCells(
                rule.window().toMinutes(), 0, 0, currentMinute, dropped, earlier == null ? null : earlier.cells());
        alerts = new Alerts(rule.name(), Map.of(), earlier == null ? List.of() : earlier.incidents());
    }

    void callEnded(CallRecord call, long minute) {
        if (rule.filter().matches(call.info())) {
            boolean broken = call.risks().stream().anyMatch(rule::matches);
            cells.add(minute, broken ? 0 : 1, broken ? 1 : 0);
        }
    }

    void riskFound(CallInfo call, RiskFinding finding, long minute) {
        if (rule.matches(finding) && rule.filter().matches(call)) {
            cells.add(minute, 0, 1);
        }
    }

    EventRuleStatus status(Instant now) {
        long last = Minutes.of(now);
        long[] starts = {last - rule.window().toMinutes()};
        EventCells.Sums sums = cells.sums(last, starts, starts[0]);
        return new EventRuleStatus(rule, Measurement.View.INSTANCE, now, sums.bad[0], sums.good[0] + sums.bad[0]);
    }

    List<AlertListener.Change> evaluate(Instant now) {
        return alerts.update(status(now));
    }

    Alerts alerts() {
        return alerts;
    }

    SeriesImage image() {
        return new SeriesImage(rule.name(), Map.of(), SeriesImage.meaningOf(rule), cells.image(), alerts.history());
    }

    @Override
    public String slo() {
        return rule.name();
    }

    @Override
    public Map<Dimension, String> group() {
        return Map.of();
    }

    @Override
    public double good() {
        return cells.totalGood();
    }

    @Override
    public double bad() {
        return cells.totalBad();
    }
}
