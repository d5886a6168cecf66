package dev.llmops.cost.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.TokenUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AccountTotalsTest {

    @Provide
    Arbitrary<CallRecord> calls() {
        Arbitrary<Cost> cost = Combinators.combine(
                        Arbitraries.bigDecimals()
                                .between(BigDecimal.ZERO, BigDecimal.TEN)
                                .ofScale(9),
                        Arbitraries.of("USD", "EUR"),
                        Arbitraries.of(CostState.values()))
                .as((amount, currency, state) -> state == CostState.UNPRICED
                        ? Cost.unpriced(currency)
                        : new Cost(state, amount, currency, List.of(), null));
        Arbitrary<TokenUsage> usage = Combinators.combine(
                        Arbitraries.longs().between(0, 9_000),
                        Arbitraries.longs().between(0, 900))
                .as(TokenUsage::inclusive)
                .injectNull(0.1);
        return Combinators.combine(cost.injectNull(0.1), usage, Arbitraries.of(Outcome.values()))
                .as(AccountTotalsTest::call);
    }

    private static CallRecord call(Cost cost, TokenUsage usage, Outcome outcome) {
        CallInfo info = CallInfo.builder(new UUID(0, 0), Instant.EPOCH, Operation.CHAT, "openai", "gpt-4o")
                .build();
        return CallRecord.builder(info, outcome, Timing.builder(1).build())
                .usage(usage == null ? TokenUsage.unknown() : usage)
                .cost(cost)
                .build();
    }

    private static AccountTotals sum(List<CallRecord> calls) {
        return calls.stream().map(AccountTotals::of).reduce(AccountTotals.NONE, AccountTotals::plus);
    }

    @Property(tries = 200)
    void sums_of_calls_are_what_accounts_count(@ForAll @Size(max = 40) List<@From("calls") CallRecord> calls) {
        Accounts accounts = Accounts.builder().build();
        calls.forEach(accounts::add);
        assertThat(sum(calls))
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(accounts.total());
    }

    @Property(tries = 200)
    void shards_add_up_to_the_whole_in_any_order(
            @ForAll @Size(max = 20) List<@From("calls") CallRecord> one,
            @ForAll @Size(max = 20) List<@From("calls") CallRecord> two,
            @ForAll @Size(max = 20) List<@From("calls") CallRecord> three) {
        AccountTotals a = sum(one);
        AccountTotals b = sum(two);
        AccountTotals c = sum(three);
        assertThat(a.plus(b)).isEqualTo(b.plus(a));
        assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
        assertThat(a.plus(AccountTotals.NONE)).isEqualTo(a);
        List<CallRecord> whole = new java.util.ArrayList<>(one);
        whole.addAll(two);
        assertThat(a.plus(b)).isEqualTo(sum(whole));
        assertThat(a.plus(b).toJson()).isEqualTo(b.plus(a).toJson());
    }

    @Property(tries = 200)
    void totals_come_back_from_their_text(@ForAll @Size(max = 20) List<@From("calls") CallRecord> calls) {
        AccountTotals totals = sum(calls);
        assertThat(AccountTotals.fromJson(totals.toJson())).isEqualTo(totals);
    }

    @Test
    void a_text_that_is_no_totals_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccountTotals.fromJson("["))
                .withMessageStartingWith("totals are not readable (");
    }
}
