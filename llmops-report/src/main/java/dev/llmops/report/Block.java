package dev.llmops.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A part of a {@link Page}. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface Block {

    /**
     * Returns a paragraph.
     *
     * @param pieces its text
     * @return the paragraph
     */
    static Block paragraph(Inline... pieces) {
        return new Paragraph(List.of(pieces), false);
    }

    /**
     * Returns a paragraph of plain text.
     *
     * @param text the text
     * @return the paragraph
     */
    static Block paragraph(String text) {
        return paragraph(Inline.text(text));
    }

    /**
     * Returns a dimmed sentence in the place of content that is not there.
     *
     * @param text the sentence, such as "No alert fired."
     * @return the paragraph
     */
    static Block empty(String text) {
        return new Paragraph(List.of(Inline.text(text)), true);
    }

    /**
     * A paragraph.
     *
     * @param pieces its text
     * @param isEmptyState true for a dimmed sentence in the place of content that is not there
     */
    record Paragraph(List<Inline> pieces, boolean isEmptyState) implements Block {

        /** Copies the text. */
        public Paragraph {
            pieces = List.copyOf(pieces);
        }
    }

    /**
     * A row of labelled values.
     *
     * @param label the label
     * @param value the value
     */
    record Fact(String label, Inline value) {}

    /**
     * Labelled values, side by side.
     *
     * @param facts the values in order
     */
    record Facts(List<Fact> facts) implements Block {

        /** Copies the values. */
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /**
     * A table.
     *
     * @param caption its title
     * @param columns the titles of its columns
     * @param rows its cells; every row has as many as there are columns
     * @param whenEmpty the sentence in the place of a table without rows
     */
    record Table(String caption, List<String> columns, List<List<Inline>> rows, String whenEmpty) implements Block {

        /** Copies and checks the cells. */
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<Inline> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException("row of table '" + caption + "' has the wrong length ("
                            + row.size() + ") — " + columns.size() + " cells, one for each column");
                }
            }
        }
    }

    /**
     * A picture.
     *
     * @param description the sentence that stands for the picture in Markdown and for screen readers
     * @param picture the picture
     */
    record Figure(String description, Svg picture) implements Block {}

    /**
     * Blocks side by side, as many in a row as the width has room for.
     *
     * @param blocks the blocks in order
     */
    record Columns(List<Block> blocks) implements Block {

        /** Copies the blocks. */
        public Columns {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * A titled part of the page.
     *
     * @param title its title
     * @param badge a word at its title, such as a state; empty for none
     * @param tone its color
     * @param blocks its content
     */
    record Section(String title, String badge, Tone tone, List<Block> blocks) implements Block {

        /** Copies the content. */
        public Section {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * A choice of the sections that follow it on the page by their tone, without a script; nothing in Markdown and JSON.
     *
     * @param labels the choices in order, such as "breached 2"; the first choice, which shows all, comes by itself
     */
    record Filter(Map<Tone, String> labels) implements Block {

        /** Copies the choices. */
        public Filter {
            labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        }
    }

    /**
     * Returns labelled values, side by side.
     *
     * @param values plain texts by label, in the map's order
     * @return the values
     */
    static Block facts(Map<String, String> values) {
        return new Facts(values.entrySet().stream()
                .map(entry -> new Fact(entry.getKey(), Inline.text(entry.getValue())))
                .toList());
    }

    /** The color that a section or a badge takes from its meaning. */
    enum Tone {
        /** No judgement. */
        NEUTRAL,
        /** Passed, met. */
        GOOD,
        /** Undecided. */
        WARNING,
        /** Failed, breached. */
        BAD;

        String cssClass() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
