package dev.llmops.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Renders a page as one HTML file. */
final class HtmlWriter {

    /** Prefix of the {@code meta} elements that hold a page's properties. */
    static final String META = "llmops:";

    private final StringBuilder html = new StringBuilder();

    String write(Page page) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<title>");
        text(page.title());
        html.append("</title>\n");
        page.properties().forEach(this::meta);
        html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n<style>\n")
                .append(styleSheet())
                .append("</style></head>\n<body><main>\n<h1>");
        text(page.title());
        html.append("</h1>\n");
        page.blocks().forEach(this::block);
        html.append("</main></body></html>\n");
        return html.toString();
    }

    private void meta(String name, String value) {
        html.append("<meta name=\"").append(META);
        text(name);
        html.append("\" content=\"");
        text(value);
        html.append("\">\n");
    }

    private static String styleSheet() {
        try (InputStream css = Objects.requireNonNull(HtmlWriter.class.getResourceAsStream("page.css"))) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void block(Block block) {
        if (block instanceof Block.Paragraph paragraph) {
            html.append(paragraph.isEmptyState() ? "<p class=\"empty\">" : "<p>");
            paragraph.pieces().forEach(this::inline);
            html.append("</p>\n");
        } else if (block instanceof Block.Facts facts) {
            facts(facts);
        } else if (block instanceof Block.Table table) {
            table(table);
        } else if (block instanceof Block.Figure figure) {
            html.append("<figure>").append(figure.picture().toMarkup(figure.description()));
            html.append("<figcaption>");
            text(figure.description());
            html.append("</figcaption></figure>\n");
        } else if (block instanceof Block.Filter filter) {
            choice("all", "all");
            filter.labels().forEach((tone, label) -> choice(tone.cssClass(), label));
            html.append('\n');
        } else if (block instanceof Block.Section section) {
            section(section);
        }
    }

    /** The style sheet hides sections of other tones after a radio button that is chosen. */
    private void choice(String name, String label) {
        html.append("<input type=\"radio\" class=\"choice\" name=\"show\" id=\"show-")
                .append(name);
        html.append(name.equals("all") ? "\" checked>" : "\">");
        html.append("<label for=\"show-").append(name).append("\">");
        text(label);
        html.append("</label>");
    }

    private void facts(Block.Facts facts) {
        html.append("<dl>");
        facts.facts().forEach(fact -> {
            html.append("<div><dt>");
            text(fact.label());
            html.append("</dt><dd>");
            inline(fact.value());
            html.append("</dd></div>");
        });
        html.append("</dl>\n");
    }

    private void section(Block.Section section) {
        html.append("<section class=\"").append(section.tone().cssClass()).append("\"><h2>");
        text(section.title());
        if (!section.badge().isEmpty()) {
            html.append(' ');
            inline(Inline.badge(section.badge(), section.tone()));
        }
        html.append("</h2>\n");
        section.blocks().forEach(this::block);
        html.append("</section>\n");
    }

    private void table(Block.Table table) {
        html.append("<h3>");
        text(table.caption());
        html.append("</h3>\n");
        if (table.rows().isEmpty()) {
            block(Block.empty(table.whenEmpty()));
            return;
        }
        html.append("<div class=\"scroll\"><table><thead><tr>");
        for (int column = 0; column < table.columns().size(); column++) {
            html.append(isNumeric(table, column) ? "<th class=\"number\">" : "<th>");
            text(table.columns().get(column));
            html.append("</th>");
        }
        html.append("</tr></thead><tbody>\n");
        table.rows().forEach(this::row);
        html.append("</tbody></table></div>\n");
    }

    private static boolean isNumeric(Block.Table table, int column) {
        return table.rows().stream().allMatch(row -> row.get(column) instanceof Inline.Numeric);
    }

    private void row(List<Inline> cells) {
        html.append("<tr>");
        for (Inline cell : cells) {
            html.append(cell instanceof Inline.Numeric ? "<td class=\"number\">" : "<td>");
            inline(cell);
            html.append("</td>");
        }
        html.append("</tr>\n");
    }

    private void inline(Inline piece) {
        if (piece instanceof Inline.Code) {
            element("code", "", piece.text());
        } else if (piece instanceof Inline.Badge badge) {
            element("span", " class=\"badge " + badge.tone().cssClass() + "\"", piece.text());
        } else if (piece instanceof Inline.Link link) {
            element("a", " href=\"" + Escape.html(link.target()) + "\"", piece.text());
        } else {
            text(piece.text());
        }
    }

    private void element(String name, String attributes, String text) {
        html.append('<').append(name).append(attributes).append('>');
        text(text);
        html.append("</").append(name).append('>');
    }

    private void text(String text) {
        html.append(Escape.html(text));
    }
}
