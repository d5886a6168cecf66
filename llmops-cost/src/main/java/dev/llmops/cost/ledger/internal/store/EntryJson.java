package dev.llmops.cost.ledger.internal.store;

import dev.llmops.cost.ledger.entry.LedgerEntry;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
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
}
