package dev.llmops.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final String HOSTILE = "<script>alert(\"1\" & '2')</script>";
    private static final String ESCAPED = "&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;";

    private static Page of(Block... blocks) {
        Page.Builder page = Page.titled("Title");
        List.of(blocks).forEach(page::add);
        return page.build();
    }

    private static Block table(Inline... cells) {
        return new Block.Table("Caption", List.of("a", "b"), List.of(List.of(cells)), "Nothing.");
    }

    @Test
    void html_is_self_contained_and_dark_where_the_reader_wants_it() {
        assertThat(of(Block.paragraph("text")).toHtml())
                .startsWith("<!DOCTYPE html>")
                .contains("<title>Title</title>", "<h1>Title</h1>", "<p>text</p>", "prefers-color-scheme: dark")
                .doesNotContain("<script", "http:", "https:", "@import", "url(");
    }

    @Test
    void no_text_becomes_markup_anywhere() {
        Page page = Page.titled(HOSTILE)
                .property(HOSTILE, HOSTILE)
                .add(Block.paragraph(HOSTILE))
                .add(Block.empty(HOSTILE))
                .add(Block.facts(Map.of(HOSTILE, HOSTILE)))
                .add(new Block.Table(HOSTILE, List.of(HOSTILE), List.of(List.of(Inline.code(HOSTILE))), ""))
                .add(new Block.Figure(
                        HOSTILE,
                        new Svg(1, 1).text(HOSTILE, 0, 0, Svg.Anchor.START).line(HOSTILE, 0, 0, 1, 1)))
                .add(new Block.Section(
                        HOSTILE, HOSTILE, Block.Tone.BAD, List.of(Block.paragraph(Inline.link(HOSTILE, "a%22b")))))
                .build();
        assertThat(page.toHtml()).doesNotContain("<script").contains(ESCAPED);
        assertThat(page.toMarkdown()).doesNotContain("<script");
    }

    @Test
    void no_character_changes_the_direction_of_what_follows() {
        assertThat(of(Block.paragraph("model\u202Ek4-tpg \u2066x \u05D0\u05D1")).toHtml())
                .contains("<p>model\uFFFDk4-tpg \uFFFDx \u05D0\u05D1</p>");
    }

    @Test
    void numbers_are_aligned_and_their_column_too() {
        assertThat(of(table(Inline.text("x"), Inline.number("1"))).toHtml())
                .contains("<th scope=\"col\">a</th><th scope=\"col\" class=\"number\">b</th>")
                .contains("<td>x</td><td class=\"number\">1</td>");
    }

    @Test
    void a_table_without_rows_says_so() {
        Page page = of(new Block.Table("Caption", List.of("a"), List.of(), "No alert fired."));
        assertThat(page.toHtml())
                .contains("<p class=\"empty\">No alert fired.</p>")
                .doesNotContain("<table");
        assertThat(page.toMarkdown()).endsWith("\n## Caption\n\n_No alert fired._\n");
    }

    @Test
    void a_row_of_the_wrong_length_is_refused() {
        assertThatThrownBy(() -> table(Inline.text("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row of table 'Caption' has the wrong length (1) — 2 cells, one for each column");
    }

    @Test
    void a_link_to_a_program_is_refused() {
        assertThatThrownBy(() -> Inline.link("x", "javascript:alert(1)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a relative reference, http or https");
    }

    @Test
    void markdown_has_the_same_content() {
        Page page = of(
                new Block.Section(
                        "Objective",
                        "MET",
                        Block.Tone.GOOD,
                        List.of(Block.facts(Map.of("calls", "3")), new Block.Figure("A picture", new Svg(1, 1)))),
                table(Inline.badge("FAILED", Block.Tone.BAD), Inline.link("a|b", "x%20y.html")));
        assertThat(page.toMarkdown())
                .isEqualTo("# Title\n\n## Objective — MET\n\n- **calls:** 3\n\n_A picture_\n\n## Caption\n\n"
                        + "| a | b |\n| --- | --- |\n| **FAILED** | [a\\|b](<x%20y.html>) |\n");
    }

    @Test
    void control_characters_and_line_ends_cannot_break_a_line_of_markdown() {
        assertThat(Escape.markdown("a\nb\u0007 *c* <d> & `e`")).isEqualTo("a b\uFFFD \\*c\\* &lt;d\\> &amp; \\`e\\`");
    }
}
