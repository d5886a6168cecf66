package dev.llmops.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class LivePageTest {

    private static final LivePage LIVE = new LivePage("ui/\"events", Duration.ofSeconds(10));
    private static final Page PAGE = Page.titled("State")
            .add(new Block.Section("Four lines", "", Block.Tone.NEUTRAL, List.of(Block.paragraph("text"))))
            .add(new Block.Section("Four lines", "", Block.Tone.NEUTRAL, List.of()))
            .build();

    @ParameterizedTest
    @ValueSource(strings = {"style", "script"})
    void the_policy_admits_exactly_what_stands_in_the_page(String element) throws Exception {
        Matcher matcher = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                .matcher(LIVE.toHtml(PAGE));
        assertThat(matcher.find()).isTrue();
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(matcher.group(1).getBytes(StandardCharsets.UTF_8));
        assertThat(LivePage.contentSecurityPolicy())
                .startsWith("default-src 'none'; ")
                .contains(element + "-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'; ")
                .doesNotContain("unsafe");
        assertThat(matcher.find()).isFalse();
    }

    @Test
    void a_page_that_is_not_live_passes_the_policy_too() {
        assertThat(PAGE.toHtml())
                .contains("<style>" + HtmlWriter.STYLE_SHEET + "</style>")
                .doesNotContain("<script");
    }

    @Test
    void a_page_that_is_sent_without_the_header_states_the_policy_before_anything_that_it_admits() {
        String html = LIVE.toHtml(PAGE);
        String stated = "<meta http-equiv=\"Content-Security-Policy\" content=\""
                + Escape.html(LivePage.contentSecurityPolicy().replace("; frame-ancestors 'none'", "")) + "\">";
        assertThat(html).containsOnlyOnce(stated);
        assertThat(html.indexOf(stated)).isLessThan(html.indexOf("<style>"));
    }

    @Test
    void without_script_the_browser_loads_it_again() {
        assertThat(LIVE.toHtml(PAGE)).contains("<noscript><meta http-equiv=\"refresh\" content=\"10\"></noscript>");
    }

    @Test
    void the_address_of_the_events_is_escaped() {
        assertThat(LIVE.toHtml(PAGE)).contains("<main id=\"main\" data-events=\"ui/&quot;events\">");
    }

    @Test
    void each_part_has_a_link_of_its_own() {
        assertThat(LIVE.toHtml(PAGE))
                .contains("<a href=\"#four-lines\">Four lines</a> <a href=\"#four-lines-2\">Four lines</a>")
                .contains("id=\"four-lines\" aria-label=\"Four lines\"", "id=\"four-lines-2\"");
    }

    @Test
    void an_event_is_the_content_on_one_line() {
        String event = LivePage.toEvent(PAGE);
        assertThat(event).doesNotContain("\n");
        assertThat(LIVE.toHtml(PAGE)).contains(JsonMapper.shared().readValue(event, String.class));
    }
}
