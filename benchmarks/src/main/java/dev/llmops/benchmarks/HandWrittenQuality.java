package dev.llmops.benchmarks;

import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The quality of each version and the calls of a release's two arms as one keeps them by hand: counters, and the last calls one
 * by one, to judge them later.
 */
final class HandWrittenQuality {

    private static final int KEPT = 100_000;

    private record Version(LongAdder calls, LongAdder answered) {}

    private record ArmCall(
            String change,
            String arm,
            long unit,
            long totalNanos,
            long firstTokenNanos,
            @Nullable BigDecimal cost) {}

    private final Map<String, Version> versions = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<ArmCall> calls = new AtomicReferenceArray<>(KEPT);
    private final AtomicLong next = new AtomicLong();

    void ended(HandWrittenFigures figures) {
        Version version =
                versions.computeIfAbsent(SampleCall.VERSIONS.id(), id -> new Version(new LongAdder(), new LongAdder()));
        version.calls.increment();
        version.answered.increment();
        calls.set(
                (int) (next.getAndIncrement() % KEPT),
                new ArmCall(
                        SampleCall.CHANGE,
                        "candidate",
                        SampleCall.UNIT,
                        figures.totalNanos(),
                        figures.firstTokenNanos(),
                        figures.cost()));
    }
}
