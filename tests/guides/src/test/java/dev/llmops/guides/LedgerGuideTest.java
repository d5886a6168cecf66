package dev.llmops.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.accounting.Commitment;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.ledger.Ledger;
import dev.llmops.cost.ledger.LedgerMeters;
import dev.llmops.cost.ledger.ReRating;
import dev.llmops.cost.ledger.entry.Receipt;
import dev.llmops.cost.ledger.export.FocusAccount;
import dev.llmops.cost.ledger.export.LedgerFormat;
import dev.llmops.cost.ledger.query.LedgerDimension;
import dev.llmops.cost.ledger.query.LedgerQuery;
import dev.llmops.cost.ledger.query.LedgerTotal;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerGuideTest {

    @Test
    void every_call_is_booked() throws IOException, InterruptedException {
        Ledger ledger = Ledger.at(Path.of("data/ledger")).open(); // journal and embedded database in one folder

        LlmOps llmops = LlmOps.builder()
                .enricher(CostEnricher.using(PriceBook.bundled()))
                .listener(ledger.listener())
                .build();
        long before = ledger.stats().drained();
        llmops.call(Operation.CHAT, "openai", "gpt-4o").start().finish();
        assertThat(ledger.flush(Duration.ofSeconds(30))).isTrue();
        assertThat(ledger.stats().drained()).isEqualTo(before + 1);
        ledger.close();
    }

    @Test
    void a_commitment_is_amortised_over_its_term(@TempDir Path folder) throws Exception {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        Instant to = Instant.parse("2027-01-01T00:00:00Z");
        FocusAccount account = FocusAccount.of("acct-1", "Acme");
        LedgerQuery query =
                LedgerQuery.period(from, from.plus(Duration.ofHours(2))).build();
        StringWriter out = new StringWriter();
        try (Ledger ledger = Ledger.at(folder).open()) {
            Commitment promised = new Commitment(
                    "2026", "openai", new BigDecimal("8760"), "USD", from, to); // 1 USD an hour for a year
            Commitment.Purchase bought =
                    new Commitment.Purchase(promised, new BigDecimal("7008"), Commitment.Payment.UPFRONT);
            ledger.export(query, LedgerFormat.focusByHour(account, List.of(bought)), out);
        }
        assertThat(out.toString().lines().skip(1).map(row -> row.split(",")[0])).containsExactly("7008", "0", "0");
    }

    @Test
    void a_receipt_says_when_a_call_is_booked(@TempDir Path folder) throws Exception {
        try (Ledger ledger = Ledger.at(folder).open();
                LlmOps llmops = LlmOps.builder().listener(ledger.listener()).build()) {
            LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
            call.finish("stop");
            Receipt receipt =
                    ledger.receipt(call.live()).get(1, TimeUnit.SECONDS); // ACKNOWLEDGED, DROPPED or NOT_BOOKED
            assertThat(receipt).isEqualTo(Receipt.ACKNOWLEDGED);
        }
    }

    @Test
    void the_counts_of_a_ledger_are_meters(@TempDir Path folder) throws IOException {
        MeterRegistry meterRegistry = new SimpleMeterRegistry();
        try (Ledger ledger = Ledger.at(folder).open()) {
            LedgerMeters.bind(ledger, meterRegistry); // or PrometheusLedgerMeters.bind(ledger, prometheusRegistry)
            assertThat(meterRegistry.get("llm.ledger.healthy").gauge().value()).isEqualTo(1);
        }
    }

    @Test
    void totals_corrections_and_exports(@TempDir Path folder) throws IOException, InterruptedException, SQLException {
        Ledger ledger = Ledger.at(folder).open();
        Clock clock = Clock.fixed(Instant.parse("2026-11-05T00:00:00Z"), ZoneOffset.UTC);
        PriceBook correctedBook = PriceBook.bundled();
        LlmOps llmops = LlmOps.builder()
                .clock(clock)
                .enricher(CostEnricher.using(PriceBook.bundled()))
                .listener(ledger.listener())
                .build();
        llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .tenant("acme")
                .feature("support")
                .start()
                .usage(TokenUsage.inclusive(1_000_000, 0))
                .finish();
        ledger.flush(Duration.ofSeconds(30));

        Instant from = Instant.parse("2026-11-01T00:00:00Z");
        Instant to = Instant.parse("2026-12-01T00:00:00Z");
        List<LedgerTotal> bill = ledger.totals(LedgerQuery.period(from, to)
                .by(LedgerDimension.TENANT, LedgerDimension.MODEL)
                .where(LedgerDimension.FEATURE, "support")
                .build());
        assertThat(bill)
                .singleElement()
                .satisfies(total -> assertThat(total.amount()).isEqualByComparingTo("2.5"));

        ReRating.Report report = ledger.reRate(
                LedgerQuery.period(from, to).build(),
                ReRating.byBook("2026-11-gpt-4o", "the price cut of 1 November was missing", correctedBook));
        assertThat(report.calls()).isEqualTo(1);
        assertThat(report.corrected()).isZero();

        LedgerQuery query = LedgerQuery.period(from, to).build();
        StringWriter writer = new StringWriter();
        ledger.export(query, LedgerFormat.csv(), writer);
        ledger.export(query, LedgerFormat.json(), writer);
        ledger.export(query, LedgerFormat.focus(FocusAccount.of("acct-1", "Acme")), writer);
        assertThat(writer.toString()).contains("acme");
        ledger.close();
    }

    @Test
    void a_fleets_database_may_be_away_when_the_ledger_opens() throws IOException {
        String password = "secret";
        Ledger ledger = Ledger.at(Path.of("data/ledger"))
                .jdbc("jdbc:postgresql://db/llmops", "llmops", password) // or dataSource(…)
                .open();
        assertThat(ledger.stats().drained()).isZero();
        ledger.close();
    }

    @Test
    void days_may_be_partitions() throws IOException {
        String user = "llmops";
        String password = "secret";
        Path directory = Path.of("data/partitioned");
        Ledger ledger = Ledger.at(directory)
                .jdbc("jdbc:postgresql://db/llmops", user, password)
                .partitionByDay()
                .keepDays(400) // today and 400 days before; without it, everything stays
                .open();
        assertThat(ledger.stats().drained()).isZero();
        ledger.close();
    }
}
