package dev.llmops.cost.ledger.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.ledger.Entries;
import dev.llmops.cost.ledger.internal.store.EntryJson;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LedgerEntryTest {

    @Test
    void text_that_no_database_stores_is_replaced() {
        LedgerEntry entry = Entries.call("c", "1").user("a\u0000b\uD800c\uDC00").build();

        assertThat(entry.user()).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
    }

    @Test
    void characters_beyond_the_basic_plane_are_kept() {
        assertThat(Entries.call("c", "1").user("Ana \uD83D\uDE00").build().user())
                .isEqualTo("Ana \uD83D\uDE00");
    }

    @Test
    void long_text_is_cut_between_characters() {
        String text = "x".repeat(LedgerEntry.MAX_TEXT_LENGTH - 1) + "\uD83D\uDE00";

        assertThat(Entries.call("c", "1").user(text).build().user())
                .isEqualTo("x".repeat(LedgerEntry.MAX_TEXT_LENGTH - 1));
    }

    @Test
    void times_are_cut_to_the_microsecond_so_that_no_database_rounds_them_into_the_next_period() {
        LedgerEntry entry = LedgerEntry.builder("c", Instant.parse("2026-11-20T23:59:59.999999999Z"), "p", "m")
                .build();

        assertThat(entry.startedAt()).isEqualTo("2026-11-20T23:59:59.999999Z");
    }

    @Test
    void an_amount_with_more_digits_than_are_kept_is_refused() {
        assertThatThrownBy(() -> Entries.entry("c", "1E-31"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "amount has too many digits (1E-31) — at most 30 before and after the point — correct the amount");
    }

    @Test
    void an_empty_id_is_refused() {
        assertThatThrownBy(() -> Entries.entry("", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("entryId has 0 characters — 1 to 200");
    }

    @Test
    void more_components_than_are_kept_are_refused() {
        List<CostComponent> many = Collections.nCopies(501, Entries.component("input_tokens", "1", "1"));
        Cost cost = new Cost(CostState.EXACT, BigDecimal.ONE, "USD", many, null);

        assertThatThrownBy(() -> Entries.call("c", "1").cost(cost).build())
                .hasMessage("cost has 501 components — at most 500");
    }

    @Test
    void json_keeps_everything() {
        LedgerEntry entry = Entries.call("c", "1")
                .responseModel("gpt-4o-2024-08-06")
                .outcome("CANCELLED")
                .serviceTier("priority")
                .region("eu")
                .usage(TokenUsage.inclusive(812, 333)
                        .cachedInput(500)
                        .cacheWrite(20)
                        .reasoning(100)
                        .with(UsageKind.INPUT_AUDIO_TOKENS, 12))
                .cost(Entries.reportedByTheProvider())
                .build();

        assertThat(roundTrip(entry)).isEqualTo(entry);
    }

    @Test
    void json_keeps_what_is_absent_absent() {
        LedgerEntry entry =
                LedgerEntry.builder("c", Entries.START, "openai", "gpt-4o").build();

        assertThat(roundTrip(entry)).isEqualTo(entry);
        assertThat(roundTrip(entry).cost().amount()).isEmpty();
        assertThat(roundTrip(entry).usage()).isEqualTo(TokenUsage.unknown());
    }

    @Test
    void json_skips_what_a_newer_version_may_add() {
        String json =
                json(Entries.entry("c", "1")).replaceFirst("\\{", "{\"added\":{\"deep\":[1,{\"a\":2}]},\"flag\":true,");

        assertThat(EntryJson.read(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(Entries.entry("c", "1"));
    }

    @Test
    void json_keeps_what_was_estimated_of_a_usage() {
        TokenUsage usage = TokenUsage.estimated(OptionalLong.empty(), OptionalLong.of(7));

        assertThat(roundTrip(Entries.call("c", "1").usage(usage).build()).usage())
                .isEqualTo(usage);
    }

    @Property(tries = 500)
    void json_keeps_any_text_and_any_amount(
            @ForAll String user, @ForAll BigInteger unscaled, @ForAll @IntRange(min = 0, max = 30) int scale) {
        BigDecimal amount = new BigDecimal(unscaled.mod(BigInteger.TEN.pow(30)), scale);
        LedgerEntry entry = Entries.call("c", "1")
                .user(user)
                .cost(Entries.cost(amount.toPlainString()))
                .build();

        assertThat(roundTrip(entry)).isEqualTo(entry);
        assertThat(roundTrip(entry).amountOrZero()).isEqualByComparingTo(amount);
    }

    private static LedgerEntry roundTrip(LedgerEntry entry) {
        return EntryJson.read(json(entry).getBytes(StandardCharsets.UTF_8));
    }

    private static String json(LedgerEntry entry) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EntryJson.write(entry, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
