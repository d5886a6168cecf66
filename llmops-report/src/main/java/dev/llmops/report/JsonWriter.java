package dev.llmops.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Renders a page as JSON: the same content in the same order, for programs. Pictures are their descriptions. */
final class JsonWriter {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JsonWriter() {}

    static String write(Page page) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("title", page.title());
        json.put("properties", page.properties());
        json.put("blocks", blocks(page.blocks()));
        return MAPPER.writeValueAsString(json);
    }

    private static List<Map<String, Object>> blocks(List<Block> blocks) {
        return blocks.stream()
                .filter(block -> !(block instanceof Block.Filter))
                .map(JsonWriter::block)
                .toList();
    }

    private static Map<String, Object> block(Block block) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (block instanceof Block.Paragraph paragraph) {
            json.put("text", String.join("", texts(paragraph.pieces())));
        } else if (block instanceof Block.Facts facts) {
            Map<String, String> values = new LinkedHashMap<>();
            facts.facts().forEach(fact -> values.put(fact.label(), fact.value().text()));
            json.put("facts", values);
        } else if (block instanceof Block.Table table) {
            json.put("table", table.caption());
            json.put("columns", table.columns());
            json.put("rows", table.rows().stream().map(JsonWriter::texts).toList());
        } else if (block instanceof Block.Figure figure) {
            json.put("figure", figure.description());
        } else if (block instanceof Block.Columns columns) {
            json.put("columns", columns.blocks().stream().map(JsonWriter::block).toList());
        } else if (block instanceof Block.Section section) {
            json.put("section", section.title());
            json.put("badge", section.badge());
            json.put("blocks", blocks(section.blocks()));
        }
        return json;
    }

    private static List<String> texts(List<Inline> pieces) {
        return pieces.stream().map(Inline::text).toList();
    }
}
