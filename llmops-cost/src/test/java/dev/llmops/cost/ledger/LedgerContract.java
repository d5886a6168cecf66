package dev.llmops.cost.ledger;

import static dev.llmops.cost.ledger.LedgerDimension.FEATURE;
import static dev.llmops.cost.ledger.LedgerDimension.MODEL;
import static dev.llmops.cost.ledger.LedgerDimension.TENANT;
import static dev.llmops.cost.ledger.LedgerDimension.USER;
import static dev.llmops.cost.ledger.LedgerDimension.VERSION_SET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.Cost;
import dev.llmops.core.CostState;
import dev.llmops.core.TokenUsage;
import dev.llmops.cost.PriceBook;
import dev.llmops.cost.PricingContext;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger does with every database. */
abstract class LedgerContract {

    private static final Instant LATER = Entries.START.plus(Duration.ofDays(30));

    @TempDir
    Path directory;

    Ledger ledger;

    /** An empty database of its own. */
    abstract void createDatabase() throws Exception;

    abstract Ledger.Builder ledgerIn(Path directory);

    abstract Connection connect() throws SQLException;

    @BeforeEach
    void open() throws Exception {
        createDatabase();
        ledger = ledgerIn(directory).clock(() -> LATER).open();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void an_entry_is_acknowledged_and_then_found_as_it_was() throws Exception {
        LedgerEntry entry = Entries.call("c1", "1")
                .responseModel("gpt-4o-2024-08-06")
                .cost(new Cost(
                        CostState.PROVIDER_REPORTED,
                        new BigDecimal("0.0054"),
                        "USD",
                        Entries.priced().components(),
                        new BigDecimal("0.0054"),
                        "the provider said so",
                        "book-1"))
                .serviceTier("priority")
                .region("eu")
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

    @Test
    void a_correction_is_booked_beside_what_it_corrects() throws Exception {
        append(Entries.call("c1", "1").cost(Entries.priced()).build());

        ReRatingReport report = reRate("book-7", entry -> Optional.of(Entries.priced("2", "8", "0.004288")));

        assertThat(report).isEqualTo(new ReRatingReport(1, 1, 0, Map.of("USD", new BigDecimal("-0.001072"))));
        assertThat(total().amount()).isEqualByComparingTo("0.004288");
        assertThat(total().calls()).isEqualTo(1);
        assertThat(total().inputTokens()).isEqualTo(812);
        LedgerEntry correction = entries().get(1);
        assertThat(correction.entryId()).isEqualTo("c1#book-7");
        assertThat(correction.cost().reason()).isEqualTo("the book was wrong");
        assertThat(correction.startedAt()).isEqualTo(Entries.START);
        assertThat(correction.recordedAt()).isEqualTo(LATER);
        assertThat(correction.cost().state()).isEqualTo(CostState.CORRECTED);
        assertThat(correction.cost().components())
                .extracting(part -> part.quantity() + " at " + part.price())
                .containsExactly("-812 at 2.5", "-333 at 10", "812 at 2", "333 at 8");
    }

    @Test
    void a_correction_is_booked_once_under_its_id() throws Exception {
        append(Entries.call("c1", "1").cost(Entries.priced()).build());
        reRate("book-7", entry -> Optional.of(Entries.priced("2", "8", "0.004288")));

        ReRatingReport again = reRate("book-7", entry -> Optional.of(Entries.priced("1", "1", "0.001145")));

        assertThat(again).isEqualTo(new ReRatingReport(1, 0, 1, Map.of()));
        assertThat(total().amount()).isEqualByComparingTo("0.004288");
    }

    @Test
    void a_second_correction_starts_from_the_first() throws Exception {
        append(Entries.call("c1", "1").cost(Entries.priced()).build());
        reRate("book-7", entry -> Optional.of(Entries.priced("2", "8", "0.004288")));
        reRate("book-8", entry -> Optional.of(Entries.priced("3", "9", "0.005433")));

        assertThat(total().amount()).isEqualByComparingTo("0.005433");
        assertThat(entries().get(2).cost().components())
                .extracting(part -> part.quantity() + " at " + part.price())
                .containsExactly("-812 at 2", "-333 at 8", "812 at 3", "333 at 9");
    }

    @Test
    void a_call_whose_price_is_right_is_left_alone() throws Exception {
        append(Entries.call("c1", "1").cost(Entries.priced()).build());

        assertThat(reRate("book-7", entry -> Optional.of(Entries.priced())).corrected())
                .isZero();
        assertThat(reRate("book-8", entry -> Optional.empty()).corrected()).isZero();
        assertThat(entries()).hasSize(1);
    }

    @Test
    void an_unpriced_call_can_be_priced_later_even_at_nothing() throws Exception {
        append(Entries.call("c1", "1").cost(Cost.unpriced("USD")).build());
        append(Entries.call("c2", "1").cost(Cost.unpriced("USD")).build());

        ReRatingReport report = reRate(
                "book-7", entry -> Optional.of(Entries.cost(entry.callId().equals("c1") ? "0.5" : "0")));

        assertThat(report.corrected()).isEqualTo(2);
        assertThat(total().amount()).isEqualByComparingTo("0.5");
    }

    @Test
    void what_could_be_priced_of_an_unpriced_call_is_not_taken_back() throws Exception {
        Cost partly = new Cost(CostState.UNPRICED, null, "USD", Entries.priced().components(), null);
        append(Entries.call("c1", "1").cost(partly).build());

        reRate("book-7", entry -> Optional.of(Entries.priced()));

        assertThat(entries().get(1).cost().components())
                .isEqualTo(Entries.priced().components());
    }

    @Test
    void a_book_prices_anew_what_a_book_had_priced() throws Exception {
        PriceBook book = PriceBook.bundled();
        Cost byBook = book.price("openai", "gpt-4o", TokenUsage.inclusive(812, 333), PricingContext.at(Entries.START));
        Cost wrong = new Cost(CostState.EXACT, new BigDecimal("9"), "USD", List.of(), null, null, "book-1");
        append(Entries.call("wrong", "1").cost(wrong).build());
        append(Entries.call("unknown then", "1")
                .cost(new Cost(CostState.UNPRICED, null, "USD", List.of(), null, "unknown model", "book-1"))
                .build());
        append(Entries.call("free for a reason", "0").build());

        ReRatingReport report = ledger.reRate(day().build(), ReRating.byBook("fix-1", "book-1 was wrong", book));
        flush();

        assertThat(report.corrected()).isEqualTo(2);
        assertThat(total().amount()).isEqualByComparingTo(byBook.amountOrNull().add(byBook.amountOrNull()));
        assertThat(entries())
                .filteredOn(entry -> entry.kind() == LedgerEntry.Kind.CORRECTION)
                .extracting(entry -> entry.cost().priceBookVersion())
                .containsOnly(book.version());
    }

    @Test
    void a_correction_in_another_currency_is_refused() throws Exception {
        append(Entries.entry("c1", "1"));
        Cost yuan = new Cost(CostState.EXACT, new BigDecimal("7"), "CNY", List.of(), null);

        assertThatThrownBy(() -> reRate("book-7", entry -> Optional.of(yuan)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a correction must be in the currency of its call, but c1 is in USD and its new price in CNY");
    }

    @Test
    void an_earlier_report_can_be_had_again() throws Exception {
        append(Entries.entry("c1", "1"));
        reRate("book-7", entry -> Optional.of(Entries.cost("5")));

        LedgerQuery before = day().knownAt(LATER.minusSeconds(1)).build();

        assertThat(ledger.totals(before).get(0).amount()).isEqualByComparingTo("1");
        assertThat(total().amount()).isEqualByComparingTo("5");
    }

    @Test
    void many_corrections_do_not_overrun_the_queue() throws Exception {
        for (int call = 0; call < 1000; call++) {
            ledger.append(Entries.entry("c" + call, "1"));
        }
        flush();
        ledger.close();
        ledger = ledgerIn(directory).queueCapacity(300).open();

        assertThat(reRate("book-7", entry -> Optional.of(Entries.cost("2"))).corrected())
                .isEqualTo(1000);
        assertThat(total().amount()).isEqualByComparingTo("2000");
    }

    @Test
    void tables_of_the_first_version_are_brought_up_to_date() throws Exception {
        append(Entries.entry("c1", "1"));
        ledger.close();
        execute(
                "DROP INDEX llm_ledger_started_at",
                "DROP INDEX llm_ledger_call_id",
                "DELETE FROM llm_ledger_schema WHERE version > 1");

        ledger = ledgerIn(directory).open();
        append(Entries.entry("c2", "1"));

        assertThat(total().calls()).isEqualTo(2);
        execute("DROP INDEX llm_ledger_started_at", "DROP INDEX llm_ledger_call_id");
    }

    @Test
    void tables_of_a_newer_version_are_left_alone() throws Exception {
        append(Entries.entry("c1", "1"));
        ledger.close();
        execute("INSERT INTO llm_ledger_schema (version) VALUES (99)");

        ledger = ledgerIn(directory).open();

        assertThatThrownBy(this::entries)
                .isInstanceOf(SQLException.class)
                .hasMessage("the ledger's tables are at version 99, which is newer than version 2 of this library;"
                        + " update llmops-cost");
    }

    @Test
    void an_entry_that_the_database_refuses_holds_nothing_up_and_is_kept_for_a_look() throws Exception {
        append(Entries.entry("c0", "1"));
        execute("ALTER TABLE llm_ledger ADD CONSTRAINT small CHECK (amount < 100)");
        ledger.append(Entries.entry("c1", "1"));
        ledger.append(Entries.entry("bad", "1000"));
        ledger.append(Entries.entry("c2", "1"));
        flush();

        assertThat(total().calls()).isEqualTo(3);
        assertThat(ledger.stats().rejected()).isEqualTo(1);
        assertThat(directory.resolve("rejected.jsonl")).content().contains("\"entry_id\":\"bad\"");
    }

    private static LedgerEntry at(String callId, Instant startedAt) {
        return LedgerEntry.builder(callId, startedAt, "openai", "gpt-4o")
                .cost(Entries.cost("1"))
                .build();
    }

    private static LedgerQuery.Builder day() {
        return LedgerQuery.period(Instant.parse("2026-11-20T00:00:00Z"), Instant.parse("2026-11-21T00:00:00Z"));
    }

    private void append(LedgerEntry entry) throws Exception {
        assertThat(ledger.append(entry).get()).isEqualTo(Receipt.ACKNOWLEDGED);
        flush();
    }

    void flush() throws InterruptedException {
        assertThat(ledger.flush(Duration.ofSeconds(60))).isTrue();
    }

    private ReRatingReport reRate(String id, Function<LedgerEntry, Optional<Cost>> pricing) throws Exception {
        ReRatingReport report = ledger.reRate(day().build(), new ReRating(id, "the book was wrong", pricing));
        flush();
        return report;
    }

    LedgerTotal total() throws SQLException {
        List<LedgerTotal> totals = ledger.totals(day().build());
        assertThat(totals).hasSize(1);
        return totals.get(0);
    }

    private List<LedgerEntry> entries() throws Exception {
        StringWriter json = new StringWriter();
        ledger.export(day().build(), LedgerFormat.json(), json);
        return Exports.entries(json.toString());
    }

    private void execute(String... commands) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }
}
