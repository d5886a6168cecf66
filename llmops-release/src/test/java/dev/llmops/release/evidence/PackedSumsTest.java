package dev.llmops.release.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.release.arm.Arm;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PackedSumsTest {

    private static final BigInteger SQUARE = BigInteger.TEN.pow(30);

    private static Map<GateEvidence.Key, MetricSums> read(PackedSums packed) {
        Map<GateEvidence.Key, MetricSums> sums = new LinkedHashMap<>();
        packed.forEach(sums::put);
        return sums;
    }

    private static GateEvidence.Key key(String stage, String series) {
        return new GateEvidence.Key(stage, series, Arm.CONTROL);
    }

    @Property(tries = 200)
    void any_sums_come_back_in_their_order(
            @ForAll @Size(max = 20) List<@AlphaChars @StringLength(max = 3) String> names,
            @ForAll @Size(min = 20, max = 20) List<Long> numbers) {
        TreeMap<GateEvidence.Key, MetricSums> sums = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            long number = numbers.get(i);
            for (Arm arm : Arm.values()) {
                sums.put(
                        new GateEvidence.Key(names.get(numbers.size() % names.size()), names.get(i), arm),
                        new MetricSums(number, ~number, i % 2 * number, BigInteger.valueOf(i % 3 * number)));
            }
        }
        assertThat(read(PackedSums.of(sums))).containsExactlyEntriesOf(sums);
    }

    @Test
    void extremes_come_back() {
        TreeMap<GateEvidence.Key, MetricSums> sums = new TreeMap<>();
        sums.put(key("", ""), MetricSums.NONE);
        sums.put(key("", "größer"), new MetricSums(Long.MAX_VALUE, Long.MIN_VALUE, -1, SQUARE));
        sums.put(key("", "größte"), new MetricSums(63, 64, Long.MIN_VALUE, SQUARE.negate()));
        sums.put(key("10%", "größte"), new MetricSums(0, 0, 0, BigInteger.ONE));
        assertThat(read(PackedSums.of(sums))).containsExactlyEntriesOf(sums);
    }

    @Test
    void no_sums_take_no_bytes_and_equal_ones_are_equal() {
        assertThat(read(PackedSums.of(new TreeMap<>()))).isEmpty();
        TreeMap<GateEvidence.Key, MetricSums> sums =
                new TreeMap<>(Map.of(key("10%", "units"), MetricSums.ofUnit(true)));
        assertThat(PackedSums.of(sums)).isEqualTo(PackedSums.of(sums)).hasSameHashCodeAs(PackedSums.of(sums));
        assertThat(PackedSums.of(sums)).isNotEqualTo(PackedSums.of(new TreeMap<>()));
    }
}
