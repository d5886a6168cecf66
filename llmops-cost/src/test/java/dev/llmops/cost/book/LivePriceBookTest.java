package dev.llmops.cost.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.TokenUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LivePriceBookTest {

    private static final String ENTRY = "{id: first, rates: {input_tokens: 3, output_tokens: 6}}";

    @TempDir
    Path folder;

    private Path file;
    private LivePriceBook live;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("prices.yml");
        write(ENTRY);
        live = LivePriceBook.load(file);
    }

    @Test
    void a_new_entry_is_taken_over() throws IOException {
        write(ENTRY, "{id: second, from: 2026-03-01, rates: {input_tokens: 2, output_tokens: 6}}");

        assertThat(live.reload()).isTrue();
        assertThat(amount("2026-02-28T00:00:00Z")).isEqualTo("3");
        assertThat(amount("2026-03-01T00:00:00Z")).isEqualTo("2");
    }

    @Test
    void a_broken_file_leaves_the_old_book_in_use() throws IOException {
        String version = live.get().version();
        write("{id: first, rates: {input_tokens: free}}");

        assertThat(live.reload()).isFalse();
        assertThat(live.failures()).isEqualTo(1);
        assertThat(live.get().version()).isEqualTo(version);
        assertThat(amount("2026-03-01T00:00:00Z")).isEqualTo("3");
    }

    @Test
    void a_file_that_vanishes_leaves_the_old_book_in_use() throws IOException {
        Files.delete(file);

        assertThat(live.reload()).isFalse();
        assertThat(amount("2026-03-01T00:00:00Z")).isEqualTo("3");
    }

    @Test
    void a_file_that_lost_an_entry_leaves_the_old_book_in_use() throws IOException {
        write("{id: second, from: 2026-03-01, rates: {input_tokens: 2, output_tokens: 6}}");

        assertThat(live.reload()).isFalse();
        assertThat(live.failures()).isEqualTo(1);
        assertThat(amount("2026-03-01T00:00:00Z")).isEqualTo("3");
    }

    @Test
    void an_overwritten_entry_is_refused_and_a_correction_taken() throws IOException {
        write("{id: first, rates: {input_tokens: 2, output_tokens: 6}}");
        assertThat(live.reload()).isFalse();
        assertThat(amount("2026-03-01T00:00:00Z")).isEqualTo("3");

        write(ENTRY, "{corrects: first, recorded: 2026-04-01, rates: {input_tokens: 2, output_tokens: 6}}");
        assertThat(live.reload()).isTrue();
        assertThat(amount("2026-03-01T00:00:00Z")).isEqualTo("2");
    }

    @Test
    void only_a_changed_file_is_read_again() throws IOException {
        PriceBook before = live.get();

        live.reloadIfChanged();
        assertThat(live.get()).isSameAs(before);

        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
        live.reloadIfChanged();
        assertThat(live.get()).isNotSameAs(before);
    }

    private String amount(String at) {
        return live.get()
                .price("p", "m", TokenUsage.inclusive(1_000_000, 0), PricingContext.at(Instant.parse(at)))
                .amount()
                .orElseThrow()
                .stripTrailingZeros()
                .toPlainString();
    }

    private void write(String... entries) throws IOException {
        Files.writeString(file, """
                format: llmops-price-book/1
                published: 2026-08-20
                models:
                  - provider: p
                    model: m
                    prices:
                """ + "      - " + String.join("\n      - ", entries) + "\n");
    }
}
