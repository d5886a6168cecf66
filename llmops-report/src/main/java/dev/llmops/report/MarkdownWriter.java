package dev.llmops.report;

import java.util.List;
import java.util.stream.Collectors;

/** Renders a page as GitHub-flavored Markdown. */
final class MarkdownWriter {

    private final StringBuilder markdown = new StringBuilder();

    String write(Page page) {
        markdown.append("# ").append(Escape.markdown(page.title())).append('\n');
        page.blocks().forEach(block -> block(block, 2));
        return markdown.toString();
    }

    private void block(Block block, int level) {
        if (block instanceof Block.Paragraph paragraph) {
            String text =
                    paragraph.pieces().stream().map(MarkdownWriter::inline).collect(Collectors.joining());
            paragraph(paragraph.isEmptyState() ? "_" + text + "_" : text);
        } else if (block instanceof Block.Facts facts) {
            markdown.append('\n');
            facts.facts()
                    .forEach(fact -> markdown.append("- **")
                            .append(Escape.markdown(fact.label()))
                            .append(":** ")
                            .append(inline(fact.value()))
                            .append('\n'));
        } else if (block instanceof Block.Table table) {
            table(table, level);
        } else if (block instanceof Block.Figure figure) {
            paragraph("_" + Escape.markdown(figure.description()) + "_");
        } else if (block instanceof Block.Columns columns) {
            columns.blocks().forEach(inner -> block(inner, level));
        } else if (block instanceof Block.Section section) {
            heading(level, section.title() + (section.badge().isEmpty() ? "" : " — " + section.badge()));
            section.blocks().forEach(inner -> block(inner, level + 1));
        }
    }

    private void paragraph(String escaped) {
        markdown.append('\n').append(escaped).append('\n');
    }

    private void heading(int level, String title) {
        paragraph("#".repeat(Math.min(level, 6)) + " " + Escape.markdown(title));
    }

    private void table(Block.Table table, int level) {
        heading(level, table.caption());
        if (table.rows().isEmpty()) {
            paragraph("_" + Escape.markdown(table.whenEmpty()) + "_");
            return;
        }
        markdown.append('\n');
        row(table.columns().stream().map(Inline::text).toList());
        markdown.append("|").append(" --- |".repeat(table.columns().size())).append('\n');
        table.rows().forEach(this::row);
    }

    private void row(List<Inline> cells) {
        markdown.append("| ")
                .append(cells.stream().map(MarkdownWriter::inline).collect(Collectors.joining(" | ")))
                .append(" |\n");
    }

    private static String inline(Inline piece) {
        String text = Escape.markdown(piece.text());
        if (piece instanceof Inline.Link link) {
            return "[" + text + "](<" + link.target().replace(">", "%3E") + ">)";
        }
        return piece instanceof Inline.Badge ? "**" + text + "**" : text;
    }
}
