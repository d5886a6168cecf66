package dev.llmops.kafka.streams;

import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.release.evidence.LogEvidence;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the records of the units of one partition, and makes evidence of them as {@link LogEvidence} does. All calls of a unit
 * are in one partition, so its vote is the same as in one log of all, and the evidence of all partitions adds up to that of the whole.
 */
final class GateShard implements Processor<String, String, String, String> {

    static final String LINES = "llmops-release-lines";

    /** Evidence of a large release takes long to make, so it may take a tenth of the time. */
    private static final int PAUSE = 9;

    private final FleetPlan plan;
    private final Set<String> changed = new LinkedHashSet<>();
    private ProcessorContext<String, String> context;
    private KeyValueStore<String, String> lines;
    private long notBeforeNanos = System.nanoTime();

    // Kafka Streams calls init before anything else.
    @SuppressWarnings("NullAway.Init")
    GateShard(FleetPlan plan) {
        this.plan = plan;
    }

    @Override
    public void init(ProcessorContext<String, String> context) {
        this.context = context;
        this.lines = context.getStateStore(LINES);
        changed.addAll(plan.releases().keySet());
        context.schedule(plan.publishEvery(), PunctuationType.WALL_CLOCK_TIME, now -> publish());
        forgetOtherReleases();
    }

    /** A release that is judged no more needs no records. */
    private void forgetOtherReleases() {
        try (KeyValueIterator<String, String> all = lines.all()) {
            while (all.hasNext()) {
                String key = all.next().key;
                if (!plan.releases().containsKey(changeOf(key))) {
                    lines.delete(key);
                }
            }
        }
    }

    /** Refuses what the gate could not read; kept by its shard, such a line would fail there again and again. */
    static void requireReadable(FleetPlan plan, @Nullable String unit, String line) {
        FleetPlan.Release release = unit == null ? null : plan.releases().get(changeOf(unit));
        if (unit == null || release == null) {
            return;
        }
        try {
            GateEvidence read = LogEvidence.read(
                    changeOf(unit), release.policy(), release.profile(), Instant.EPOCH, Stream.of(line));
            if (read.notCounted().containsKey(LogEvidence.UNREADABLE)) {
                throw new IllegalArgumentException("it has what no call has");
            }
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "the gate cannot read the record (" + e.getMessage()
                            + ") — the log's schema is read — skip the record",
                    e);
        }
    }

    static String changeOf(String key) {
        return key.substring(CallShard.UNIT.length(), key.indexOf(CallShard.SEPARATOR));
    }

    @Override
    public void process(Record<String, String> message) {
        String unit = Objects.requireNonNull(message.key());
        // Copies were dropped before, so equal lines are different events, and the evidence does not depend on how
        // many.
        String line = UUID.nameUUIDFromBytes(message.value().getBytes(StandardCharsets.UTF_8))
                .toString();
        lines.put(unit + CallShard.SEPARATOR + line, message.value());
        changed.add(changeOf(unit));
    }

    private void publish() {
        long time = context.currentStreamTimeMs();
        long began = System.nanoTime();
        if (time < 0 || began - notBeforeNanos < 0) {
            return;
        }
        for (String change : changed) {
            FleetPlan.Release release = plan.releases().get(change);
            if (release != null) {
                String evidence = LogEvidence.read(
                                change,
                                release.policy(),
                                release.profile(),
                                Instant.ofEpochMilli(time),
                                linesOf(change).stream())
                        .toJson();
                String name = new TotalName(TotalKind.EVIDENCE, 0, change) + CallShard.SHARD + "units-"
                        + context.taskId().partition();
                context.forward(new Record<>(name, evidence, time));
            }
        }
        changed.clear();
        long ended = System.nanoTime();
        notBeforeNanos = ended + PAUSE * (ended - began);
    }

    private List<String> linesOf(String change) {
        List<String> found = new ArrayList<>();
        try (KeyValueIterator<String, String> iterator =
                lines.prefixScan(CallShard.UNIT + change + CallShard.SEPARATOR, new StringSerializer())) {
            iterator.forEachRemaining(entry -> found.add(entry.value));
        }
        return found;
    }
}
