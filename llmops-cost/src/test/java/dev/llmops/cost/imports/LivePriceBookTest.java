package dev.llmops.cost.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.llmops.core.http.HttpPolicy;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PriceBookException;
import dev.llmops.cost.book.PricingContext;
import dev.llmops.cost.internal.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LivePriceBookTest {

    private static final String ENTRY = "{id: first, rates: {input_tokens: 3, output_tokens: 6}}";
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant DECEMBER = Instant.parse("2026-12-01T00:00:00Z");

    @TempDir
    Path folder;

    private Path file;
    private LivePriceBook live;
    private HttpServer server;
    private volatile String served = liteLlm("1e-6");
    private Instant now = NOVEMBER;

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("prices.yml");
        write(ENTRY);
        live = LivePriceBook.load(file);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = served.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(served.isEmpty() ? 503 : 200, served.isEmpty() ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_new_entry_is_taken_over() throws IOException {
        write(ENTRY, "{id: second, from: 2026-03-01, rates: {input_tokens: 2, output_tokens: 6}}");

        assertThat(live.reload()).isTrue();
        assertThat(amount(live, "2026-02-28T00:00:00Z")).isEqualTo("3");
        assertThat(amount(live, "2026-03-01T00:00:00Z")).isEqualTo("2");
    }

    @Test
    void a_broken_file_leaves_the_old_book_in_use_and_says_why() throws IOException {
        String version = live.get().version();
        write("{id: first, rates: {input_tokens: free}}");

        assertThat(live.reload()).isFalse();
        assertThat(live.failures()).isEqualTo(1);
        assertThat(live.lastFailure().orElseThrow())
                .contains("prices.yml: models[0].prices[0].rates.input_tokens: is \"free\" — a number");
        assertThat(live.get().version()).isEqualTo(version);
    }

    @Test
    void a_file_that_vanishes_leaves_the_old_book_in_use() throws IOException {
        Files.delete(file);

        assertThat(live.reload()).isFalse();
        assertThat(live.lastFailure())
                .hasValueSatisfying(
                        why -> assertThat(why).endsWith("prices.yml: cannot be read: there is no such file"));
        assertThat(amount(live, "2026-03-01T00:00:00Z")).isEqualTo("3");
    }

    @Test
    void an_entry_that_changes_under_its_id_is_refused() throws IOException {
        write("{id: first, rates: {input_tokens: 2, output_tokens: 6}}");

        assertThat(live.reload()).isFalse();
        assertThat(live.lastFailure()).hasValueSatisfying(why -> assertThat(why).contains("first: was overwritten"));
    }

    @Test
    void an_entry_that_is_gone_is_refused_and_one_that_ends_is_not() throws IOException {
        write("{id: other, rates: {input_tokens: 3, output_tokens: 6}}");
        assertThat(live.reload()).isFalse();

        write(
                "{id: first, until: 2026-03-01, rates: {input_tokens: 3, output_tokens: 6}}",
                "{id: other, from: 2026-03-01, rates: {input_tokens: 2, output_tokens: 6}}");
        assertThat(live.reload()).isTrue();
        assertThat(live.lastFailure()).isEmpty();
    }

    @Test
    void the_same_content_changes_nothing() {
        PriceBook before = live.get();

        assertThat(live.reload()).isTrue();
        assertThat(live.get()).isSameAs(before);
    }

    @Test
    void a_list_is_read_from_an_address_and_its_digest_is_recorded() {
        LivePriceBook fromUrl = builder().add(source()).build();

        assertThat(amount(fromUrl, "2026-11-02T00:00:00Z")).isEqualTo("1");
        assertThat(fromUrl.digests()).containsValue(Sha256.hex(served.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_pinned_list_with_another_content_is_refused() {
        PriceSource pinned = source().sha256("0".repeat(64));

        assertThatThrownBy(() -> builder().add(pinned).build())
                .isInstanceOf(PriceBookException.class)
                .hasMessageContaining("sha256 is " + Sha256.hex(served.getBytes(StandardCharsets.UTF_8)) + " — 000000");
    }

    @Test
    void a_changed_price_of_a_list_holds_from_the_reload_on() {
        LivePriceBook fromUrl = builder().add(source()).build();
        served = liteLlm("2e-6");
        now = DECEMBER;

        assertThat(fromUrl.reload()).isTrue();
        assertThat(amount(fromUrl, "2026-11-30T00:00:00Z")).isEqualTo("1");
        assertThat(amount(fromUrl, "2026-12-01T00:00:00Z")).isEqualTo("2");
    }

    @Test
    void a_server_that_fails_leaves_the_last_good_prices_in_use() {
        LivePriceBook fromUrl = builder().add(source()).build();
        served = "";

        assertThat(fromUrl.reload()).isFalse();
        assertThat(fromUrl.lastFailure())
                .hasValueSatisfying(why -> assertThat(why).contains("cannot be read: the server answers HTTP 503"));
        assertThat(amount(fromUrl, "2026-11-02T00:00:00Z")).isEqualTo("1");
    }

    @Test
    void a_list_larger_than_the_limit_is_refused() {
        LivePriceBook.Builder narrow =
                builder().http(HttpPolicy.builder().maxBodyBytes(10).build()).add(source());

        assertThatThrownBy(narrow::build).hasMessageContaining("larger than 10 bytes");
    }

    @Test
    void the_history_of_a_list_outlives_the_process_and_its_server() {
        Path history = folder.resolve("history.json");
        builder().add(source().history(history)).build();
        served = liteLlm("2e-6");
        now = DECEMBER;
        builder().add(source().history(history)).build();
        served = "";

        LivePriceBook restarted = builder().add(source().history(history)).build();

        assertThat(restarted.failures()).isEqualTo(1);
        assertThat(amount(restarted, "2026-11-30T00:00:00Z")).isEqualTo("1");
        assertThat(amount(restarted, "2026-12-01T00:00:00Z")).isEqualTo("2");
    }

    @Test
    void a_list_may_be_backdated_and_its_price_ids_say_so() {
        LivePriceBook backdated = builder()
                .add(source().effectiveFrom(Instant.parse("2026-01-01T00:00:00Z")))
                .build();

        assertThat(backdated
                        .get()
                        .price("p", "m", TokenUsage.inclusive(1, 0), PricingContext.at(NOVEMBER.minusSeconds(1)))
                        .components()
                        .get(0)
                        .priceId())
                .isEqualTo("p/m@2026-01-01/backdated-2026-11-01#input_tokens");
    }

    @Test
    void files_of_the_own_format_win_over_lists() {
        URI address = address();
        Path history = folder.resolve("history.json");

        LivePriceBook live = LivePriceBook.builder()
                .add(PriceSource.file(file, PriceFormat.LLMOPS))
                .add(PriceSource.url(address, PriceFormat.LITELLM).history(history))
                .build();

        assertThat(amount(live, "2026-11-02T00:00:00Z")).isEqualTo("3");
    }

    @Test
    void a_source_that_breaks_a_rule_is_refused_with_a_remedy() {
        assertThatThrownBy(() -> PriceSource.url(URI.create("ftp://prices"), PriceFormat.LITELLM))
                .hasMessage("address is ftp://prices — an http or https address with a host — use file for a file");
        assertThatThrownBy(() -> source().sha256("abc"))
                .hasMessage("sha256 is 'abc' — 64 hexadecimal digits — copy the output of sha256sum");
        assertThatThrownBy(
                        () -> PriceSource.file(file, PriceFormat.GENAI_PRICES).effectiveFrom(NOVEMBER))
                .hasMessageStartingWith("effectiveFrom is set for GENAI_PRICES");
        assertThatThrownBy(() -> PriceSource.file(file, PriceFormat.LLMOPS).history(file))
                .hasMessageStartingWith("history is set for LLMOPS");
        assertThatThrownBy(() -> builder().build()).hasMessageStartingWith("sources are missing");
    }

    private LivePriceBook.Builder builder() {
        return LivePriceBook.builder().clock(() -> now);
    }

    private PriceSource source() {
        return PriceSource.url(address(), PriceFormat.LITELLM);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/prices.json");
    }

    private static String liteLlm(String price) {
        return "{\"m\": {\"litellm_provider\": \"p\", \"input_cost_per_token\": " + price + "}}";
    }

    private static String amount(LivePriceBook book, String at) {
        return book.get()
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
