package dev.llmops.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmops.core.record.CallRecord;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Windows and profiles of any shards, added in any order, are those of the whole, byte by byte. */
class MergeLawsTest {

    private static final List<Feature> FEATURES = List.of(
            Feature.numeric("value", call -> (double) call.attributes().getOrDefault("value", Double.NaN)),
            Feature.category(
                    "topic", call -> (@Nullable String) call.attributes().get("topic")));
    private static final Clock CLOCK = Clock.fixed(Traffic.START, ZoneOffset.UTC);
    private static final ReferenceProfile REFERENCE = reference();

    private static ReferenceProfile reference() {
        ReferenceRecorder recorder = new ReferenceRecorder(Traffic.VERSIONS.id(), FEATURES);
        Random random = new Random(3);
        IntStream.range(0, 500).forEach(i -> recorder.add(call(random)));
        for (float[] vector : DiscrepancyTest.cloud(200, 0, 1)) {
            recorder.addEmbedding("question", vector);
        }
        return recorder.profile();
    }

    private static CallRecord call(Random random) {
        double value =
                switch (random.nextInt(20)) {
                    case 0 -> Double.NaN;
                    case 1 -> Double.POSITIVE_INFINITY;
                    case 2 -> -0.0;
                    default -> Math.exp(random.nextGaussian());
                };
        return Traffic.value(
                Traffic.START.plusSeconds(random.nextInt(700_000)),
                value,
                random.nextInt(9) == 0 ? null : "topic " + random.nextInt(30));
    }

    /** What one instance saw: calls, and as many embeddings. */
    private record Shard(List<CallRecord> calls, List<float[]> vectors) {

        DriftWindow window() {
            DriftMonitor monitor = DriftMonitor.builder(REFERENCE)
                    .features(FEATURES)
                    .clock(CLOCK)
                    .build();
            calls.forEach(monitor::add);
            vectors.forEach(vector -> monitor.addEmbedding("question", vector));
            return monitor.takeWindow();
        }

        ReferenceProfile profile() {
            ReferenceRecorder recorder = ReferenceRecorder.withBinsOf(REFERENCE, FEATURES);
            calls.forEach(recorder::add);
            vectors.forEach(vector -> recorder.addEmbedding("question", vector));
            return recorder.profile();
        }
    }

    private static Shard shard(Random random, int size) {
        List<CallRecord> calls = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            calls.add(call(random));
            float[] vector = new float[8];
            for (int j = 0; j < vector.length; j++) {
                vector[j] = (float) random.nextGaussian();
            }
            vectors.add(vector);
        }
        return new Shard(calls, vectors);
    }

    private static Shard together(List<Shard> shards) {
        return new Shard(
                shards.stream().flatMap(shard -> shard.calls().stream()).toList(),
                shards.stream().flatMap(shard -> shard.vectors().stream()).toList());
    }

    private static List<Shard> shards(long seed, int members) {
        Random random = new Random(seed);
        return IntStream.range(0, members)
                .mapToObj(i -> shard(random, 1 + random.nextInt(40)))
                .toList();
    }

    @Property(tries = 60)
    void windows_of_shards_in_any_order_are_the_window_of_the_whole(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int members) {
        List<Shard> shards = shards(seed, members);
        List<DriftWindow> windows =
                new ArrayList<>(shards.stream().map(Shard::window).toList());
        Collections.shuffle(windows, new Random(seed));

        assertThat(windows.stream().reduce(DriftWindow::plus).orElseThrow().toJson())
                .isEqualTo(together(shards).window().toJson());
    }

    @Property(tries = 60)
    void adding_windows_is_associative_and_commutative(@ForAll long seed) {
        List<DriftWindow> all = shards(seed, 3).stream().map(Shard::window).toList();
        DriftWindow a = all.get(0);
        DriftWindow b = all.get(1);
        DriftWindow c = all.get(2);

        assertThat(a.plus(b).plus(c).toJson()).isEqualTo(a.plus(b.plus(c)).toJson());
        assertThat(a.plus(b).toJson()).isEqualTo(b.plus(a).toJson());
        assertThat(DriftWindow.fromJson(a.toJson()).toJson()).isEqualTo(a.toJson());
    }

    @Property(tries = 60)
    void profiles_of_shards_in_any_order_are_the_profile_of_the_whole(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int members) {
        List<Shard> shards = shards(seed, members);
        List<ReferenceProfile> profiles =
                new ArrayList<>(shards.stream().map(Shard::profile).toList());
        Collections.shuffle(profiles, new Random(seed));
        ReferenceProfile whole = together(shards).profile();

        assertThat(profiles.stream()
                        .reduce(ReferenceProfile::plus)
                        .orElseThrow()
                        .toJson())
                .isEqualTo(whole.toJson());
        assertThat(ReferenceProfile.fromJson(whole.toJson()).digest()).isEqualTo(whole.digest());
    }

    @Property(tries = 60)
    void adding_profiles_is_associative_and_commutative(@ForAll long seed) {
        List<ReferenceProfile> all =
                shards(seed, 3).stream().map(Shard::profile).toList();
        ReferenceProfile a = all.get(0);
        ReferenceProfile b = all.get(1);
        ReferenceProfile c = all.get(2);

        assertThat(a.plus(b).plus(c).toJson()).isEqualTo(a.plus(b.plus(c)).toJson());
        assertThat(a.plus(b).digest()).isEqualTo(b.plus(a).digest());
    }

    @Property(tries = 30)
    void the_windows_of_one_instance_add_up_to_one_long_window(@ForAll long seed) {
        List<Shard> parts = shards(seed, 4);
        DriftMonitor monitor =
                DriftMonitor.builder(REFERENCE).features(FEATURES).clock(CLOCK).build();
        List<DriftWindow> windows = new ArrayList<>();
        for (Shard part : parts) {
            part.calls().forEach(monitor::add);
            part.vectors().forEach(vector -> monitor.addEmbedding("question", vector));
            windows.add(monitor.takeWindow());
        }

        assertThat(windows.stream().reduce(DriftWindow::plus).orElseThrow().toJson())
                .isEqualTo(together(parts).window().toJson());
    }

    @Test
    void profiles_with_other_edges_are_not_merged() {
        ReferenceRecorder recorder = new ReferenceRecorder(Traffic.VERSIONS.id(), FEATURES);
        Random random = new Random(4);
        IntStream.range(0, 500).forEach(i -> recorder.add(call(random)));
        FeatureProfile other = recorder.profile().features().get(0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> REFERENCE.features().get(0).plus(other))
                .withMessageStartingWith("profiles cannot be merged (value with 11 bins and value with 11 bins) — ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> REFERENCE.plus(recorder.profile()))
                .withMessageStartingWith("profiles cannot be merged (of version set ");
    }

    @Test
    void a_recorder_without_a_feature_of_the_profile_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReferenceRecorder.withBinsOf(REFERENCE, List.of(FEATURES.get(0))))
                .withMessageStartingWith("feature is missing (topic) — ");
    }
}
