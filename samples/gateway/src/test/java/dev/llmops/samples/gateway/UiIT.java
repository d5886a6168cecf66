package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page at {@code /ui} in a real browser. Pictures of it go to {@code target/ui}. */
class UiIT {

    private static final Path PICTURES = Path.of("target", "ui");
    private static final int TAB = 9;

    @TempDir
    static Path directory;

    private static RunningGateway gateway;
    private static HeadlessChromium browser;

    @BeforeAll
    static void send_traffic() throws Exception {
        GatewayOptions options = new GatewayOptions();
        options.traffic = 20.0;
        gateway = new RunningGateway(options);
        browser = new HeadlessChromium(directory);
        // Accounts come behind the calls.
        await().until(() -> gateway.get("/ui").body(), containsAll("Top ten spenders", "The last 50 calls"));
    }

    private static Predicate<String> containsAll(String... words) {
        return page -> Stream.of(words).allMatch(page::contains);
    }

    @AfterAll
    static void stop() {
        browser.close();
        gateway.close();
    }

    @BeforeEach
    void run_scripts() {
        browser.scripts(true);
    }

    private static URI page() {
        return gateway.address().resolve("/ui");
    }

    private static String text(String selector) {
        return browser.evaluate("document.querySelector('" + selector + "')?.textContent ?? ''")
                .asString();
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "1280, dark", "360, light", "360, dark"})
    void it_fits_the_window_and_the_console_is_silent(int width, String scheme) throws IOException {
        browser.look(width, 900, scheme);
        browser.open(page());
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .isEqualTo(width);
        assertThat(browser.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
                        .asBoolean())
                .isEqualTo(scheme.equals("dark"));
        browser.screenshot(PICTURES.resolve(width + "-" + scheme + ".png"));
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 360})
    void no_text_of_a_picture_is_too_small_to_be_read(int width) {
        browser.look(width, 900, "light");
        browser.open(page());
        assertThat(browser.evaluate("Math.min(...[...document.querySelectorAll('svg text')]"
                                + ".map(text => text.getBoundingClientRect().height).filter(height => height > 0))")
                        .asDouble())
                .isGreaterThan(8);
    }

    @Test
    void a_long_name_pushes_nothing_out_of_sight() {
        String name = "x".repeat(200);
        String body = "{\"user_id\":\"u1\",\"model\":\"" + name + "\",\"prompt\":\"hi\",\"budget_ms\":20000}";
        browser.look(1280, 900, "light");
        browser.open(page());
        await().until(
                        () -> {
                            gateway.chat("tokens=3; ttft_ms=5; gap_ms=1", body);
                            return text("#latest-calls");
                        },
                        calls -> calls.contains(name));
        assertThat(browser.evaluate("(table => table.scrollWidth - table.clientWidth)"
                                + "(document.querySelector('#latest-calls .scroll'))")
                        .asInt())
                .isZero();
    }

    @Test
    void it_refreshes_itself_without_loading_again() {
        browser.open(page());
        browser.evaluate("window.loadedOnce = true");
        String before = text("main > p");
        await().until(() -> !text("main > p").equals(before));
        assertThat(browser.evaluate("window.loadedOnce").asBoolean()).isTrue();
    }

    @Test
    void a_table_keeps_the_focus_when_it_is_replaced() {
        browser.open(page());
        browser.evaluate("document.querySelector('#latest-calls .scroll').focus()");
        awaitOtherCalls();
        assertThat(browser.evaluate("document.activeElement.matches('#latest-calls .scroll')")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void what_is_selected_stays_until_it_is_not_selected_any_more() {
        browser.open(page());
        String latest = text("#latest-calls a");
        browser.evaluate("getSelection().selectAllChildren(document.querySelector('#latest-calls a'))");
        String before = text("main > p");
        await().until(() -> !text("main > p").equals(before));
        assertThat(text("#latest-calls a")).isEqualTo(latest);
        browser.evaluate("getSelection().removeAllRanges()");
        awaitOtherCalls();
    }

    private static void awaitOtherCalls() {
        String latest = text("#latest-calls tbody");
        await().until(() -> !text("#latest-calls tbody").equals(latest));
    }

    @Test
    void while_the_gateway_is_away_it_says_since_when_and_then_goes_on() {
        GatewayOptions options = new GatewayOptions();
        try (RunningGateway other = new RunningGateway(options)) {
            options.port = other.address().getPort();
            browser.open(other.address().resolve("/ui"));
        }
        browser.evaluate("window.loadedOnce = true");
        await().until(
                        () -> text("[role=alert]"),
                        said -> said.matches("No answer since \\d\\d:\\d\\d:\\d\\d UTC\\..*"));
        try (RunningGateway again = new RunningGateway(options)) {
            await().until(() -> text("[role=alert]").isEmpty());
            assertThat(browser.evaluate("window.loadedOnce").asBoolean()).isTrue();
        }
    }

    @Test
    void updates_can_be_paused_with_the_keyboard() {
        browser.open(page());
        browser.evaluate("document.querySelector('button').focus()");
        browser.press(" ", 32);
        await().until(() -> text("button").equals("Resume updates"));
        browser.press(" ", 32);
        await().until(() -> text("button").equals("Pause updates"));
    }

    @Test
    void the_first_stop_of_the_tab_key_skips_to_the_content() {
        browser.open(page());
        browser.press("Tab", TAB);
        assertThat(browser.evaluate("document.activeElement.getAttribute('href')")
                        .asString())
                .isEqualTo("#main");
    }

    @Test
    void without_script_it_shows_the_same_and_loads_itself_again() {
        browser.scripts(false);
        browser.open(page());
        assertThat(text("main")).contains("Four lines", "Objectives", "Top ten spenders", "The last 50 calls");
        assertThat(text("button")).isEmpty();
        String before = text("main > p");
        await().until(() -> !text("main > p").equals(before));
    }

    @Test
    void a_screen_reader_finds_landmarks_headings_and_captions() {
        browser.open(page());
        assertThat(browser.evaluate("document.querySelectorAll('main, header, nav[aria-label]').length")
                        .asInt())
                .isEqualTo(3);
        assertThat(browser.evaluate("[...document.querySelectorAll('table')].every(t => t.caption)")
                        .asBoolean())
                .isTrue();
        assertThat(browser.evaluate("[...document.querySelectorAll('svg')].every(s => s.getAttribute('aria-label'))")
                        .asBoolean())
                .isTrue();
        assertThat(browser.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(h => h.tagName[1])"
                                + ".every((level, i, all) => i === 0 ? level === '1' : level - all[i - 1] <= 1)")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void one_click_opens_a_trace() throws IOException {
        browser.open(page());
        browser.evaluate("document.querySelector('#latest-calls a').click()");
        await().until(() -> text("h1").startsWith("Trace "));
        browser.screenshot(PICTURES.resolve("trace.png"));
        assertThat(browser.complaints()).isEmpty();
    }
}
