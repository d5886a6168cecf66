package dev.llmops.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Renders a page as one HTML file, or its content alone. */
final class HtmlWriter {

    /** Prefix of the {@code meta} elements that hold a page's properties. */
    static final String META = "llmops:";

    /** The style of all pages, as it stands in them. */
    static final String STYLE_SHEET = resource("page.css");

    private static final int MAX_LEVEL = 6;

    private final StringBuilder html = new StringBuilder();
    private final Set<String> ids = new HashSet<>();
    private int level = 1;

    String write(Page page) {
        head(page, "");
        html.append("<body><main>\n");
        content(page);
        return html.append("</main></body></html>\n").toString();
    }

    /**
     * Renders a page with room for a script and links to its parts.
     *
     * @param attributes of the main element, as markup
     * @param head more elements of the head, as markup
     * @param end the last element of the body, as markup
     */
    String write(Page page, String attributes, String head, String end) {
        head(page, head);
        html.append("<body class=\"live\"><a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header>");
        links(page);
        html.append("</header>\n<main id=\"main\"").append(attributes).append(">\n");
        content(page);
        return html.append("</main>\n").append(end).append("</body></html>\n").toString();
    }

    /** Renders what stands in the main element. */
    String writeContent(Page page) {
        content(page);
        return html.toString();
    }

    private void head(Page page, String more) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<title>");
        text(page.title());
        html.append("</title>\n");
        page.properties().forEach(this::meta);
        html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .append(more)
                .append("<style>")
                .append(STYLE_SHEET)
                .append("</style></head>\n");
    }

    private void content(Page page) {
        html.append("<h1>");
        text(page.title());
        html.append("</h1>\n");
        page.blocks().forEach(this::block);
    }

    private void links(Page page) {
        html.append("<nav aria-label=\"Parts of this page\">");
        for (Block block : page.blocks()) {
            if (block instanceof Block.Section section) {
                element("a", " href=\"#" + id(section.title()) + "\"", section.title());
                html.append(' ');
            }
        }
        html.append("</nav>");
        ids.clear();
    }

    /** Returns an id that no other part of the page has. */
    private String id(String title) {
        String word = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String id = word;
        for (int i = 2; !ids.add(id); i++) {
            id = word + "-" + i;
        }
        return id;
    }

    private void meta(String name, String value) {
        html.append("<meta name=\"").append(META);
        text(name);
        html.append("\" content=\"");
        text(value);
        html.append("\">\n");
    }

    /** Returns the text of a file of this package. */
    static String resource(String name) {
        try (InputStream file = Objects.requireNonNull(HtmlWriter.class.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
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
        } else if (block instanceof Block.Columns columns) {
            html.append("<div class=\"columns\">");
            columns.blocks().forEach(this::block);
            html.append("</div>\n");
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
        html.append("<section class=\"").append(section.tone().cssClass()).append('"');
        if (level == 1) {
            html.append(" id=\"").append(id(section.title())).append("\" aria-label=\"");
            text(section.title());
            html.append('"');
        }
        level++;
        html.append("><h").append(headingLevel()).append('>');
        text(section.title());
        if (!section.badge().isEmpty()) {
            html.append(' ');
            inline(Inline.badge(section.badge(), section.tone()));
        }
        html.append("</h").append(headingLevel()).append(">\n");
        section.blocks().forEach(this::block);
        level--;
        html.append("</section>\n");
    }

    private int headingLevel() {
        return Math.min(level, MAX_LEVEL);
    }

    private void table(Block.Table table) {
        if (table.rows().isEmpty()) {
            html.append("<p class=\"caption\">");
            text(table.caption());
            html.append("</p>\n");
            block(Block.empty(table.whenEmpty()));
            return;
        }
        html.append("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
        text(table.caption());
        html.append("\"><table><caption>");
        text(table.caption());
        html.append("</caption><thead><tr>");
        for (int column = 0; column < table.columns().size(); column++) {
            html.append(isNumeric(table, column) ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">");
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
        } else if (piece instanceof Inline.Picture picture) {
            html.append(picture.picture().toMarkup(picture.text()));
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
