package dev.llmops.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.GraphLayout;

/** What a watched feature keeps in memory: its reference by the hour of the week, and its counters. */
class StateSizeTest {

    private static final long KIB = 1_024;

    private static FeatureCells cells(Feature feature, int topics) {
        ReferenceRecorder recorder = new ReferenceRecorder(Traffic.VERSIONS.id(), List.of(feature));
        Random random = new Random(1);
        IntStream.range(0, 20_000)
                .forEach(i -> recorder.add(Traffic.value(
                        Traffic.START.plusSeconds(30L * i),
                        random.nextGaussian(),
                        "topic " + (int) (topics * Math.pow(random.nextDouble(), 3)))));
        return new FeatureCells(recorder.profile().features().get(0));
    }

    static {
        // Records have no field offsets otherwise.
        System.setProperty("jol.magicFieldOffset", "true");
    }

    private static long bytes(Object state) {
        return GraphLayout.parseInstance(state).totalSize();
    }

    @Test
    void a_numeric_feature() {
        Feature value =
                Feature.numeric("value", call -> (double) call.attributes().getOrDefault("value", Double.NaN));
        assertThat(bytes(cells(value, 1))).isLessThanOrEqualTo(8 * KIB);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 200, 5_000})
    void a_feature_of_categories_however_many_rare_ones_there_are(int topics) {
        Feature topic = Feature.category(
                "topic", call -> (@Nullable String) call.attributes().get("topic"));
        assertThat(bytes(cells(topic, topics))).isLessThanOrEqualTo(16 * KIB);
    }

    @Test
    void counts_over_two_bytes_are_kept_as_they_are() {
        int[] counts = {0, 65_535, 65_536, 2_000_000_000};
        assertThat(HourCounts.of(counts).toArray()).containsExactly(counts);
        assertThat(HourCounts.of(counts).at(3)).isEqualTo(2_000_000_000);
        assertThat(HourCounts.of(new int[] {7, 65_535}).toArray()).containsExactly(7, 65_535);
    }
}
