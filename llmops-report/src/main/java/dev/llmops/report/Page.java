package dev.llmops.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A report page, written once and rendered as HTML or as Markdown. The HTML is one file: no script, no external asset,
 * light and dark by the reader's preference. All text is escaped. Immutable.
 *
 * <pre>{@code
 * Page page = Page.titled("Load test")
 *         .add(Block.paragraph("400 requests"))
 *         .build();
 * Files.writeString(file, page.toHtml());
 * }</pre>
 *
 * @since 0.1.0
 */
public final class Page {

    private final String title;
    private final Map<String, String> properties;
    private final List<Block> blocks;

    private Page(Builder builder) {
        title = builder.title;
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(builder.properties));
        blocks = List.copyOf(builder.blocks);
    }

    /**
     * Creates a builder of a page.
     *
     * @param title the title, shown as the first heading
     * @return a builder
     */
    public static Builder titled(String title) {
        return new Builder(title);
    }

    /**
     * Returns the title.
     *
     * @return the title
     */
    public String title() {
        return title;
    }

    /**
     * Returns values that programs read from the page, such as the verdict; HTML keeps them as {@code meta} elements.
     *
     * @return an unmodifiable map, in the order set
     */
    public Map<String, String> properties() {
        return properties;
    }

    /**
     * Returns the content.
     *
     * @return an unmodifiable list
     */
    public List<Block> blocks() {
        return blocks;
    }

    /**
     * Renders the page as one self-contained HTML file.
     *
     * @return the document
     */
    public String toHtml() {
        return new HtmlWriter().write(this);
    }

    /**
     * Renders the page as GitHub-flavored Markdown; a figure becomes its description.
     *
     * @return the document
     */
    public String toMarkdown() {
        return new MarkdownWriter().write(this);
    }

    /**
     * Renders the page as JSON, for programs.
     *
     * @return the document on one line
     */
    public String toJson() {
        return JsonWriter.write(this);
    }

    /** Collects a page. Not safe for use by many threads. */
    public static final class Builder {

        private final String title;
        private final Map<String, String> properties = new LinkedHashMap<>();
        private final List<Block> blocks = new ArrayList<>();

        private Builder(String title) {
            this.title = title;
        }

        /**
         * Sets a value for programs.
         *
         * @param name its name, such as {@code verdict}
         * @param value the value
         * @return this builder
         */
        public Builder property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        /**
         * Appends a block.
         *
         * @param block the block
         * @return this builder
         */
        public Builder add(Block block) {
            blocks.add(block);
            return this;
        }

        /**
         * Builds the page.
         *
         * @return the page
         */
        public Page build() {
            return new Page(this);
        }
    }
}
