package dev.llmops.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.privacy.Pseudonyms;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PricingContext;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.entry.Receipt;
import dev.llmops.cost.ledger.export.FocusAccount;
import dev.llmops.cost.ledger.export.LedgerFormat;
import dev.llmops.cost.ledger.query.LedgerQuery;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerExportTest {

    private static final LedgerQuery NOVEMBER = LedgerQuery.period(
                    Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"))
            .build();
    private static final FocusAccount ACCOUNT = FocusAccount.of("acct-1", "Acme, Inc.");
    private static final List<String> MANDATORY_IN_FOCUS = List.of(
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingCurrency",
            "BillingPeriodStart",
            "BillingPeriodEnd",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ChargePeriodStart",
            "ChargePeriodEnd",
            "ContractedCost",
            "EffectiveCost",
            "InvoiceIssuerName",
            "ListCost",
            "PricingQuantity",
            "PricingUnit",
            "ProviderName",
            "PublisherName",
            "ServiceCategory",
            "ServiceName");

    @TempDir
    Path directory;

    private Ledger ledger;

    @BeforeEach
    void open() throws Exception {
        ledger = Ledger.at(directory)
                .clock(() -> Instant.parse("2026-12-03T00:00:00Z"))
                .open();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_text_that_a_spreadsheet_would_run_as_a_formula_is_neutralized() throws Exception {
        append(Entries.call("c1", "-0.5")
                .tenant("=HYPERLINK(\"http://evil.example\")")
                .user("-2+3")
                .feature("@SUM(A1)")
                .build());
        Map<String, String> row = Exports.csv(export(LedgerFormat.csv())).get(0);
        assertThat(row)
                .containsEntry("tenant", "'=HYPERLINK(\"http://evil.example\")")
                .containsEntry("user", "'-2+3")
                .containsEntry("feature", "'@SUM(A1)")
                .containsEntry("amount", "-0.5");
    }

    @Test
    void csv_has_a_row_per_entry_with_plain_amounts() throws Exception {
        append(Entries.call("c1", "0.0000000001").user("a \"b\", c\nd").build());

        assertThat(export(LedgerFormat.csv()))
                .isEqualTo("entry_id,kind,call_id,started_at,recorded_at,tenant,user,feature,provider,model,"
                        + "response_model,version_set,operation,outcome,service_tier,region,request_id,trace_id,input_tokens,"
                        + "output_tokens,state,amount,currency,provider_reported,reason,price_book_version\r\n"
                        + "c1,CALL,c1,2026-11-20T10:15:30.123456Z,2026-11-20T10:15:30.123456Z,acme,"
                        + "\"a \"\"b\"\", c\nd\",support,openai,gpt-4o,,vs-1,chat,COMPLETED,,,,,812,333,EXACT,"
                        + "0.0000000001,USD,,,\r\n");
    }

    @Test
    void json_is_an_array_of_entries() throws Exception {
        LedgerEntry entry = Entries.call("c1", "1").cost(Entries.priced()).build();
        append(entry);

        String json = export(LedgerFormat.json());

        assertThat(json).startsWith("[{\"entry_id\":\"c1\"").contains("\"amount\":\"0.00536\"");
        assertThat(Exports.entries(json)).containsExactly(entry);
    }

    @Test
    void an_export_of_nothing_is_whole() throws Exception {
        assertThat(export(LedgerFormat.json())).isEqualTo("[]");
        assertThat(Exports.csv(export(LedgerFormat.csv()))).isEmpty();
        assertThat(Exports.csv(export(LedgerFormat.focus(ACCOUNT)))).isEmpty();
    }

    @Test
    void focus_has_a_row_per_component_that_says_all_that_is_mandatory() throws Exception {
        append(Entries.call("c1", "1")
                .serviceTier("priority")
                .region("eu")
                .cost(Entries.priced())
                .build());

        List<Map<String, String>> rows = focus();

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).containsKeys(MANDATORY_IN_FOCUS.toArray(String[]::new));
        assertThat(rows.get(0))
                .containsEntry("BilledCost", "0.0020300")
                .containsEntry("BillingAccountName", "Acme, Inc.")
                .containsEntry("BillingPeriodStart", "2026-11-01T00:00:00Z")
                .containsEntry("BillingPeriodEnd", "2026-12-01T00:00:00Z")
                .containsEntry("ChargeCategory", "Usage")
                .containsEntry("ChargeClass", "")
                .containsEntry("ChargePeriodStart", "2026-11-20T10:00:00Z")
                .containsEntry("ChargePeriodEnd", "2026-11-20T11:00:00Z")
                .containsEntry("ConsumedQuantity", "812")
                .containsEntry("ConsumedUnit", "Tokens")
                .containsEntry("ListUnitPrice", "2.5")
                .containsEntry("PricingQuantity", "0.000812")
                .containsEntry("PricingCategory", "Standard")
                .containsEntry("PricingUnit", "1000000 Tokens")
                .containsEntry("InvoiceIssuerName", "openai")
                .containsEntry("ServiceCategory", "AI and Machine Learning")
                .containsEntry("ServiceSubcategory", "Generative AI")
                .containsEntry("RegionId", "eu")
                .containsEntry("SkuPriceDetails", "{\"x_ServiceTier\":\"priority\"}")
                .containsEntry("SkuId", "openai/gpt-4o/input_tokens")
                .containsEntry("SkuMeter", "Input Tokens")
                .containsEntry("SkuPriceId", "openai/gpt-4o@2.5#input_tokens")
                .containsEntry("SubAccountId", "acme");
    }

    @Test
    void focus_has_one_sku_to_a_price_whatever_name_the_model_was_called_by() throws Exception {
        for (String model : List.of("gpt-4o", "gpt-4o-2024-08-06", "chatgpt-4o-latest")) {
            for (String tier : List.of("default", "batch")) {
                append(bookedByTheBook(model, tier));
            }
        }

        Map<String, Set<String>> skus = new HashMap<>();
        focus().forEach(row -> skus.computeIfAbsent(row.get("SkuPriceId"), price -> new HashSet<>())
                .add(row.get("SkuId")));

        assertThat(skus)
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy((price, ids) -> assertThat(ids).hasSize(1));
    }

    @Test
    void focus_tells_flex_prices_and_the_life_of_a_cache_entry_apart() throws Exception {
        BigDecimal one = BigDecimal.ONE;
        append(Entries.call("c1", "1")
                .serviceTier("flex")
                .cost(new Cost(
                        CostState.EXACT,
                        one,
                        "USD",
                        List.of(new CostComponent("cache_write_1h_tokens", one, one, one, one, "p1")),
                        null))
                .build());

        assertThat(focus().get(0))
                .containsEntry("PricingCategory", "Dynamic")
                .containsEntry("SkuPriceDetails", "{\"x_ServiceTier\":\"flex\",\"x_CacheTtl\":\"1h\"}");
    }

    private static LedgerEntry bookedByTheBook(String model, String tier) {
        LedgerEntry call = Entries.call(model + tier, "1").build();
        PricingContext context =
                PricingContext.builder(call.startedAt()).serviceTier(tier).build();
        return LedgerEntry.builder(model + tier, call.startedAt(), "openai", model)
                .serviceTier(tier)
                .usage(call.usage())
                .cost(PriceBook.bundled().price("openai", model, call.usage(), context))
                .build();
    }

    @Test
    void focus_never_shows_a_user() throws Exception {
        append(Entries.call("c1", "1")
                .user("ana@example.com")
                .cost(Entries.priced())
                .build());

        assertThat(export(LedgerFormat.focus(ACCOUNT))).doesNotContain("ana@example.com");
        assertThat(focus().get(0).get("Tags"))
                .matches("\\{\"feature\":\"support\",\"version_set\":\"vs-1\",\"user_hash\":\"[0-9a-f]{32}\"}");
    }

    @Test
    void focus_costs_are_price_times_quantity_and_sum_to_the_ledger_whatever_was_booked() throws Exception {
        append(Entries.call("exact", "1").cost(Entries.priced()).build());
        append(Entries.call("corrected", "1").cost(Entries.priced()).build());
        append(Entries.call("reported", "1")
                .cost(new Cost(
                        CostState.PROVIDER_REPORTED,
                        new BigDecimal("0.006"),
                        "USD",
                        Entries.priced().components(),
                        new BigDecimal("0.006")))
                .build());
        append(Entries.call("without components", "0.25").build());
        append(Entries.call("by the hour", "1").cost(anHourlyPrice()).build());
        ledger.reRate(
                NOVEMBER,
                new ReRating(
                        "book-7",
                        "the book was wrong",
                        entry -> entry.callId().equals("corrected")
                                ? Optional.of(Entries.priced("2", "8", "0.004288"))
                                : Optional.empty()));
        flush();

        List<Map<String, String>> rows = focus();

        for (Map<String, String> row : rows) {
            if (row.get("ChargeCategory").equals("Usage")) {
                assertThat(number(row, "ListUnitPrice").multiply(number(row, "PricingQuantity")))
                        .isEqualByComparingTo(number(row, "ListCost"));
                assertThat(number(row, "ContractedUnitPrice").multiply(number(row, "PricingQuantity")))
                        .isEqualByComparingTo(number(row, "ContractedCost"));
                assertThat(row.get("SkuId")).isNotEmpty();
                assertThat(row.get("SkuPriceId")).isNotEmpty();
                assertThat(row.get("ConsumedQuantity")).isNotEmpty();
            }
            assertThat(row.get("BilledCost")).matches("-?[0-9]+(\\.[0-9]+)?");
        }
        BigDecimal ledgerSum = ledger.totals(NOVEMBER).get(0).amount();
        assertThat(sum(rows, "BilledCost")).isEqualByComparingTo(ledgerSum);
        assertThat(sum(rows, "EffectiveCost")).isEqualByComparingTo(ledgerSum);
    }

    @Test
    void focus_leaves_out_what_is_unpriced_and_says_so() throws Exception {
        append(Entries.call("c1", "1").cost(Cost.unpriced("USD")).build());

        LedgerFormat.Report report = ledger.export(NOVEMBER, LedgerFormat.focus(ACCOUNT), new StringWriter());

        assertThat(report).isEqualTo(new LedgerFormat.Report(1, 0, 1));
    }

    @Test
    void focus_charges_a_correction_of_an_invoiced_period_when_it_was_made() throws Exception {
        append(Entries.call("c1", "1").cost(Entries.priced()).build());
        ledger.reRate(
                NOVEMBER, new ReRating("book-7", "late", entry -> Optional.of(Entries.priced("2", "8", "0.004288"))));
        flush();
        FocusAccount invoiced = new FocusAccount(
                "acct-1", "Acme", "Acme IT", Instant.parse("2026-12-01T00:00:00Z"), Pseudonyms.unkeyed());

        List<Map<String, String>> rows = Exports.csv(export(LedgerFormat.focus(invoiced)));

        assertThat(rows)
                .extracting(row -> row.get("ChargeClass"))
                .containsExactly("", "", "Correction", "Correction", "Correction", "Correction");
        assertThat(rows.get(2))
                .containsEntry("BillingPeriodStart", "2026-12-01T00:00:00Z")
                .containsEntry("ChargePeriodStart", "2026-11-20T10:00:00Z")
                .containsEntry("InvoiceIssuerName", "Acme IT");
    }

    @Test
    void focus_by_hour_adds_up_what_has_the_same_price_tenant_and_tags() throws Exception {
        append(Entries.call("c1", "1").user("u1").cost(Entries.priced()).build());
        append(Entries.call("c2", "1").user("u2").cost(Entries.priced()).build());
        append(Entries.call("c3", "1").tenant("other").cost(Entries.priced()).build());

        List<Map<String, String>> rows = Exports.csv(export(LedgerFormat.focusByHour(ACCOUNT)));

        assertThat(rows)
                .hasSize(4)
                .allSatisfy(row -> assertThat(number(row, "ListUnitPrice").multiply(number(row, "PricingQuantity")))
                        .isEqualByComparingTo(number(row, "ListCost")));
        assertThat(rows.get(0))
                .containsEntry("ConsumedQuantity", "1624")
                .containsEntry("Tags", "{\"feature\":\"support\",\"version_set\":\"vs-1\"}")
                .containsEntry("x_CallId", "");
        assertThat(sum(rows, "BilledCost")).isEqualByComparingTo(sum(focus(), "BilledCost"));
    }

    @Test
    void focus_by_hour_has_a_row_for_each_hour_and_counts_what_it_cannot_say() throws Exception {
        Instant later = Entries.START.plus(Duration.ofHours(1));
        append(Entries.call("c1", "1").build());
        append(LedgerEntry.builder("c2", later, "openai", "gpt-4o")
                .cost(Entries.cost("2"))
                .build());
        append(LedgerEntry.builder("c3", later, "openai", "gpt-4o").build());
        StringWriter out = new StringWriter();

        LedgerFormat.Report report = ledger.export(NOVEMBER, LedgerFormat.focusByHour(ACCOUNT), out);

        assertThat(report).isEqualTo(new LedgerFormat.Report(3, 2, 1));
        assertThat(Exports.csv(out.toString()))
                .extracting(row -> row.get("ChargePeriodStart"))
                .containsExactly("2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z");
    }

    @Test
    void focus_tells_the_list_price_from_the_contracted_one() throws Exception {
        PriceBook contracted = PriceBook.parse("book", """
                format: llmops-price-book/1
                published: 2026-08-20
                discounts: [{id: acme-2026, provider: openai, percent: 12.5}]
                models: [{provider: openai, model: gpt-4o, prices: [{rates: {input_tokens: 2.5, output_tokens: 10}}]}]
                """);
        TokenUsage usage = TokenUsage.inclusive(1_000_000, 0);
        append(Entries.call("c1", "1")
                .cost(contracted.price("openai", "gpt-4o", usage, PricingContext.at(Entries.START)))
                .build());

        assertThat(number(focus().get(0), "ListCost")).isEqualByComparingTo("2.5");
        assertThat(number(focus().get(0), "ContractedCost")).isEqualByComparingTo("2.1875");
        assertThat(number(focus().get(0), "BilledCost")).isEqualByComparingTo("2.1875");
    }

    /** 61 seconds at 0.37 an hour, which no decimal holds; rounded at 15 places. */
    private static Cost anHourlyPrice() {
        CostComponent hour = new CostComponent(
                "audio_seconds",
                new BigDecimal("61"),
                new BigDecimal("0.37"),
                new BigDecimal("3600"),
                new BigDecimal("0.006269444444444"),
                "audio@0.37");
        return new Cost(CostState.EXACT, new BigDecimal("0.006269444444444"), "USD", List.of(hour), null);
    }

    private void append(LedgerEntry entry) throws Exception {
        assertThat(ledger.append(entry).get()).isEqualTo(Receipt.ACKNOWLEDGED);
        flush();
    }

    private void flush() throws InterruptedException {
        assertThat(ledger.flush(Duration.ofSeconds(60))).isTrue();
    }

    private String export(LedgerFormat format) throws Exception {
        StringWriter out = new StringWriter();
        ledger.export(NOVEMBER, format, out);
        return out.toString();
    }

    private List<Map<String, String>> focus() throws Exception {
        return Exports.csv(export(LedgerFormat.focus(ACCOUNT)));
    }

    private static BigDecimal number(Map<String, String> row, String column) {
        return new BigDecimal(row.get(column));
    }

    private static BigDecimal sum(List<Map<String, String>> rows, String column) {
        return rows.stream().map(row -> number(row, column)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
