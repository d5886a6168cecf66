package dev.llmops.slo.engine;

import dev.llmops.slo.CompositeObjective;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.internal.TimeSpans;
import dev.llmops.slo.status.CompositeStatus;
import dev.llmops.slo.status.SloStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A composite. Its time slices are judged once, when their last minute and the evaluation delay of every member are over;
 * events that come later change no slice.
 */
final class CompositeSeries {

    private static final long SLICE = CompositeObjective.SLICE.toMinutes();
    private static final long REACH = 3 * 24 * 60; // members have minute cells that far back

    private final CompositeObjective composite;
    private final List<Series> members;
    private final EventCells slices;
    private final SloWindow window;
    private final long delay;
    private long judged;

    CompositeSeries(
            CompositeObjective composite,
            List<Series> members,
            LongSupplier currentMinute,
            Consumer<String> dropped,
            @Nullable SeriesImage earlier) {
        this.composite = composite;
        this.members = members;
        window = members.get(0).objective().window();
        delay = members.stream()
                .mapToLong(member -> Minutes.ceil(member.objective().evaluationDelay()))
                .max()
                .orElse(0);
        CellsImage image = earlier == null ? null : earlier.cells();
        slices = new EventCells(window.longestLength().toMinutes(), (int) delay, 0, currentMinute, dropped, image);
        judged = wholeSlices(image == null ? currentMinute.getAsLong() - 1 : image.head());
    }

    private static long wholeSlices(long minute) {
        return Math.floorDiv(minute, SLICE) * SLICE;
    }

    static String meaningOf(CompositeObjective composite) {
        return "slices|" + composite.members();
    }

    void exclude(List<Exclusion> all) {
        slices.exclude(TimeSpans.of(Exclusion.of(all, composite.name()), Exclusion::from, Exclusion::to));
    }

    /** Judges the slices that are over. */
    synchronized void judge(Instant now) {
        if (composite.sliceTarget().isEmpty()) {
            return;
        }
        long due = wholeSlices(Math.floorDiv(now.getEpochSecond(), 60) - delay);
        // A clock that was ahead by more than the minute cells has emptied them, and everything starts again.
        judged = judged - due > REACH ? due : judged;
        for (long end = Math.max(judged, due - REACH) + SLICE; end <= due; end += SLICE) {
            boolean hasEvents = false;
            boolean isMissed = false;
            for (Series member : members) {
                Counts counts = member.between(end - SLICE, end);
                hasEvents |= !counts.isEmpty();
                double budget = member.objective().budget().ratio().doubleValue();
                isMissed |= counts.errorRatio().orElse(0) > budget;
            }
            if (hasEvents) {
                slices.add(end, isMissed ? 0 : 1, isMissed ? 1 : 0);
            }
        }
        judged = Math.max(judged, due);
    }

    CompositeStatus status(Instant now, Function<Series, SloStatus> member) {
        judge(now);
        long last = Minutes.of(now);
        long[] starts = {Minutes.of(window.startAt(Minutes.end(last)))};
        EventCells.Sums sums = slices.sums(last, starts, starts[0]);
        Counts counts = new Counts(sums.bad[0], (double) sums.good[0] + sums.bad[0]);
        return new CompositeStatus(composite, members.stream().map(member).toList(), counts);
    }

    SeriesImage image() {
        return new SeriesImage(composite.name(), Map.of(), meaningOf(composite), slices.image(), List.of());
    }
}
