package dev.llmops.slo.engine;

import dev.llmops.core.Ticker;
import dev.llmops.core.privacy.SafeText;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Objective;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the state of an earlier process back, and saves the state of this one now and then. */
final class SnapshotKeeper {

    private static final Logger LOG = LoggerFactory.getLogger("llmops.slo");

    private final @Nullable SnapshotFile file;
    private final long everyNanos;
    private final Ticker ticker;
    private final Instant startedAt;
    private final List<SeriesImage> earlier = new ArrayList<>();
    private final List<Exclusion> exclusions = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long savedAtNanos;
    private volatile String saveFailure = "";

    SnapshotKeeper(@Nullable SnapshotFile file, Duration every, Ticker ticker, Instant startedAt) {
        this.file = file;
        this.ticker = ticker;
        this.startedAt = startedAt;
        everyNanos = every.toNanos();
        savedAtNanos = ticker.nanos();
        if (file != null && file.exists()) {
            load(file);
        }
    }

    private void load(SnapshotFile present) {
        try {
            SnapshotFile.Content content = present.read();
            earlier.addAll(content.series());
            exclusions.addAll(content.exclusions());
        } catch (SnapshotFile.OtherVersionException e) {
            refuse(present, e, "of another version (" + e.version + ")", "version-" + e.version);
        } catch (IOException | RuntimeException e) {
            refuse(present, e, "damaged", "damaged");
        }
    }

    private void refuse(SnapshotFile present, Exception why, String kind, String suffix) {
        notes.add("the counts from before " + startedAt + " are missing, because their file is " + kind);
        LOG.error(
                "Refusing the SLO snapshot {}: {}. Every objective starts without data; the file was moved to {}.",
                present.path(),
                why.getMessage(),
                setAside(present, suffix));
    }

    private String setAside(SnapshotFile refused, String suffix) {
        try {
            return refused.setAside(suffix, startedAt).toString();
        } catch (IOException e) {
            return "nowhere, because that failed too (" + e.getMessage() + ")";
        }
    }

    /** Hands the state of a series over, once, if it counts the same thing. */
    synchronized @Nullable SeriesImage take(String slo, Map<Dimension, String> group, String meaning) {
        for (SeriesImage image : earlier) {
            if (image.slo().equals(slo) && image.group().equals(group)) {
                earlier.remove(image);
                if (image.meaning().equals(meaning)) {
                    return image;
                }
                LOG.warn(
                        "The saved events of {} {} are not taken over: they were {}, and now {} are counted.",
                        slo,
                        SafeText.plain(group.toString()),
                        image.meaning(),
                        meaning);
                return null;
            }
        }
        return null;
    }

    /** Returns the excluded time that was added at run time. */
    List<Exclusion> exclusions() {
        return List.copyOf(exclusions);
    }

    /** Names the groups that are still waiting to be taken. */
    void groups(BiConsumer<String, Map<Dimension, String>> consumer) {
        List.copyOf(earlier).forEach(image -> consumer.accept(image.slo(), image.group()));
    }

    /** Returns notes on counts that were lost, while the window reaches back that far, and on a file that cannot be written. */
    List<String> notes(Objective objective, Instant now) {
        boolean reachesBack = now.minus(objective.window().longestLength()).isBefore(startedAt);
        List<String> lost = reachesBack ? notes : List.of();
        String failure = saveFailure;
        if (failure.isEmpty()) {
            return lost;
        }
        List<String> all = new ArrayList<>(lost);
        all.add(failure);
        return all;
    }

    boolean isDue() {
        return file != null && ticker.nanos() - savedAtNanos >= everyNanos;
    }

    void save(SnapshotFile.Content content, Telemetry telemetry) {
        if (file == null) {
            return;
        }
        savedAtNanos = ticker.nanos();
        try {
            file.write(content);
            saveFailure = "";
        } catch (IOException e) {
            saveFailure =
                    "the snapshot " + file.path() + " cannot be written (" + e + "), so a restart loses these counts";
            telemetry.failure("slo.snapshot", e, "check that " + file.path() + " can be written");
        }
    }
}
