package dev.llmops.metrics.saturation;

import dev.llmops.core.Ticker;
import dev.llmops.core.telemetry.Telemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls probes on daemon threads of its own and holds what they last saw. A reading that a later poll does not repeat,
 * that belongs to a failed poll, or that is older than three intervals is gone: its series becomes absent.
 *
 * <p>A failed poll, each problem within one, and each implausible reading count as {@code llm.telemetry.failures} with
 * {@code where="saturation.<probe>"}; the log has one line when a probe begins to fail and one when it works again.
 *
 * <p>Thread-safe.
 *
 * <p>See docs/decisions/metrics.md#polls-run-on-daemon-threads-one-per-source-and-a-failed-poll-removes-its-series.
 *
 * @since 0.1.0
 */
public final class SaturationMonitor implements AutoCloseable {

    /** Maximum number of readings of a probe; the rest is dropped and counted. */
    static final int MAX_READINGS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger("llmops.saturation");
    private static final int INTERVALS_TO_LIVE = 3;

    private final Map<SaturationProbe, Snapshot> snapshots = new LinkedHashMap<>();
    private final ScheduledThreadPoolExecutor threads;
    private final Duration interval;
    private final Telemetry telemetry;
    private final Ticker ticker;
    private final Exporter exporter;

    /** Shows the readings somewhere. */
    interface Exporter extends AutoCloseable {
        /** The set of readings may have changed. */
        void changed(SaturationMonitor monitor);

        @Override
        void close();
    }

    private record Snapshot(long takenAtNanos, Map<Key, SaturationProbe.Reading> readings, boolean failing) {}

    private record Key(Object instrument, List<String> labelValues) {
        static Key of(SaturationProbe.Reading reading) {
            return new Key(reading.instrument(), reading.labelValues());
        }
    }

    SaturationMonitor(
            List<SaturationProbe> probes, Duration interval, Telemetry telemetry, Ticker ticker, Exporter exporter) {
        this.interval = interval;
        this.telemetry = telemetry;
        this.ticker = ticker;
        this.exporter = exporter;
        for (SaturationProbe probe : probes) {
            snapshots.put(probe, new Snapshot(ticker.nanos(), Map.of(), false));
        }
        AtomicInteger number = new AtomicInteger();
        // One thread a probe, so that one that hangs holds up no other.
        this.threads = new ScheduledThreadPoolExecutor(probes.size(), task -> {
            Thread thread = new Thread(task, "llmops-saturation-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        for (SaturationProbe probe : List.copyOf(snapshots.keySet())) {
            ScheduledFuture<?> unused =
                    threads.scheduleWithFixedDelay(() -> poll(probe), 0, interval.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    void pollAll() {
        List.copyOf(snapshots.keySet()).forEach(this::poll);
    }

    private void poll(SaturationProbe probe) {
        try {
            SaturationProbe.Poll poll = probe.poll();
            List<String> problems = new ArrayList<>(poll.problems());
            Map<Key, SaturationProbe.Reading> readings = sift(probe, poll.readings(), problems);
            problems.forEach(problem -> telemetry.count(Telemetry.Kind.FAILURES, where(probe)));
            replace(probe, readings, problems);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception | LinkageError e) {
            telemetry.count(Telemetry.Kind.FAILURES, where(probe));
            replace(probe, Map.of(), List.of(String.valueOf(e.getMessage())));
        }
    }

    private Map<Key, SaturationProbe.Reading> sift(
            SaturationProbe probe, List<SaturationProbe.Reading> readings, List<String> problems) {
        Map<Key, SaturationProbe.Reading> kept = new LinkedHashMap<>();
        for (SaturationProbe.Reading reading : readings) {
            if (!reading.isPlausible()) {
                problems.add(reading + " is out of range");
            } else if (kept.size() < MAX_READINGS) {
                kept.put(Key.of(reading), reading);
            } else {
                telemetry.count(Telemetry.Kind.DROPPED, where(probe));
            }
        }
        return kept;
    }

    private static String where(SaturationProbe probe) {
        return "saturation." + probe.name();
    }

    private void replace(SaturationProbe probe, Map<Key, SaturationProbe.Reading> readings, List<String> problems) {
        boolean failing = !problems.isEmpty();
        boolean failedBefore;
        synchronized (snapshots) {
            Snapshot before = snapshots.put(probe, new Snapshot(ticker.nanos(), readings, failing));
            failedBefore = before != null && before.failing();
        }
        if (failing && !failedBefore) {
            LOG.warn("{} cannot be read in full: {}; its missing series are absent", where(probe), problems);
        } else if (!failing && failedBefore) {
            LOG.info("{} can be read again", where(probe));
        }
        show();
    }

    private void show() {
        try {
            if (!threads.isShutdown()) {
                exporter.changed(this);
            }
        } catch (RuntimeException e) {
            telemetry.failure("saturation", e, "check the filters and names of the meter registry");
        }
    }

    /**
     * Returns what the probes saw last. Of two probes that read the same thing, the one added first counts.
     *
     * @return the readings that are not too old, in the order of the probes
     */
    public List<SaturationProbe.Reading> readings() {
        return List.copyOf(current().values());
    }

    double valueOf(SaturationProbe.Reading like) {
        SaturationProbe.Reading reading = current().get(Key.of(like));
        return reading == null ? Double.NaN : reading.value();
    }

    private Map<Key, SaturationProbe.Reading> current() {
        Map<Key, SaturationProbe.Reading> current = new LinkedHashMap<>();
        long now = ticker.nanos();
        synchronized (snapshots) {
            for (Snapshot snapshot : snapshots.values()) {
                if (now - snapshot.takenAtNanos <= INTERVALS_TO_LIVE * interval.toNanos()) {
                    snapshot.readings.forEach(current::putIfAbsent);
                }
            }
        }
        return current;
    }

    /** Stops polling and takes the series back. */
    @Override
    public void close() {
        threads.shutdownNow();
        exporter.close();
        List.copyOf(snapshots.keySet()).forEach(SaturationProbe::close);
    }
}
