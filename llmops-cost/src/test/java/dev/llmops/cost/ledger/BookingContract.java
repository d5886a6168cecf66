package dev.llmops.cost.ledger;

import static dev.llmops.cost.ledger.query.LedgerDimension.FEATURE;
import static dev.llmops.cost.ledger.query.LedgerDimension.MODEL;
import static dev.llmops.cost.ledger.query.LedgerDimension.TENANT;
import static dev.llmops.cost.ledger.query.LedgerDimension.USER;
import static dev.llmops.cost.ledger.query.LedgerDimension.VERSION_SET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.entry.Receipt;
import dev.llmops.cost.ledger.query.LedgerDimension;
import dev.llmops.cost.ledger.query.LedgerTotal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is booked is found as it was, and sums are exact. */
abstract class BookingContract extends LedgerContract {

    BookingContract(LedgerTables tables) {
        super(tables);
    }

    @Test
    void an_entry_is_acknowledged_and_then_found_as_it_was() throws Exception {
        LedgerEntry entry = Entries.call("c1", "1")
                .responseModel("gpt-4o-2024-08-06")
                .cost(Entries.reportedByTheProvider())
                .serviceTier("priority")
                .region("eu")
                .requestId("req-1")
                .traceId("0af7651916cd43dd8448eb211c80319c")
                .attributes(Map.of("team", "search", "environment", "prod"))
                .build();

        assertThat(ledger.append(entry).get()).isEqualTo(Receipt.ACKNOWLEDGED);
        flush();

        assertThat(entries()).containsExactly(entry);
    }

    @Test
    void an_entry_that_comes_twice_is_kept_once_as_it_came_first() throws Exception {
        append(Entries.entry("c1", "0.25"));
        append(Entries.entry("c1", "0.75"));

        assertThat(total().amount()).isEqualByComparingTo("0.25");
        assertThat(total().calls()).isEqualTo(1);
    }

    @Test
    void sums_are_exact_to_the_last_of_thirty_digits() throws Exception {
        append(Entries.entry("c1", "123456789012345678901234567890"));
        append(Entries.entry("c2", "0.000000000000000000000000000001"));

        assertThat(total().amount()).isEqualTo("123456789012345678901234567890.000000000000000000000000000001");
    }

    @Test
    void the_sum_of_the_ledger_is_the_sum_of_its_entries() throws Exception {
        Random random = new Random(7);
        BigDecimal sum = BigDecimal.ZERO;
        for (int call = 0; call < 3000; call++) {
            BigDecimal amount = BigDecimal.valueOf(random.nextInt(1_000_000_000), random.nextInt(16));
            sum = sum.add(amount);
            ledger.append(Entries.entry("c" + call, amount.toPlainString()));
        }
        flush();

        assertThat(total().amount()).isEqualByComparingTo(sum);
        assertThat(total().calls()).isEqualTo(3000);
        assertThat(total().inputTokens()).isEqualTo(3000 * 812L);
        assertThat(total().outputTokens()).isEqualTo(3000 * 333L);
    }

    @Test
    void sums_are_split_by_every_dimension() throws Exception {
        append(Entries.call("c1", "1").tenant("acme").user("u1").build());
        append(Entries.call("c2", "2").tenant("acme").user("u2").build());
        append(Entries.call("c3", "4").tenant("other").user("u1").build());

        assertThat(ledger.totals(day().by(TENANT).build()))
                .extracting(total -> total.key().get(TENANT) + " " + total.amount())
                .containsExactly("other 4", "acme 3");
        assertThat(ledger.totals(day().by(TENANT, USER).where(TENANT, "acme").build()))
                .extracting(total -> total.key() + " " + total.amount())
                .containsExactly("{tenant=acme, user=u2} 2", "{tenant=acme, user=u1} 1");
        for (LedgerDimension dimension : LedgerDimension.values()) {
            assertThat(ledger.totals(day().by(dimension).build()).stream()
                            .map(LedgerTotal::amount)
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo("7");
        }
    }

    @Test
    void calls_that_did_not_say_have_a_total_of_their_own() throws Exception {
        append(Entries.call("c1", "1").feature(null).build());

        LedgerTotal total =
                ledger.totals(day().by(FEATURE, MODEL, VERSION_SET).build()).get(0);

        assertThat(total.key()).containsEntry(FEATURE, null).containsEntry(MODEL, "gpt-4o");
    }

    @Test
    void a_period_begins_with_its_start_and_ends_before_its_end() throws Exception {
        Instant midnight = Instant.parse("2026-11-20T00:00:00Z");
        append(at("before", midnight.minusNanos(1000)));
        append(at("first", midnight));
        append(at("last", midnight.plus(Duration.ofDays(1)).minusNanos(1)));
        append(at("after", midnight.plus(Duration.ofDays(1))));

        assertThat(entries()).extracting(LedgerEntry::callId).containsExactly("first", "last");
    }

    @Test
    void currencies_are_never_added_up() throws Exception {
        append(Entries.entry("c1", "1"));
        append(Entries.call("c2", "1")
                .cost(new Cost(CostState.EXACT, new BigDecimal("7"), "CNY", List.of(), null))
                .build());

        assertThat(ledger.totals(day().build()))
                .extracting(total -> total.currency() + " " + total.amount())
                .containsExactly("CNY 7", "USD 1");
    }

    @Test
    void unpriced_calls_count_without_an_amount() throws Exception {
        append(Entries.entry("c1", "1"));
        append(Entries.call("c2", "1").cost(Cost.unpriced("USD")).build());

        assertThat(total().amount()).isEqualByComparingTo("1");
        assertThat(total().states()).isEqualTo(Map.of(CostState.EXACT, 1L, CostState.UNPRICED, 1L));
        assertThat(entries().get(1).cost().amount()).isEmpty();
    }

    private static LedgerEntry at(String callId, Instant startedAt) {
        return LedgerEntry.builder(callId, startedAt, "openai", "gpt-4o")
                .cost(Entries.cost("1"))
                .build();
    }
}
