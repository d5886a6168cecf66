package dev.llmops.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.cost.accounting.Commitment;
import dev.llmops.cost.accounting.Commitment.Payment;
import dev.llmops.cost.accounting.Commitment.Purchase;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.export.FocusAccount;
import dev.llmops.cost.ledger.export.LedgerFormat;
import dev.llmops.cost.ledger.query.LedgerQuery;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commitments in FOCUS: billed when paid, effective when used or lost. */
class CommitmentExportTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final FocusAccount ACCOUNT = FocusAccount.of("acct-1", "Acme");

    @TempDir
    Path directory;

    private Ledger ledger;

    @BeforeEach
    void open() throws Exception {
        ledger = Ledger.at(directory).open();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void an_upfront_fee_is_billed_once_and_borne_by_the_hours_of_the_term() throws Exception {
        call("c1", START.plusSeconds(60), "6"); // of 10 an hour
        call("c2", START.plusSeconds(3_660), "12"); // 2 more than the hour has

        List<Map<String, String>> rows = focus(3, purchase("30", "24", Payment.UPFRONT));

        assertThat(rows)
                .extracting(
                        row -> row.get("ChargePeriodStart").substring(11, 16),
                        row -> row.get("ChargeCategory"),
                        row -> row.get("CommitmentDiscountStatus"),
                        row -> row.get("PricingCategory"),
                        row -> number(row, "BilledCost"),
                        row -> number(row, "EffectiveCost"))
                .containsExactly(
                        tuple("10:00", "Purchase", "", "Standard", "24", "0"),
                        tuple("10:00", "Usage", "Used", "Committed", "0", "4.8"),
                        tuple("10:00", "Usage", "Unused", "Committed", "0", "3.2"),
                        tuple("11:00", "Usage", "Used", "Committed", "0", "8"),
                        tuple("11:00", "Usage", "", "Standard", "2", "2"),
                        tuple("12:00", "Usage", "Unused", "Committed", "0", "8"));
        assertThat(rows.get(0))
                .containsEntry("ChargePeriodEnd", "2026-11-20T13:00:00Z")
                .containsEntry("ChargeFrequency", "One-Time")
                .containsEntry("CommitmentDiscountId", "2026")
                .containsEntry("CommitmentDiscountQuantity", "30");
        assertThat(sum(rows, "BilledCost")).isEqualByComparingTo("26");
        assertThat(sum(rows, "EffectiveCost")).isEqualByComparingTo("26");
        assertThat(sum(rows, "ListCost").subtract(new BigDecimal("24"))).isEqualByComparingTo("18");
    }

    @Test
    void an_hourly_fee_is_billed_by_the_hour() throws Exception {
        call("c1", START.plusSeconds(60), "10");

        List<Map<String, String>> rows = focus(2, purchase("30", "24", Payment.HOURLY));

        assertThat(rows)
                .extracting(
                        row -> row.get("ChargePeriodStart").substring(11, 16),
                        row -> row.get("ChargeCategory"),
                        row -> row.get("CommitmentDiscountStatus"),
                        row -> row.get("ChargeFrequency"),
                        row -> number(row, "BilledCost"),
                        row -> number(row, "EffectiveCost"))
                .containsExactly(
                        tuple("10:00", "Purchase", "", "Recurring", "8", "0"),
                        tuple("10:00", "Usage", "Used", "Usage-Based", "0", "8"),
                        tuple("11:00", "Purchase", "", "Recurring", "8", "0"),
                        tuple("11:00", "Usage", "Unused", "Usage-Based", "0", "8"));
    }

    @Test
    void thirds_of_a_fee_sum_to_the_fee() throws Exception {
        call("c1", START.plusSeconds(60), "0.1");
        call("c2", START.plusSeconds(61), "0.2");

        List<Map<String, String>> rows = focus(3, purchase("1", "1", Payment.HOURLY));

        assertThat(rows)
                .filteredOn(row -> row.get("ChargeCategory").equals("Purchase"))
                .extracting(row -> number(row, "BilledCost"))
                .containsExactly("0.333333333333", "0.333333333334", "0.333333333333");
        assertThat(sum(rows, "BilledCost")).isEqualByComparingTo("1");
        assertThat(sum(rows, "EffectiveCost")).isEqualByComparingTo("1");
    }

    @Test
    void calls_of_others_and_hours_outside_the_term_are_billed_as_ever() throws Exception {
        ledger.append(LedgerEntry.builder("other", START.plusSeconds(60), "anthropic", "claude")
                        .cost(Entries.cost("5"))
                        .build())
                .join();
        call("late", START.plus(Duration.ofHours(3)), "7");

        List<Map<String, String>> rows = focus(4, purchase("30", "24", Payment.UPFRONT));

        assertThat(rows)
                .filteredOn(row -> row.get("PricingCategory").equals("Standard")
                        && row.get("ChargeCategory").equals("Usage"))
                .extracting(row -> number(row, "BilledCost"), row -> number(row, "EffectiveCost"))
                .containsExactly(tuple("5", "5"), tuple("7", "7"));
    }

    @Test
    void a_purchase_knows_what_it_has_borne() {
        Purchase purchase = purchase("30", "24", Payment.UPFRONT);

        assertThat(purchase.amortized(START)).isEqualByComparingTo("0");
        assertThat(purchase.amortized(START.plusSeconds(5_400))).isEqualByComparingTo("12");
        assertThat(purchase.amortized(START.plus(Duration.ofDays(9)))).isEqualByComparingTo("24");
        assertThat(purchase.offered(START.plusSeconds(3_600))).isEqualByComparingTo("10");
    }

    @Test
    void terms_and_periods_are_of_whole_hours() {
        Commitment odd = new Commitment(
                "odd", null, BigDecimal.ONE, "USD", START.plusSeconds(1), START.plus(Duration.ofHours(2)));

        assertThatThrownBy(() -> new Purchase(odd, BigDecimal.ONE, Payment.UPFRONT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the term of odd is 2026-11-20T10:00:01Z to 2026-11-20T12:00:00Z — whole hours — round it");
        assertThatThrownBy(() ->
                        new Purchase(purchase("1", "1", Payment.UPFRONT).commitment(), BigDecimal.ZERO, Payment.HOURLY))
                .hasMessage("fee is 0 — above 0");
        LedgerQuery half = LedgerQuery.period(START.plusSeconds(1_800), START.plus(Duration.ofHours(2)))
                .build();
        assertThatThrownBy(() -> ledger.export(
                        half,
                        LedgerFormat.focusByHour(ACCOUNT, List.of(purchase("1", "1", Payment.UPFRONT))),
                        new StringWriter()))
                .hasMessage(
                        "the period of the export is 2026-11-20T10:30:00Z to 2026-11-20T12:00:00Z — whole hours, since"
                                + " commitments are spread over hours — round it");
    }

    private static Tuple tuple(Object... values) {
        return Tuple.tuple(values);
    }

    private static Purchase purchase(String amount, String fee, Payment payment) {
        Commitment promised =
                new Commitment("2026", "openai", new BigDecimal(amount), "USD", START, START.plus(Duration.ofHours(3)));
        return new Purchase(promised, new BigDecimal(fee), payment);
    }

    private void call(String id, Instant at, String amount) {
        ledger.append(LedgerEntry.builder(id, at, "openai", "gpt-4o")
                        .cost(Entries.cost(amount))
                        .build())
                .join();
    }

    private List<Map<String, String>> focus(int hours, Purchase purchase) throws Exception {
        assertThat(ledger.flush(Duration.ofSeconds(60))).isTrue();
        LedgerQuery query =
                LedgerQuery.period(START, START.plus(Duration.ofHours(hours))).build();
        StringWriter out = new StringWriter();
        ledger.export(query, LedgerFormat.focusByHour(ACCOUNT, List.of(purchase)), out);
        return Exports.csv(out.toString());
    }

    private static String number(Map<String, String> row, String column) {
        return new BigDecimal(row.get(column)).stripTrailingZeros().toPlainString();
    }

    private static BigDecimal sum(List<Map<String, String>> rows, String column) {
        return rows.stream().map(row -> new BigDecimal(row.get(column))).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
