package dev.llmops.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.version.VersionSet;
import dev.llmops.quality.drift.statistics.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DriftMonitorTest {

    private static final List<Feature> FEATURES = List.of(
            Feature.numeric("value", call -> (double) call.attributes().getOrDefault("value", Double.NaN)),
            Feature.category(
                    "topic", call -> (@Nullable String) call.attributes().get("topic")));

    private final FakeTicker ticker = new FakeTicker();
    private final Random random = new Random(1);
    private final List<DriftReport> told = new ArrayList<>();

    private static String topic(int i) {
        return i % 3 == 0 ? "billing" : "support";
    }

    private ReferenceProfile reference(int calls) {
        ReferenceRecorder recorder = new ReferenceRecorder(Traffic.VERSIONS.id(), FEATURES);
        for (int i = 0; i < calls; i++) {
            recorder.add(Traffic.value(Traffic.START.plusSeconds(i), random.nextGaussian(), topic(i)));
        }
        return recorder.profile();
    }

    private DriftMonitor monitor(ReferenceProfile reference) {
        return DriftMonitor.builder(reference)
                .features(FEATURES)
                .clock(ticker.clock())
                .onChange(told::add)
                .build();
    }

    private void window(DriftMonitor monitor, int calls, double shift) {
        for (int i = 0; i < calls; i++) {
            monitor.add(Traffic.value(ticker.clock().instant(), random.nextGaussian() + shift, topic(i)));
        }
        ticker.advance(Duration.ofHours(1));
    }

    @Test
    void the_same_traffic_has_no_drift() {
        DriftMonitor monitor = monitor(reference(5_000));
        window(monitor, 1_000, 0);

        assertThat(monitor.check().verdict()).isEqualTo(DriftFinding.Verdict.NO_DRIFT);
        assertThat(told).isEmpty();
    }

    @Test
    void too_few_values_decide_nothing_and_say_how_many_are_needed() {
        DriftMonitor monitor = monitor(reference(5_000));
        window(monitor, 99, 3);

        DriftReport report = monitor.check();
        assertThat(report.verdict()).isEqualTo(DriftFinding.Verdict.INSUFFICIENT_DATA);
        assertThat(report.finding("value", DriftFinding.Method.PSI)).hasValueSatisfying(finding -> {
            assertThat(finding.currentCount()).isEqualTo(99);
            assertThat(finding.requiredCount()).isEqualTo(500);
        });
    }

    @Test
    void a_large_shift_alerts_at_once() {
        DriftMonitor monitor = monitor(reference(5_000));
        window(monitor, 1_000, 1);

        DriftReport report = monitor.check();
        assertThat(report.verdict()).isEqualTo(DriftFinding.Verdict.DRIFT);
        assertThat(report.alerts()).containsExactly("value");
        assertThat(told).containsExactly(report);
    }

    @Test
    void a_medium_shift_alerts_after_two_windows() {
        DriftMonitor monitor = monitor(reference(9_000));
        window(monitor, 3_000, 0.38);
        DriftReport first = monitor.check();
        window(monitor, 3_000, 0.38);
        DriftReport second = monitor.check();

        assertThat(first.finding("value", DriftFinding.Method.KS).orElseThrow().severity())
                .isEqualTo(Severity.MEDIUM);
        assertThat(first.alerts()).isEmpty();
        assertThat(second.alerts()).containsExactly("value");
    }

    @Test
    void a_significant_but_small_shift_is_no_drift() {
        DriftMonitor monitor = monitor(reference(10_000));
        window(monitor, 10_000, 0.1);

        DriftFinding ks =
                monitor.check().finding("value", DriftFinding.Method.KS).orElseThrow();
        assertThat(ks.adjustedPValue()).isLessThan(0.01);
        assertThat(ks.verdict()).isEqualTo(DriftFinding.Verdict.NO_DRIFT);
    }

    @Test
    void all_statistics_see_a_shift_of_one_deviation() {
        DriftMonitor monitor = DriftMonitor.builder(reference(5_000))
                .features(FEATURES)
                .policy(DriftPolicy.standard().withMethods(EnumSet.allOf(DriftFinding.Method.class)))
                .clock(ticker.clock())
                .build();
        window(monitor, 1_000, 1);

        DriftReport report = monitor.check();
        assertThat(report.findings())
                .filteredOn(finding -> finding.feature().equals("value"))
                .extracting(DriftFinding::method, DriftFinding::severity)
                .containsExactly(
                        tuple(DriftFinding.Method.PSI, Severity.HIGH),
                        tuple(DriftFinding.Method.KS, Severity.HIGH),
                        tuple(DriftFinding.Method.JENSEN_SHANNON, Severity.HIGH),
                        tuple(DriftFinding.Method.WASSERSTEIN, Severity.HIGH));
        assertThat(report.finding("value", DriftFinding.Method.WASSERSTEIN)
                        .orElseThrow()
                        .statistic())
                .isBetween(0.8, 1.1);
    }

    @Test
    void values_that_the_reference_never_had_are_a_finding_of_their_own() {
        DriftMonitor monitor = monitor(reference(5_000));
        for (int i = 0; i < 1_000; i++) {
            monitor.add(Traffic.value(Traffic.START, random.nextGaussian(), i % 10 == 0 ? "war" : topic(i)));
        }

        DriftFinding found =
                monitor.check().finding("topic", DriftFinding.Method.NEW_SHARE).orElseThrow();
        assertThat(found.verdict()).isEqualTo(DriftFinding.Verdict.DRIFT);
        assertThat(found.effect()).isEqualTo(0.1);
    }

    @Test
    void missing_values_are_a_finding_of_their_own() {
        DriftMonitor monitor = monitor(reference(5_000));
        for (int i = 0; i < 1_000; i++) {
            monitor.add(Traffic.value(Traffic.START, i < 200 ? Double.NaN : random.nextGaussian(), topic(i)));
        }

        DriftFinding found = monitor.check()
                .finding("value", DriftFinding.Method.MISSING_SHARE)
                .orElseThrow();
        assertThat(found.verdict()).isEqualTo(DriftFinding.Verdict.DRIFT);
        assertThat(found.effect()).isEqualTo(0.2);
    }

    @Test
    void other_versions_beyond_a_hundred_are_counted_as_dropped() {
        DriftMonitor monitor = monitor(reference(5_000));
        Telemetry telemetry = new Telemetry();
        monitor.useTelemetry(telemetry);
        for (int i = 0; i < 103; i++) {
            VersionSet other = VersionSet.builder().prompt("other-" + i).build();
            monitor.add(Traffic.record(Traffic.info(Traffic.START).versionSet(other))
                    .build());
        }

        assertThat(monitor.check().otherVersionSets()).hasSize(100);
        assertThat(telemetry.value(Telemetry.Kind.DROPPED, "drift_version_sets"))
                .isEqualTo(3);
    }

    @Test
    void calls_of_other_versions_and_purposes_do_not_count() {
        DriftMonitor monitor = monitor(reference(5_000));
        VersionSet other = VersionSet.builder().prompt("v2").build();
        monitor.add(
                Traffic.record(Traffic.info(Traffic.START).versionSet(other)).build());
        monitor.add(Traffic.record(Traffic.info(Traffic.START).purpose("judge")).build());

        DriftReport report = monitor.check();
        assertThat(report.otherVersionSets()).isEqualTo(Set.of(other.id()));
        assertThat(report.findings()).allMatch(finding -> finding.currentCount() == 0);
    }

    @Test
    void each_window_counts_only_its_own_calls() {
        DriftMonitor monitor = monitor(reference(5_000));
        window(monitor, 700, 0);
        monitor.check();
        window(monitor, 600, 0);

        assertThat(monitor.check()
                        .finding("value", DriftFinding.Method.KS)
                        .orElseThrow()
                        .currentCount())
                .isEqualTo(600);
    }

    @Test
    void windows_of_a_fleet_add_up_to_the_whole() {
        ReferenceProfile reference = reference(5_000);
        DriftMonitor whole = monitor(reference);
        DriftMonitor one = monitor(reference);
        DriftMonitor two = monitor(reference);
        for (int i = 0; i < 1_000; i++) {
            var call = Traffic.value(Traffic.START, random.nextGaussian() + 1, topic(i));
            whole.add(call);
            (i % 2 == 0 ? one : two).add(call);
        }
        DriftWindow sent = DriftWindow.fromJson(two.takeWindow().toJson());

        assertThat(one.judge(one.takeWindow().plus(sent))).isEqualTo(whole.check());
        assertThat(told).hasSize(2);
    }

    @Test
    void a_window_of_another_profile_is_an_error() {
        DriftWindow window = monitor(reference(2_000)).takeWindow();
        assertThatThrownBy(() -> monitor(reference(3_000)).judge(window))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give all instances the same profile");
    }

    @Test
    void a_listener_that_throws_is_counted() {
        Telemetry telemetry = new Telemetry();
        DriftMonitor monitor = DriftMonitor.builder(reference(5_000))
                .features(FEATURES)
                .clock(ticker.clock())
                .onChange(report -> {
                    throw new IllegalStateException("no pager");
                })
                .build();
        monitor.useTelemetry(telemetry);
        window(monitor, 1_000, 1);

        assertThat(monitor.check().verdict()).isEqualTo(DriftFinding.Verdict.DRIFT);
        assertThat(telemetry.value(Telemetry.Kind.FAILURES, "drift_listener")).isEqualTo(1);
    }

    @Test
    void a_million_values_from_eight_threads_lose_none() throws InterruptedException {
        DriftMonitor monitor = monitor(reference(1_000));
        var call = Traffic.value(Traffic.START, 0.5, "billing");
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> IntStream.range(0, 125_000).forEach(j -> monitor.add(call))))
                .toList();
        threads.forEach(Thread::start);
        long counted = monitor.check()
                .finding("topic", DriftFinding.Method.PSI)
                .orElseThrow()
                .currentCount();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(counted
                        + monitor.check()
                                .finding("topic", DriftFinding.Method.PSI)
                                .orElseThrow()
                                .currentCount())
                .isEqualTo(1_000_000);
    }

    @Test
    void new_topics_are_seen_in_embeddings() {
        ReferenceRecorder recorder = new ReferenceRecorder(Traffic.VERSIONS.id(), List.of());
        recorder.add(Traffic.value(Traffic.START, 1, null));
        for (float[] vector : DiscrepancyTest.cloud(1_000, 0, 1)) {
            recorder.addEmbedding("question", vector);
        }
        DriftMonitor monitor =
                monitor(ReferenceProfile.fromJson(recorder.profile().toJson()));
        for (float[] vector : DiscrepancyTest.cloud(300, 1, 2)) {
            assertThat(monitor.addEmbedding("question", vector)).isTrue();
        }

        assertThat(monitor.check().alerts()).containsExactly("question");
        assertThat(monitor.addEmbedding("question", new float[3])).isFalse();
        assertThat(monitor.addEmbedding("answer", new float[8])).isFalse();
    }

    @Test
    void an_embedding_that_is_no_number_changes_nothing() {
        ReferenceRecorder recorder = new ReferenceRecorder(Traffic.VERSIONS.id(), List.of());
        recorder.add(Traffic.value(Traffic.START, 1, null));
        for (float[] vector : DiscrepancyTest.cloud(1_000, 0, 1)) {
            recorder.addEmbedding("question", vector);
            recorder.addEmbedding("question", new float[] {1, 2, Float.NaN, 4, 5, 6, 7, 8});
            recorder.addEmbedding("question", new float[3]);
        }
        DriftMonitor monitor = monitor(recorder.profile());
        float[] infinite = new float[8];
        infinite[7] = Float.POSITIVE_INFINITY;
        for (float[] vector : DiscrepancyTest.cloud(300, 1, 2)) {
            assertThat(monitor.addEmbedding("question", infinite)).isFalse();
            assertThat(monitor.addEmbedding("question", vector)).isTrue();
        }

        assertThat(monitor.check().alerts()).containsExactly("question");
    }

    @Test
    void a_profile_survives_its_file() {
        ReferenceProfile profile = reference(2_000);
        ReferenceProfile read = ReferenceProfile.fromJson(profile.toJson());

        assertThat(read.toJson()).isEqualTo(profile.toJson());
        assertThat(read.digest()).isEqualTo(profile.digest());
        assertThat(read.feature("value").orElseThrow().counts())
                .isEqualTo(profile.feature("value").orElseThrow().counts());
    }

    @Test
    void a_changed_profile_file_is_refused() {
        String json =
                reference(2_000).toJson().replace("\"versionSet\":\"" + Traffic.VERSIONS.id(), "\"versionSet\":\"x");
        assertThatThrownBy(() -> ReferenceProfile.fromJson(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the file was changed");
    }

    @Test
    void a_profile_without_calls_says_what_to_do() {
        ReferenceRecorder recorder = new ReferenceRecorder("abc", FEATURES);
        assertThatThrownBy(recorder::profile)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version set abc, but has none");
    }

    @Test
    void shards_add_up_to_the_whole() {
        FeatureProfile profile = reference(1_000).feature("value").orElseThrow();
        FeatureProfile twice = profile.plus(profile);
        assertThat(twice.counts())
                .isEqualTo(IntStream.range(0, profile.binning().size())
                        .mapToLong(i -> 2 * profile.counts()[i])
                        .toArray());
        assertThat(twice.isSeasonal()).isTrue();
    }

    @Test
    void a_sparse_hour_is_filled_up_from_the_whole() {
        ReferenceRecorder recorder = new ReferenceRecorder(Traffic.VERSIONS.id(), FEATURES);
        Instant night = Traffic.START.plus(Duration.ofHours(3));
        for (int i = 0; i < 5_000; i++) {
            recorder.add(Traffic.value(i < 50 ? night : Traffic.START, i < 50 ? -9 : i, null));
        }
        FeatureProfile profile = recorder.profile().feature("value").orElseThrow();

        long[] atNight = profile.counts(3);
        assertThat(Arrays.stream(atNight).sum()).isBetween(545L, 555L);
        assertThat(atNight[0]).isGreaterThan(90).isLessThan(110);
        assertThat(profile.counts(0)[0]).isEqualTo(450);
    }
}
