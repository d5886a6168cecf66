package dev.llmops.cost.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopSpendersTest {

    private static final int COUNTERS = 8;

    record Spending(String key, BigDecimal amount) {}

    @Provide
    Arbitrary<List<Spending>> spendings() {
        Arbitrary<String> key = Arbitraries.integers().between(0, 40).map(i -> "u" + i);
        Arbitrary<BigDecimal> amount = Arbitraries.bigDecimals()
                .between(new BigDecimal("0.000001"), BigDecimal.TEN)
                .ofScale(6);
        return Combinators.combine(key, amount).as(Spending::new).list().ofMaxSize(300);
    }

    @Property
    void the_bounds_hold(@ForAll("spendings") List<Spending> spendings) {
        TopSpenders top = summary(spendings);
        Map<String, BigDecimal> truth = truth(spendings);
        BigDecimal bound = top.total().divide(BigDecimal.valueOf(COUNTERS), 9, RoundingMode.UP);

        assertThat(top.errorBound()).isLessThanOrEqualTo(bound);
        for (TopSpenders.Spender spender : top.top(COUNTERS)) {
            BigDecimal spent = truth.getOrDefault(spender.key(), BigDecimal.ZERO);
            assertThat(spent).isBetween(spender.atLeast(), spender.atMost());
            assertThat(spender.errorBound()).isLessThanOrEqualTo(bound);
        }
    }

    @Property
    void who_spent_more_than_the_bound_is_there(@ForAll("spendings") List<Spending> spendings) {
        TopSpenders top = summary(spendings);
        BigDecimal bound = top.total().divide(BigDecimal.valueOf(COUNTERS), 9, RoundingMode.UP);
        List<String> found =
                top.top(COUNTERS).stream().map(TopSpenders.Spender::key).toList();

        truth(spendings).forEach((key, spent) -> {
            if (spent.compareTo(bound) > 0) {
                assertThat(found).contains(key);
            }
        });
    }

    @Property
    void the_counters_add_up_to_the_total(@ForAll("spendings") List<Spending> spendings) {
        TopSpenders top = summary(spendings);

        BigDecimal sum =
                top.top(COUNTERS).stream().map(TopSpenders.Spender::atMost).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal spent = spendings.stream().map(Spending::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualByComparingTo(spent);
        assertThat(top.total()).isEqualByComparingTo(spent);
    }

    @Property
    void merged_summaries_keep_their_bounds(
            @ForAll("spendings") List<Spending> here, @ForAll("spendings") List<Spending> there) {
        TopSpenders merged = summary(here);
        merged.merge(summary(there));
        Map<String, BigDecimal> truth = truth(here);
        truth(there).forEach((key, amount) -> truth.merge(key, amount, BigDecimal::add));

        BigDecimal bound = merged.total().divide(BigDecimal.valueOf(COUNTERS), 9, RoundingMode.UP);
        for (TopSpenders.Spender spender : merged.top(COUNTERS)) {
            BigDecimal spent = truth.getOrDefault(spender.key(), BigDecimal.ZERO);
            assertThat(spent).isBetween(spender.atLeast(), spender.atMost());
            assertThat(spender.errorBound()).isLessThanOrEqualTo(bound);
        }
        List<String> found =
                merged.top(COUNTERS).stream().map(TopSpenders.Spender::key).toList();
        truth.forEach((key, spent) -> {
            if (spent.compareTo(bound) > 0) {
                assertThat(found).contains(key);
            }
        });
    }

    @Property
    void the_order_of_two_summaries_does_not_matter(
            @ForAll("spendings") List<Spending> here, @ForAll("spendings") List<Spending> there) {
        TopSpenders one = summary(here);
        one.merge(summary(there));
        TopSpenders other = summary(there);
        other.merge(summary(here));
        assertThat(one.toJson()).isEqualTo(other.toJson());
    }

    @Property
    void with_a_counter_for_everyone_shards_add_up_to_the_whole(
            @ForAll("spendings") List<Spending> one,
            @ForAll("spendings") List<Spending> two,
            @ForAll("spendings") List<Spending> three) {
        TopSpenders left = summary(64, one);
        left.merge(summary(64, two));
        left.merge(summary(64, three));
        TopSpenders right = summary(64, two);
        right.merge(summary(64, three));
        TopSpenders first = summary(64, one);
        first.merge(right);
        List<Spending> all = new ArrayList<>(one);
        all.addAll(two);
        all.addAll(three);
        assertThat(left.toJson())
                .isEqualTo(first.toJson())
                .isEqualTo(summary(64, all).toJson());
    }

    @Property
    void a_summary_comes_back_from_its_text_and_counts_on(
            @ForAll("spendings") List<Spending> before, @ForAll("spendings") List<Spending> after) {
        TopSpenders original = summary(before);
        TopSpenders read = TopSpenders.fromJson(original.toJson());
        assertThat(read.toJson()).isEqualTo(original.toJson());
        assertThat(read.errorBound()).isEqualTo(original.errorBound());
        after.forEach(each -> read.add(each.key(), each.amount()));
        assertThat(read.total())
                .isEqualByComparingTo(summary(before).total().add(summary(after).total()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "null",
                "{\"dimension\":\"USER\",\"currency\":\"USD\",\"counters\":8,\"total\":1}",
                "{\"dimension\":\"USER\",\"currency\":\"USD\",\"counters\":8,\"total\":1,\"spenders\":[null]}"
            })
    void a_text_that_is_no_summary_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopSpenders.fromJson(text))
                .withMessageStartingWith("the summary is not readable (");
    }

    @Test
    void a_summary_of_a_billion_digits_or_counters_is_refused() {
        String text = "{\"dimension\":\"USER\",\"currency\":\"USD\",\"counters\":%s,\"total\":%s,\"spenders\":[]}";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopSpenders.fromJson(text.formatted("8", "1e999999999")))
                .withMessageStartingWith("total has too many digits (1E+999999999)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopSpenders.fromJson(text.formatted("1000001", "1")))
                .withMessage("counters is 1000001 — 1 to 1000000");
    }

    @Test
    void few_spenders_are_exact() {
        TopSpenders top = new TopSpenders(AccountDimension.USER, "USD", 3);
        top.add("a", new BigDecimal("1"));
        top.add("b", new BigDecimal("5"));
        top.add("a", new BigDecimal("2"));
        top.add("c", new BigDecimal("-1"));

        assertThat(top.top(5)).extracting(TopSpenders.Spender::key).containsExactly("b", "a");
        assertThat(top.top(1).get(0).errorBound()).isEqualByComparingTo("0");
        assertThat(top.errorBound()).isEqualByComparingTo("0");
    }

    private static TopSpenders summary(List<Spending> spendings) {
        return summary(COUNTERS, spendings);
    }

    private static TopSpenders summary(int counters, List<Spending> spendings) {
        TopSpenders top = new TopSpenders(AccountDimension.USER, "USD", counters);
        spendings.forEach(each -> top.add(each.key(), each.amount()));
        return top;
    }

    private static Map<String, BigDecimal> truth(List<Spending> spendings) {
        Map<String, BigDecimal> truth = new HashMap<>();
        spendings.forEach(each -> truth.merge(each.key(), each.amount(), BigDecimal::add));
        return truth;
    }
}
