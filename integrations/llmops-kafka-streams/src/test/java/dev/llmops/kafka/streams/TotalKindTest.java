package dev.llmops.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmops.cost.accounting.AccountTotals;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TotalKindTest {

    private static EventCounts sum(List<Double> badness) {
        return badness.stream().map(EventCounts::ofBadness).reduce(EventCounts.NONE, EventCounts::plus);
    }

    @Property(tries = 200)
    void shards_of_events_add_up_to_the_whole_in_any_order(
            @ForAll @Size(max = 30) List<@DoubleRange(min = 0, max = 1) Double> all, @ForAll int cut) {
        int at = all.isEmpty() ? 0 : Math.floorMod(cut, all.size());
        EventCounts one = sum(all.subList(0, at));
        EventCounts two = sum(all.subList(at, all.size()));
        assertThat(one.plus(two)).isEqualTo(two.plus(one)).isEqualTo(sum(all));
        assertThat(TotalKind.EVENTS.plusText(one.write(), two.write())).isEqualTo(sum(all).write());
        assertThat(sum(all).minus(one)).isEqualTo(two);
        assertThat(sum(all).events()).isEqualTo(all.size());
        assertThat(sum(all).counts().total()).isEqualTo(all.size());
    }

    @Property(tries = 100)
    void shards_of_latencies_add_up_to_the_whole_with_equal_texts(
            @ForAll @Size(max = 30) List<@LongRange(min = 0, max = 8_000_000_000_000L) Long> all, @ForAll int cut) {
        int at = all.isEmpty() ? 0 : Math.floorMod(cut, all.size());
        String one = latencies(all.subList(0, at));
        String two = latencies(all.subList(at, all.size()));
        assertThat(TotalKind.LATENCY.plusText(one, two))
                .isEqualTo(TotalKind.LATENCY.plusText(two, one))
                .isEqualTo(latencies(all));
    }

    private static String latencies(List<Long> nanos) {
        return Latencies.write(nanos.stream().map(Latencies::of).reduce(Latencies.none(), Latencies::plus));
    }

    @Property(tries = 200)
    void a_name_is_read_as_it_was_written(
            @ForAll @LongRange(min = 0, max = 9_999_999_999L) long minute, @ForAll String rest) {
        TotalName name = new TotalName(TotalKind.COST, minute, rest);
        assertThat(TotalName.of(name.toString())).isEqualTo(name);
    }

    @Test
    void names_of_a_kind_sort_by_time() {
        TotalName early = new TotalName(TotalKind.EVENTS, 99, "z");
        TotalName late = new TotalName(TotalKind.EVENTS, 100, "a");
        assertThat(early.toString()).isLessThan(TotalName.first(TotalKind.EVENTS, 100));
        assertThat(late.toString()).isGreaterThan(TotalName.first(TotalKind.EVENTS, 100));
        assertThat(late.time()).isEqualTo(Instant.parse("1970-01-01T01:40:00Z"));
    }

    @Test
    void amounts_are_exact() {
        AccountTotals tenth = new AccountTotals(Map.of("USD", new BigDecimal("0.1")), 1, Map.of(), 0, 0, 0);
        String text = tenth.toJson();
        for (int i = 0; i < 9; i++) {
            text = TotalKind.COST.plusText(text, tenth.toJson());
        }
        assertThat(AccountTotals.fromJson(text).amount("USD")).isEqualByComparingTo("1");
    }

    @Test
    void a_kind_of_another_version_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TotalName.of("spend/0000000001/x"))
                .withMessageStartingWith("kind of total is unknown ('spend') — ");
    }
}
