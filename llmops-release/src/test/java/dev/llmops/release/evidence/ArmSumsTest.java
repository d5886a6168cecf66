package dev.llmops.release.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.release.Policies;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.policy.GatePolicy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ArmSumsTest {

    private final CountedSeries series = new CountedSeries(GatePolicy.standard(), Policies.PROFILE);

    private MetricSums sums(ArmSums arm, String name) {
        Map<GateEvidence.Key, MetricSums> sums = new TreeMap<>();
        arm.copyTo(sums, "10%", Arm.CANDIDATE);
        return sums.getOrDefault(new GateEvidence.Key("10%", name, Arm.CANDIDATE), MetricSums.NONE);
    }

    /** The largest values have squares of 126 bits, of which four do not fit into 128 with a sign; each comes off again. */
    @Property(tries = 200)
    void values_of_any_size_are_added_up_exactly(
            @ForAll @Size(max = 40) List<@DoubleRange(min = 0, max = 9e9) Double> sizes) {
        List<Double> values =
                sizes.stream().flatMap(size -> Stream.of(size, -size)).toList();
        ArmSums arm = new ArmSums(series);
        values.forEach(value -> arm.addValue(0, value));
        assertThat(sums(arm, "per_call"))
                .isEqualTo(values.stream().map(MetricSums::ofValue).reduce(MetricSums.NONE, MetricSums::plus));
    }

    @Test
    void buckets_come_in_any_order() {
        ArmSums arm = new ArmSums(series);
        for (int bucket : new int[] {3, -2, 3, 9, 0, -2}) {
            arm.addToBucket(CountedSeries.INPUT_TOKENS, bucket);
        }
        Map<GateEvidence.Key, MetricSums> sums = new TreeMap<>();
        arm.copyTo(sums, "10%", Arm.CANDIDATE);
        assertThat(sums).hasSize(4);
        assertThat(sums(arm, "mix/input_tokens#-2").n()).isEqualTo(2);
        assertThat(sums(arm, "mix/input_tokens#0").n()).isEqualTo(1);
        assertThat(sums(arm, "mix/input_tokens#3").n()).isEqualTo(2);
        assertThat(sums(arm, "mix/input_tokens#9").n()).isEqualTo(1);
    }
}
