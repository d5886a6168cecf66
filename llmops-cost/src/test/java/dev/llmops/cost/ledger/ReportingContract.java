package dev.llmops.cost.ledger;

import static dev.llmops.cost.ledger.query.LedgerDimension.MODEL;
import static dev.llmops.cost.ledger.query.LedgerDimension.REQUEST_ID;
import static dev.llmops.cost.ledger.query.LedgerDimension.TRACE_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.Operation;
import dev.llmops.cost.accounting.Commitment;
import dev.llmops.cost.accounting.ExchangeRates;
import dev.llmops.cost.accounting.UnitEconomics;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.entry.LedgerEntryBuilder;
import dev.llmops.cost.ledger.query.ConvertedTotal;
import dev.llmops.cost.ledger.query.LedgerQuery;
import dev.llmops.cost.ledger.query.LedgerTotal;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sums by time and tags, unit costs, commitments and currencies. */
abstract class ReportingContract extends LedgerContract {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");

    ReportingContract(LedgerTables tables) {
        super(tables);
    }

    @Test
    void sums_are_split_by_hour_in_the_order_of_time() throws Exception {
        append(at("2026-11-20T10:00:00Z", "1"));
        append(at("2026-11-20T10:59:59.999999Z", "2"));
        append(at("2026-11-20T11:00:00Z", "4"));

        assertThat(ledger.totals(day().byHour().build()))
                .extracting(total -> total.start() + " " + total.amount())
                .containsExactly("2026-11-20T10:00:00Z 3", "2026-11-20T11:00:00Z 4");
    }

    @Test
    void all_time_is_a_period_too() throws Exception {
        append(at("2026-11-20T10:00:00Z", "1"));
        append(at("1969-12-31T23:59:59Z", "2"));

        LedgerQuery.Builder ever = LedgerQuery.period(Instant.MIN, Instant.MAX).knownAt(Instant.MAX);

        assertThat(ledger.totals(ever.byDay(ZoneOffset.UTC).build()))
                .extracting(total -> total.start() + " " + total.amount())
                .containsExactly("1969-12-31T00:00:00Z 2", "2026-11-20T00:00:00Z 1");
    }

    @Test
    void days_have_the_hours_that_the_clocks_of_their_zone_give_them() throws Exception {
        append(at("2026-03-28T22:59:59.999999Z", "1"));
        append(at("2026-03-28T23:00:00Z", "2"));
        append(at("2026-03-29T21:59:59.999999Z", "4"));
        append(at("2026-03-29T22:00:00Z", "8"));
        append(at("2026-10-24T22:00:00Z", "16"));
        append(at("2026-10-25T22:59:59Z", "32"));
        append(at("2026-10-25T23:00:00Z", "64"));

        LedgerQuery days = LedgerQuery.period(
                        Instant.parse("2026-03-28T00:00:00Z"), Instant.parse("2026-10-27T00:00:00Z"))
                .byDay(ZoneId.of("Europe/Berlin"))
                .build();

        assertThat(ledger.totals(days))
                .extracting(total -> total.start() + " " + total.amount())
                .containsExactly(
                        "2026-03-27T23:00:00Z 1",
                        "2026-03-28T23:00:00Z 6",
                        "2026-03-29T22:00:00Z 8",
                        "2026-10-24T22:00:00Z 48",
                        "2026-10-25T23:00:00Z 64");
    }

    @Test
    void a_day_belongs_to_its_zone_also_where_its_offset_is_no_whole_hour() throws Exception {
        append(at("2026-11-20T18:14:59Z", "1"));
        append(at("2026-11-20T18:15:00Z", "2"));
        append(at("2026-11-20T23:59:59Z", "4"));

        assertThat(ledger.totals(
                        day().byDay(ZoneId.of("Asia/Kathmandu")).by(MODEL).build()))
                .extracting(total -> total.start() + " " + total.amount())
                .containsExactly("2026-11-19T18:15:00Z 1", "2026-11-20T18:15:00Z 6");
    }

    @Test
    void sums_are_split_by_attributes_and_filtered_by_them() throws Exception {
        append(tagged("c1", "1", Map.of("team", "search", "environment", "prod")));
        append(tagged("c2", "2", Map.of("team", "search", "environment", "test")));
        append(tagged("c3", "4", Map.of("team", "ads", "environment", "prod")));
        append(tagged("c4", "8", Map.of()));

        assertThat(ledger.totals(day().byAttribute("team").build()))
                .extracting(total -> total.attributes().get("team") + " " + total.amount())
                .containsExactly("null 8", "ads 4", "search 3");
        assertThat(ledger.totals(day().byAttribute("team")
                        .whereAttribute("environment", "prod")
                        .build()))
                .extracting(total -> total.attributes() + " " + total.amount())
                .containsExactly("{team=ads} 4", "{team=search} 1");
    }

    @Test
    void a_filter_by_an_attribute_matches_its_whole_value_and_no_text_that_quotes_it() throws Exception {
        append(tagged("c1", "1", Map.of("team", "a%\"b")));
        append(tagged("c2", "2", Map.of("team", "a%\"bc")));
        append(tagged("c3", "4", Map.of("note", "\"team\":\"a%\"b\"")));

        List<LedgerTotal> totals =
                ledger.totals(day().whereAttribute("team", "a%\"b").build());

        assertThat(totals).extracting(LedgerTotal::calls).containsExactly(1L);
    }

    @Test
    void a_call_is_booked_with_its_request_its_trace_and_the_attributes_to_keep() throws Exception {
        ledger.close();
        ledger = tables.ledgerIn(directory).keepAttributes("team").open();
        try (LlmOps llmops = LlmOps.builder().listener(ledger.listener()).build()) {
            LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                    .requestId("r1")
                    .traceId("t1")
                    .start();
            call.attribute("team", "search");
            call.finish("stop");
        }
        flush();
        LedgerQuery query = LedgerQuery.period(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"))
                .by(REQUEST_ID, TRACE_ID)
                .byAttribute("team")
                .build();
        assertThat(ledger.totals(query))
                .extracting(total -> total.key() + " " + total.attributes())
                .containsExactly("{request_id=r1, trace_id=t1} {team=search}");
    }

    @Test
    void a_past_period_has_unit_costs_by_call_distinct_user_and_call_that_completed() throws Exception {
        append(Entries.call("c1", "1").user("u1").build());
        append(Entries.call("c2", "2").user("u1").outcome("FAILED").build());
        append(Entries.call("c3", "3").user("u2").build());
        append(Entries.call("c4", "1").user("u3").cost(Cost.unpriced("USD")).build());

        UnitEconomics units = ledger.unitEconomics(day().build(), "USD");

        assertThat(units.activeUsers()).isEqualTo(3);
        assertThat(units.perCall()).hasValue(new BigDecimal("2"));
        assertThat(units.perActiveUser()).hasValue(new BigDecimal("2"));
        assertThat(units.perSuccess()).hasValue(new BigDecimal("2"));
        assertThat(units.totals().calls()).isEqualTo(4);
    }

    @Test
    void a_period_without_calls_has_no_unit_costs() throws Exception {
        assertThat(ledger.unitEconomics(day().build(), "USD").perCall()).isEmpty();
    }

    @Test
    void a_commitment_is_drawn_down_by_the_calls_of_its_provider() throws Exception {
        append(at("2026-11-20T06:00:00Z", "30"));
        append(LedgerEntry.builder("other", MIDNIGHT, "anthropic", "claude")
                .cost(Entries.cost("500"))
                .build());
        Commitment promised = new Commitment(
                "2026", "openai", new BigDecimal("100"), "USD", MIDNIGHT, MIDNIGHT.plusSeconds(48 * 3600));

        Commitment.Drawdown drawdown = ledger.drawdown(promised, MIDNIGHT.plusSeconds(12 * 3600));

        assertThat(drawdown.used()).isEqualByComparingTo("30");
        assertThat(drawdown.remaining()).isEqualByComparingTo("70");
        assertThat(drawdown.projection().spentAtEnd()).isEqualByComparingTo("120");
        assertThat(drawdown.projection().exhaustedAt()).hasValue(MIDNIGHT.plusSeconds(40 * 3600));
        assertThat(drawdown.projectedShortfall()).isEqualByComparingTo("0");
    }

    @Test
    void currencies_are_converted_at_the_rate_of_their_day_and_a_missing_rate_is_said() throws Exception {
        append(in("EUR", "2026-11-20T10:00:00Z", "10"));
        append(in("USD", "2026-11-20T11:00:00Z", "1"));
        append(in("CNY", "2026-11-20T12:00:00Z", "7"));
        append(in("XXX", "2026-11-20T13:00:00Z", "0"));
        ExchangeRates rates = ExchangeRates.builder()
                .add(Instant.parse("2026-11-01T00:00:00Z"), "EUR", "USD", new BigDecimal("1.16"))
                .add(Instant.parse("2026-12-01T00:00:00Z"), "CNY", "USD", new BigDecimal("0.14"))
                .build();

        ConvertedTotal total =
                ConvertedTotal.of(ledger.totals(day().byDay(ZoneOffset.UTC).build()), "USD", rates);

        assertThat(total.amount()).isEqualByComparingTo("12.6");
        assertThat(total.missing()).extracting(LedgerTotal::currency).containsExactly("CNY");
    }

    @Test
    void a_total_without_a_time_cannot_be_converted() throws Exception {
        append(in("EUR", "2026-11-20T10:00:00Z", "10"));
        List<LedgerTotal> totals = ledger.totals(day().build());

        assertThatThrownBy(() ->
                        ConvertedTotal.of(totals, "USD", ExchangeRates.builder().build()))
                .hasMessage(
                        "a total in EUR has no time — totals of hours or days — build the query with byDay or byHour");
    }

    private static LedgerEntry at(String startedAt, String amount) {
        return entry(startedAt).cost(Entries.cost(amount)).build();
    }

    private static LedgerEntry in(String currency, String startedAt, String amount) {
        return entry(startedAt)
                .cost(new Cost(CostState.EXACT, new BigDecimal(amount), currency, List.of(), null))
                .build();
    }

    private static LedgerEntryBuilder entry(String startedAt) {
        return LedgerEntry.builder(startedAt, Instant.parse(startedAt), "openai", "gpt-4o");
    }

    private static LedgerEntry tagged(String callId, String amount, Map<String, String> attributes) {
        return Entries.call(callId, amount).attributes(attributes).build();
    }
}
