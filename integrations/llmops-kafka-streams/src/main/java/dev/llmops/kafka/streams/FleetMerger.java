package dev.llmops.kafka.streams;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Adds the totals of all shards up, and publishes the figures of the fleet. A shard sends whole totals, not differences, so a
 * total that comes twice changes nothing.
 */
final class FleetMerger implements Processor<String, String, String, String> {

    static final String SHARDS = "llmops-shards";

    private final FleetPlan plan;
    private final FleetFigures figures;
    private final NavigableMap<String, String> fleet = new TreeMap<>();
    private final Set<String> changed = new TreeSet<>();
    private ProcessorContext<String, String> context;
    private KeyValueStore<String, String> shards;

    // Kafka Streams calls init before anything else.
    @SuppressWarnings("NullAway.Init")
    FleetMerger(FleetPlan plan) {
        this.plan = plan;
        this.figures = new FleetFigures(plan);
    }

    @Override
    public void init(ProcessorContext<String, String> context) {
        this.context = context;
        this.shards = context.getStateStore(SHARDS);
        try (KeyValueIterator<String, String> all = shards.all()) {
            while (all.hasNext()) {
                KeyValue<String, String> total = all.next();
                String name = nameOf(total.key);
                fleet.merge(name, total.value, TotalName.of(name).kind()::plusText);
                changed.add(name);
            }
        }
        context.schedule(plan.publishEvery(), PunctuationType.WALL_CLOCK_TIME, now -> publish());
    }

    private static String nameOf(String key) {
        return key.substring(0, key.lastIndexOf(CallShard.SHARD));
    }

    @Override
    public void process(Record<String, String> total) {
        String key = Objects.requireNonNull(total.key());
        String name = nameOf(key);
        shards.put(key, total.value());
        fleet.remove(name);
        try (KeyValueIterator<String, String> all = shards.prefixScan(name + CallShard.SHARD, new StringSerializer())) {
            all.forEachRemaining(
                    shard -> fleet.merge(name, shard.value, TotalName.of(name).kind()::plusText));
        }
        changed.add(name);
    }

    private void publish() {
        long time = context.currentStreamTimeMs();
        if (time < 0 || changed.isEmpty()) {
            return;
        }
        Instant now = Instant.ofEpochMilli(time);
        figures.of(fleet, changed, now).forEach((key, figure) -> context.forward(new Record<>(key, figure, time)));
        changed.clear();
        plan.forget(shards, now);
        fleet.keySet().removeIf(name -> TotalName.of(name).isBefore(plan.oldest(now)));
    }
}
