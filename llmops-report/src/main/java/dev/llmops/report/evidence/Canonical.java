package dev.llmops.report.evidence;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes JSON that is equal to the byte on every Java release: keys in order, and doubles rounded to ten significant digits,
 * because neither {@code Double.toString} nor the last bit of a logarithm is the same everywhere.
 */
final class Canonical {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private static final MathContext DIGITS = new MathContext(10);
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
    /** Identifiers and times that a machine wrote; of fields that people may fill, nothing looks so. */
    private static final Map<String, Pattern> KEPT = Map.of(
            "schema", Pattern.compile("llmops\\.[a-z-]+/\\d+"),
            "timestamp", Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z"),
            "at", Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z"),
            "call_id", Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
            "trace_id", Pattern.compile("[0-9a-f]{32}"),
            "span_id", Pattern.compile("[0-9a-f]{16}"));

    private Canonical() {}

    /** Writes a document of several lines; every text in it goes through the redactor. */
    static byte[] document(Object value, UnaryOperator<String> redactor) {
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES);
        String text = MAPPER.writer().with(printer).writeValueAsString(normal("", MAPPER.valueToTree(value), redactor));
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a document that holds nothing of people. */
    static byte[] document(Object value) {
        return document(value, UnaryOperator.identity());
    }

    /** Writes one line for each value. */
    static byte[] lines(List<?> values, UnaryOperator<String> redactor) {
        StringBuilder lines = new StringBuilder();
        for (Object value : values) {
            JsonNode tree = value instanceof JsonNode node ? node : MAPPER.valueToTree(value);
            lines.append(MAPPER.writeValueAsString(normal("", tree, redactor))).append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable Object normal(String field, JsonNode node, UnaryOperator<String> redactor) {
        if (node.isObject()) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            node.properties()
                    .forEach(entry -> sorted.put(entry.getKey(), normal(entry.getKey(), entry.getValue(), redactor)));
            return sorted;
        }
        if (node.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            node.values().forEach(item -> list.add(normal(field, item, redactor)));
            return list;
        }
        if (node.isIntegralNumber()) {
            return node.bigIntegerValue();
        }
        if (node.isNumber()) {
            return number(node);
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() || node.isMissingNode() ? null : text(field, node.asString(), redactor);
    }

    private static Object number(JsonNode node) {
        double value = node.doubleValue();
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        return rounded.scale() <= 0 && rounded.precision() - rounded.scale() <= 18
                ? rounded.toBigIntegerExact()
                : rounded;
    }

    /** Identifiers that a machine made are what ties the files together. */
    private static String text(String field, String text, UnaryOperator<String> redactor) {
        Pattern kept = KEPT.get(field);
        return kept != null && kept.matcher(text).matches() ? text : redactor.apply(text);
    }
}
