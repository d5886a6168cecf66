package dev.llmops.slo.engine;

import dev.llmops.slo.Counts;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Measurement;
import dev.llmops.slo.Objective;
import dev.llmops.slo.Replicas;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.alert.AlertListener;
import dev.llmops.slo.internal.TimeSpans;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.TierVerdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** An objective, or one group of it: its cells and its alerts. */
final class Series implements VerdictCounter {

    /** Averaged scores are kept to a millionth. */
    private static final int SCORE_SCALE = 1_000_000;

    private final Objective objective;
    private final Map<Dimension, String> group;
    private final EventCells cells;
    private final Alerts alerts;
    private final List<Duration> windows;
    private final int scale;
    private volatile List<Exclusion> exclusions = List.of();

    Series(
            Objective objective,
            Map<Dimension, String> group,
            LongSupplier currentMinute,
            Consumer<String> dropped,
            Instant startedAt,
            @Nullable SeriesImage earlier) {
        this.objective = objective;
        this.group = group;
        windows = Measurement.windowsOf(objective);
        scale = objective.indicator().isBinary() ? 1 : SCORE_SCALE;
        Duration longest = windows.get(windows.size() - 1);
        if (objective.window().longestLength().compareTo(longest) > 0) {
            longest = objective.window().longestLength();
        }
        cells = new EventCells(
                longest.toMinutes(),
                (int) Minutes.ceil(objective.evaluationDelay()),
                hourShift(objective.window(), startedAt),
                currentMinute,
                dropped,
                earlier == null ? null : earlier.cells());
        alerts = new Alerts(objective.name(), group, earlier == null ? List.of() : earlier.incidents());
    }

    /** Hour cells start where the window's local hours start, so that calendar windows have exact edges. */
    private static int hourShift(SloWindow window, Instant at) {
        if (window instanceof SloWindow.Calendar calendar) {
            LocalDateTime anchor = calendar.anchor();
            int offsetMinutes = calendar.zone().getRules().getOffset(at).getTotalSeconds() / 60;
            return Math.floorMod(anchor.getMinute() - offsetMinutes, 60);
        }
        return 0;
    }

    /** Leaves excluded time out of all windows; takes the exclusions of all objectives. */
    void exclude(List<Exclusion> all) {
        exclusions = Exclusion.of(all, objective.name());
        cells.exclude(TimeSpans.of(exclusions, Exclusion::from, Exclusion::to));
    }

    /** Counts one event. */
    void add(long minute, double badness) {
        long bad = Math.round(badness * scale);
        cells.add(minute, scale - bad, bad);
    }

    /** Counts many events of one minute. */
    void addAll(long minute, long good, long bad) {
        cells.add(minute, good * scale, bad * scale);
    }

    SloStatus status(Instant now, Replicas replicas, List<String> notes) {
        Instant end = now.minus(objective.evaluationDelay());
        long last = Minutes.of(end);
        long periodStart = Minutes.of(objective.window().startAt(Minutes.end(last)));
        long[] starts = new long[windows.size() + 1];
        for (int i = 0; i < windows.size(); i++) {
            starts[i] = last - windows.get(i).toMinutes();
        }
        starts[windows.size()] = periodStart;
        Arrays.sort(starts);
        EventCells.Sums sums = cells.sums(last, starts, periodStart);
        Map<Duration, Counts> counts = new HashMap<>();
        for (Duration window : windows) {
            counts.put(window, counts(sums, starts, last - window.toMinutes()));
        }
        long counted = last - periodStart - cells.excludedMinutes(periodStart, last);
        double coverage = counted == 0 ? 0 : Math.min(1, (double) sums.measuredMinutes / counted);
        return SloStatus.of(
                objective,
                new Measurement(
                        group,
                        Measurement.View.INSTANCE,
                        replicas,
                        end,
                        counts(sums, starts, periodStart),
                        coverage,
                        counts,
                        exclusions.stream()
                                .filter(each -> each.overlaps(Minutes.end(periodStart), Minutes.end(last)))
                                .toList(),
                        notes));
    }

    /** The events of the minutes after a minute and up to another. */
    Counts between(long after, long last) {
        long[] starts = {after};
        return counts(cells.sums(last, starts, after), starts, after);
    }

    private Counts counts(EventCells.Sums sums, long[] starts, long start) {
        int window = Arrays.binarySearch(starts, start);
        double bad = (double) sums.bad[window] / scale;
        return new Counts(bad, bad + (double) sums.good[window] / scale);
    }

    List<AlertListener.Change> evaluate(Instant now, Replicas replicas, List<String> notes) {
        SloStatus status = status(now, replicas, notes);
        return alerts.update(status, now, tier -> onset(tier, status), onset -> spentSince(onset, status));
    }

    private Instant onset(TierVerdict verdict, SloStatus status) {
        long start = Minutes.of(status.at()) - verdict.tier().longWindow().toMinutes();
        long first = cells.firstMinuteOver(verdict.threshold(), start);
        return first == Long.MAX_VALUE ? status.at() : Minutes.end(first - 1);
    }

    /** The part of the period's budget that went since an instant. */
    private double spentSince(Instant onset, SloStatus status) {
        long last = Minutes.of(status.at());
        long[] starts = {Math.min(Minutes.of(onset), last)};
        double bad = (double) cells.sums(last, starts, starts[0]).bad[0] / scale;
        double total = status.counts().total();
        return total == 0 ? 0 : objective.budget().burnRate(Math.min(1, bad / total));
    }

    Objective objective() {
        return objective;
    }

    Alerts alerts() {
        return alerts;
    }

    SeriesImage image() {
        return new SeriesImage(
                objective.name(), group, SeriesImage.meaningOf(objective), cells.image(), alerts.history());
    }

    @Override
    public String slo() {
        return objective.name();
    }

    @Override
    public Map<Dimension, String> group() {
        return group;
    }

    @Override
    public double good() {
        return (double) cells.totalGood() / scale;
    }

    @Override
    public double bad() {
        return (double) cells.totalBad() / scale;
    }
}
