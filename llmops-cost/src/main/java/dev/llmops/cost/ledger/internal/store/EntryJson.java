package dev.llmops.cost.ledger.internal.store;

import dev.llmops.core.record.CostComponent;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.core.record.UsageOrigin;
import dev.llmops.cost.ledger.entry.LedgerEntry;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON form of an entry, one for the journal, the export and the database's components. Absent parts are left out,
 * amounts are decimal strings, unknown properties are skipped, so that a newer journal can be read by an older version.
 */
public final class EntryJson {

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private static final Map<String, EntryColumn<?>> COLUMNS =
            EntryColumn.STORED.stream().collect(Collectors.toUnmodifiableMap(EntryColumn::name, column -> column));

    private static final String ORIGIN = "origin";
    private static final List<UsageKind> TOTALS = List.of(UsageKind.INPUT_TOKENS, UsageKind.OUTPUT_TOKENS);
    private static final List<UsageKind> PARTS =
            List.of(UsageKind.CACHE_READ_TOKENS, UsageKind.CACHE_WRITE_TOKENS, UsageKind.OUTPUT_REASONING_TOKENS);

    private EntryJson() {}

    public static JsonGenerator generator(Writer out) {
        return JSON.createGenerator(ObjectWriteContext.empty(), out);
    }

    public static void write(LedgerEntry entry, OutputStream out) {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            write(entry, json);
        }
    }

    public static void write(LedgerEntry entry, JsonGenerator json) {
        json.writeStartObject();
        EntryColumn.STORED.forEach(column -> column.write(entry, json));
        json.writeEndObject();
    }

    public static LedgerEntry read(byte[] utf8) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), utf8)) {
            json.nextToken();
            EntryValues values = new EntryValues();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                @Nullable EntryColumn<?> column = COLUMNS.get(name);
                if (column == null) {
                    json.skipChildren();
                } else {
                    values.read(column, json);
                }
            }
            return values.entry();
        }
    }

    public static String text(Consumer<JsonGenerator> content) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = generator(out)) {
            content.accept(json);
        }
        return out.toString();
    }

    static <T> T parsed(String text, Function<JsonParser, T> reader) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            return reader.apply(json);
        }
    }

    /** Returns a property as it stands in an object of texts, and nowhere else, since quotes in texts are escaped. */
    public static String property(String name, String value) {
        String object = text(json -> writeTexts(Map.of(name, value), json));
        return object.substring(1, object.length() - 1);
    }

    /** An object of texts; null is one without any. */
    public static Map<String, String> texts(@Nullable String object) {
        return object == null ? Map.of() : parsed(object, EntryJson::readTexts);
    }

    static void writeTexts(Map<String, String> texts, JsonGenerator json) {
        json.writeStartObject();
        texts.forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    /** The parser stands at the start of an object of texts. */
    static Map<String, String> readTexts(JsonParser json) {
        Map<String, String> texts = new HashMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            texts.put(name, json.getString());
        }
        return texts;
    }

    static void writeUsage(TokenUsage usage, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty(ORIGIN, usage.origin().name());
        for (UsageKind total : TOTALS) {
            if (usage.count(total) >= 0) {
                json.writeNumberProperty(total.key(), usage.count(total));
            }
        }
        for (UsageKind part : PARTS) {
            if (usage.count(part) > 0) {
                json.writeNumberProperty(part.key(), usage.count(part));
            }
        }
        usage.details().forEach((kind, count) -> json.writeNumberProperty(kind.key(), count));
        json.writeEndObject();
    }

    /** The parser stands at the start of the object. */
    static TokenUsage readUsage(JsonParser json) {
        UsageOrigin origin = UsageOrigin.UNKNOWN;
        Map<UsageKind, Long> counts = new TreeMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            if (name.equals(ORIGIN)) {
                origin = UsageOrigin.valueOf(json.getString());
            } else {
                counts.put(UsageKind.named(name), json.getLongValue());
            }
        }
        return usage(origin, counts);
    }

    private static TokenUsage usage(UsageOrigin origin, Map<UsageKind, Long> counts) {
        OptionalLong input = known(counts.remove(UsageKind.INPUT_TOKENS));
        OptionalLong output = known(counts.remove(UsageKind.OUTPUT_TOKENS));
        TokenUsage usage =
                switch (origin) {
                    case UNKNOWN -> TokenUsage.unknown();
                    case ESTIMATED -> TokenUsage.estimated(input, output);
                    case REPORTED -> TokenUsage.inclusive(input.orElse(-1), output.orElse(-1));
                };
        for (Map.Entry<UsageKind, Long> part : counts.entrySet()) {
            usage = usage.with(part.getKey(), part.getValue());
        }
        return usage;
    }

    private static OptionalLong known(@Nullable Long count) {
        return count == null ? OptionalLong.empty() : OptionalLong.of(count);
    }

    static void writeComponents(List<CostComponent> components, JsonGenerator json) {
        json.writeStartArray();
        for (CostComponent component : components) {
            json.writeStartObject();
            json.writeStringProperty("bucket", component.bucket());
            number(json, "quantity", component.quantity());
            number(json, "price", component.price());
            number(json, "per", component.per());
            number(json, "amount", component.amount());
            if (component.priceId() != null) {
                json.writeStringProperty("price_id", component.priceId());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, String name, BigDecimal value) {
        json.writeStringProperty(name, value.toPlainString());
    }

    /** The parser stands at the start of the array. */
    static List<CostComponent> readComponents(JsonParser json) {
        List<CostComponent> components = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            Map<String, String> values = readTexts(json);
            components.add(new CostComponent(
                    need(values, "bucket"),
                    number(values, "quantity"),
                    number(values, "price"),
                    number(values, "per"),
                    number(values, "amount"),
                    values.get("price_id")));
        }
        return components;
    }

    private static BigDecimal number(Map<String, String> values, String name) {
        return new BigDecimal(need(values, name));
    }

    private static String need(Map<String, String> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }
}
