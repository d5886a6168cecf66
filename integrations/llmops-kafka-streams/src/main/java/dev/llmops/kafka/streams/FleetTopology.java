package dev.llmops.kafka.streams;

import dev.llmops.cost.accounting.AccountDimension;
import dev.llmops.quality.drift.DriftPolicy;
import dev.llmops.quality.drift.ReferenceProfile;
import dev.llmops.release.GateSituation;
import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.slo.Objective;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Builds a Kafka Streams topology that turns the call events of a fleet into the figures that one instance has of itself:
 * status of objectives, evidence and verdict of releases, drift, latency, and cost. Everything happens in event time.
 *
 * <pre>{@code
 * Topology topology = FleetTopology.builder("llm.calls", "llm.fleet").objectives(objectives).build();
 * KafkaStreams streams = new KafkaStreams(topology, properties); // with processing.guarantee=exactly_once_v2
 * }</pre>
 *
 * <p>The input is what {@code KafkaCallSink} of {@code llmops-kafka} sends, by its default key. Every call and every later
 * event counts once, however often it comes. Figures are exact under the guarantee {@code exactly_once_v2}, through restarts
 * and rebalances.
 *
 * <p>See docs/decisions/integrations.md#shards-send-whole-totals.
 *
 * @since 0.1.0
 */
public final class FleetTopology {

    private FleetTopology() {}

    /**
     * Creates a builder without figures.
     *
     * @param inputTopic the topic of call events
     * @param outputTopic the topic of figures, by key {@code slo}, {@code gate/…}, {@code drift}, {@code cost/…}, {@code
     *     latency/…} and {@code skipped}; the latest of each key holds, so it may be compacted
     * @return a builder
     */
    public static Builder builder(String inputTopic, String outputTopic) {
        return new Builder(inputTopic, outputTopic);
    }

    /** Builds a topology. Not thread-safe. */
    public static final class Builder {

        private final String inputTopic;
        private final String outputTopic;
        private final Map<String, FleetPlan.Release> releases = new LinkedHashMap<>();
        private List<Objective> objectives = List.of();
        private FleetPlan.@Nullable Drift drift;
        private List<AccountDimension> costBy = List.of();
        private Duration publishEvery = Duration.ofSeconds(10);
        private Duration retention = Duration.ofDays(7);
        private Function<String, KeyValueBytesStoreSupplier> stores = Stores::persistentKeyValueStore;

        private Builder(String inputTopic, String outputTopic) {
            this.inputTopic = inputTopic;
            this.outputTopic = outputTopic;
        }

        /**
         * Sets the objectives; groups of an objective are counted together.
         *
         * @param objectives the objectives
         * @return this builder
         */
        public Builder objectives(List<Objective> objectives) {
            this.objectives = List.copyOf(objectives);
            return this;
        }

        /**
         * Adds a release to judge.
         *
         * @param changeId the release
         * @param policy its policy
         * @param profile the thresholds that were fixed before it
         * @param situation where the release stands at a time, such as {@code now -> GateSituation.of(store.read(), now)}
         * @return this builder
         */
        public Builder release(
                String changeId, GatePolicy policy, GateProfile profile, Function<Instant, GateSituation> situation) {
            releases.put(changeId, new FleetPlan.Release(policy, profile, situation));
            return this;
        }

        /**
         * Sets the reference with which windows of calls are compared. A window is judged when it is over.
         *
         * @param reference the reference, with bins of the standard features
         * @param policy the rule
         * @param window the length of a window, whole minutes; windows begin at multiples of it since 1970
         * @return this builder
         */
        public Builder drift(ReferenceProfile reference, DriftPolicy policy, Duration window) {
            this.drift = new FleetPlan.Drift(reference, policy, window);
            return this;
        }

        /**
         * Sets by what the cost of each day of UTC is split; by default there is its total only.
         *
         * @param dimensions the dimensions of one account
         * @return this builder
         */
        public Builder costBy(AccountDimension... dimensions) {
            this.costBy = List.of(dimensions);
            return this;
        }

        /**
         * Sets how often figures that changed are published; 10 seconds by default.
         *
         * @param interval positive
         * @return this builder
         */
        public Builder publishEvery(Duration interval) {
            this.publishEvery = interval;
            return this;
        }

        /**
         * Sets how long a call is remembered, so that copies of it are dropped and later events find it; 7 days by default.
         *
         * @param time positive; totals are kept as long, or as long as the windows of the objectives
         * @return this builder
         */
        public Builder retention(Duration time) {
            this.retention = time;
            return this;
        }

        /** Keeps state in memory alone, for tests of a driver that flushes after each record. */
        Builder inMemory() {
            this.stores = Stores::inMemoryKeyValueStore;
            return this;
        }

        /**
         * Builds the topology.
         *
         * @return the topology
         * @throws IllegalArgumentException naming every rule that is broken
         */
        public Topology build() {
            List<String> problems = new ArrayList<>();
            if (drift != null && !isWholeMinutes(drift.window())) {
                problems.add("the window of drift is no positive number of whole minutes (" + drift.window()
                        + ") — whole minutes are allowed — pass for example Duration.ofHours(1)");
            }
            if (publishEvery.toMillis() < 1) {
                problems.add("publishEvery is too short (" + publishEvery
                        + ") — at least a millisecond is allowed — pass for example Duration.ofSeconds(10)");
            }
            if (retention.isNegative() || retention.isZero()) {
                problems.add("retention is not positive (" + retention
                        + ") — a positive time is allowed — pass for example Duration.ofDays(7)");
            }
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("\n", problems));
            }
            return topology(new FleetPlan(objectives, Map.copyOf(releases), drift, costBy, publishEvery, retention));
        }

        private static boolean isWholeMinutes(Duration window) {
            return window.toMinutes() > 0 && window.equals(Duration.ofMinutes(window.toMinutes()));
        }

        private Topology topology(FleetPlan plan) {
            StreamsBuilder streams = new StreamsBuilder();
            streams.addStateStore(store(CallShard.STORIES));
            streams.addStateStore(store(CallShard.TOTALS));
            streams.addStateStore(store(GateShard.LINES));
            streams.addStateStore(store(FleetMerger.SHARDS));
            Serde<String> text = Serdes.String();
            KStream<String, String> shards = streams.stream(inputTopic, Consumed.with(text, text))
                    .process(() -> new CallShard(plan), CallShard.STORIES, CallShard.TOTALS);
            KStream<String, String> evidence = shards.filter((key, value) -> key.startsWith(CallShard.UNIT))
                    .repartition(Repartitioned.with(text, text).withName("llmops-units"))
                    .process(() -> new GateShard(plan), GateShard.LINES);
            shards.filterNot((key, value) -> key.startsWith(CallShard.UNIT))
                    .merge(evidence)
                    .repartition(Repartitioned.with(text, text)
                            .withName("llmops-totals")
                            .withNumberOfPartitions(1))
                    .process(() -> new FleetMerger(plan), FleetMerger.SHARDS)
                    .to(outputTopic, Produced.with(text, text));
            return streams.build();
        }

        private StoreBuilder<KeyValueStore<String, String>> store(String name) {
            return Stores.keyValueStoreBuilder(stores.apply(name), Serdes.String(), Serdes.String());
        }
    }
}
