package dev.llmops.cost.internal;

import dev.llmops.core.io.TextFile;
import dev.llmops.core.record.Decimals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads JSON and YAML with every number as the decimal that was written. */
public final class Json {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /**
     * Reads JSON.
     *
     * @throws IllegalArgumentException if the text is no JSON, naming the place and nothing of the text, which may be a
     *     person's
     */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the text is not JSON" + place(e));
        }
    }

    /**
     * Reads YAML that people wrote as configuration.
     *
     * @throws IllegalArgumentException if the text is no YAML, quoting what is wrong
     */
    public static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (JacksonException e) {
            String oneLine = e.getOriginalMessage().replaceAll("\\s+", " ");
            throw new IllegalArgumentException(oneLine + place(e), e);
        }
    }

    public static String text(Path file) {
        try {
            return TextFile.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns where a text could not be read, or nothing where that is unknown. */
    public static String place(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    /**
     * A number, or text that is one.
     *
     * @return the decimal, or null if the node is absent or null
     * @throws IllegalArgumentException if it is something else, or beyond reason
     */
    public static @Nullable BigDecimal decimal(@Nullable JsonNode node) {
        if (node == null || node.isNull() || node.isMissingNode()) {
            return null;
        }
        BigDecimal value;
        try {
            value = node.isNumber()
                    ? node.decimalValue()
                    : Decimals.parse(node.asString().trim());
        } catch (NumberFormatException | JacksonException e) {
            throw new IllegalArgumentException("is " + abbreviated(node) + " — a number", e);
        }
        if (!Decimals.hasAtMost(Decimals.MAX_DIGITS, value)) {
            throw new IllegalArgumentException(
                    "is " + abbreviated(node) + " — at most " + Decimals.MAX_DIGITS + " digits");
        }
        return value;
    }

    /** Returns a node as text that fits into a message. */
    public static String abbreviated(JsonNode node) {
        String text = node.isMissingNode() ? "empty" : node.toString();
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    /**
     * A price: a number that is not negative.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static @Nullable BigDecimal price(@Nullable JsonNode node) {
        BigDecimal value = decimal(node);
        if (value != null && value.signum() < 0) {
            throw new IllegalArgumentException("is " + value.toPlainString() + " — 0 or more");
        }
        return value;
    }
}
