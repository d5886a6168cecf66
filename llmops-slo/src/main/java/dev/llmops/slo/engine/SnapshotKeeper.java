package dev.llmops.slo.engine;

import dev.llmops.core.Telemetry;
import dev.llmops.core.Ticker;
import dev.llmops.core.privacy.SafeText;
import dev.llmops.slo.Dimension;
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
    private final List<String> notes = new ArrayList<>();
    private long savedAtNanos;

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
            earlier.addAll(present.read());
        } catch (IOException | RuntimeException e) {
            notes.add("the state of before " + startedAt + " was lost, because its file was damaged");
            LOG.error(
                    "Refusing the SLO snapshot {}: {}. Every objective starts without data; the file was moved to {}.",
                    present.path(),
                    e.getMessage(),
                    setAside(present));
        }
    }

    private String setAside(SnapshotFile damaged) {
        try {
            return damaged.setAside(startedAt).toString();
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

    /** Names the groups that are still waiting to be taken. */
    void groups(BiConsumer<String, Map<Dimension, String>> consumer) {
        List.copyOf(earlier).forEach(image -> consumer.accept(image.slo(), image.group()));
    }

    /** What a status must say as long as its window reaches back to before the loss. */
    List<String> notes(Objective objective, Instant now) {
        boolean reachesBack = now.minus(objective.window().longestLength()).isBefore(startedAt);
        return reachesBack ? notes : List.of();
    }

    boolean isDue() {
        return file != null && ticker.nanos() - savedAtNanos >= everyNanos;
    }

    void save(List<SeriesImage> images, Telemetry telemetry) {
        if (file == null) {
            return;
        }
        savedAtNanos = ticker.nanos();
        try {
            file.write(images);
        } catch (IOException e) {
            telemetry.failure("slo.snapshot", e, "check that " + file.path() + " can be written");
        }
    }
}
