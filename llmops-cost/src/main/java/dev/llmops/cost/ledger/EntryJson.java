package dev.llmops.cost.ledger;

import dev.llmops.core.Cost;
import dev.llmops.core.CostComponent;
import dev.llmops.core.CostState;
import dev.llmops.core.TokenUsage;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
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
final class EntryJson {

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private EntryJson() {}

    static JsonGenerator generator(Writer out) {
        return JSON.createGenerator(ObjectWriteContext.empty(), out);
    }

    static void write(LedgerEntry entry, OutputStream out) {
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            write(entry, json);
        }
    }

    static void write(LedgerEntry entry, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("entry_id", entry.entryId());
        json.writeStringProperty("kind", entry.kind().name());
        json.writeStringProperty("call_id", entry.callId());
        json.writeStringProperty("started_at", entry.startedAt().toString());
        json.writeStringProperty("recorded_at", entry.recordedAt().toString());
        text(json, "tenant", entry.tenant());
        text(json, "user", entry.user());
        text(json, "feature", entry.feature());
        text(json, "provider", entry.provider());
        text(json, "model", entry.model());
        text(json, "response_model", entry.responseModel());
        text(json, "version_set", entry.versionSet());
        text(json, "operation", entry.operation());
        text(json, "outcome", entry.outcome());
        text(json, "service_tier", entry.serviceTier());
        text(json, "region", entry.region());
        if (!entry.attributes().isEmpty()) {
            json.writeName("attributes");
            writeAttributes(entry.attributes(), json);
        }
        json.writeName("usage");
        UsageJson.write(entry.usage(), json);
        text(json, "state", entry.cost().state().name());
        amount(json, "amount", entry.cost().amountOrNull());
        text(json, "currency", entry.cost().currency());
        amount(json, "provider_reported", entry.cost().providerReportedOrNull());
        json.writeName("components");
        writeComponents(entry.cost().components(), json);
        text(json, "reason", entry.cost().reason());
        text(json, "price_book_version", entry.cost().priceBookVersion());
        json.writeEndObject();
    }

    static String components(List<CostComponent> components) {
        return text(json -> writeComponents(components, json));
    }

    static String attributes(Map<String, String> attributes) {
        return text(json -> writeAttributes(attributes, json));
    }

    static String usage(TokenUsage usage) {
        return text(json -> UsageJson.write(usage, json));
    }

    static String text(Consumer<JsonGenerator> content) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = generator(out)) {
            content.accept(json);
        }
        return out.toString();
    }

    private static void writeAttributes(Map<String, String> attributes, JsonGenerator json) {
        json.writeStartObject();
        attributes.forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    private static void writeComponents(List<CostComponent> components, JsonGenerator json) {
        json.writeStartArray();
        for (CostComponent component : components) {
            json.writeStartObject();
            text(json, "bucket", component.bucket());
            amount(json, "quantity", component.quantity());
            amount(json, "price", component.price());
            amount(json, "per", component.per());
            amount(json, "amount", component.amount());
            text(json, "price_id", component.priceId());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }

    private static void amount(JsonGenerator json, String name, @Nullable BigDecimal value) {
        if (value != null) {
            json.writeStringProperty(name, value.toPlainString());
        }
    }

    static LedgerEntry read(byte[] utf8) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), utf8)) {
            json.nextToken();
            List<CostComponent> components = List.of();
            TokenUsage usage = TokenUsage.unknown();
            Map<String, String> attributes = Map.of();
            Map<String, String> values = new HashMap<>(32);
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                JsonToken token = json.nextToken();
                if (name.equals("components")) {
                    components = readComponents(json);
                } else if (name.equals("attributes")) {
                    attributes = readTexts(json);
                } else if (name.equals("usage")) {
                    usage = UsageJson.read(json);
                } else if (token.isScalarValue()) {
                    values.put(name, json.getString());
                } else {
                    json.skipChildren();
                }
            }
            return entry(values, attributes, usage, components);
        }
    }

    private static LedgerEntry entry(
            Map<String, String> values,
            Map<String, String> attributes,
            TokenUsage usage,
            List<CostComponent> components) {
        return LedgerEntry.builder(
                        need(values, "call_id"),
                        Instant.parse(need(values, "started_at")),
                        need(values, "provider"),
                        need(values, "model"))
                .identity(need(values, "entry_id"), LedgerEntry.Kind.valueOf(need(values, "kind")))
                .recordedAt(Instant.parse(need(values, "recorded_at")))
                .tenant(values.get("tenant"))
                .user(values.get("user"))
                .feature(values.get("feature"))
                .responseModel(values.get("response_model"))
                .versionSet(need(values, "version_set"))
                .operation(need(values, "operation"))
                .outcome(need(values, "outcome"))
                .serviceTier(values.get("service_tier"))
                .region(values.get("region"))
                .attributes(attributes)
                .usage(usage)
                .cost(new Cost(
                        CostState.valueOf(need(values, "state")),
                        amount(values.get("amount")),
                        need(values, "currency"),
                        components,
                        amount(values.get("provider_reported")),
                        values.get("reason"),
                        values.get("price_book_version")))
                .build();
    }

    static List<CostComponent> readComponents(String text) {
        return parsed(text, EntryJson::readComponents);
    }

    static Map<String, String> readAttributes(String text) {
        return parsed(text, EntryJson::readTexts);
    }

    static TokenUsage readUsage(String text) {
        return parsed(text, UsageJson::read);
    }

    private static <T> T parsed(String text, Function<JsonParser, T> reader) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            json.nextToken();
            return reader.apply(json);
        }
    }

    private static List<CostComponent> readComponents(JsonParser json) {
        List<CostComponent> components = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            Map<String, String> values = readTexts(json);
            components.add(new CostComponent(
                    need(values, "bucket"),
                    new BigDecimal(need(values, "quantity")),
                    new BigDecimal(need(values, "price")),
                    new BigDecimal(need(values, "per")),
                    new BigDecimal(need(values, "amount")),
                    values.get("price_id")));
        }
        return components;
    }

    /** The parser stands at the start of an object of texts. */
    private static Map<String, String> readTexts(JsonParser json) {
        Map<String, String> texts = new HashMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            texts.put(name, json.getString());
        }
        return texts;
    }

    private static String need(Map<String, String> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    private static @Nullable BigDecimal amount(@Nullable String value) {
        return value == null ? null : new BigDecimal(value);
    }
}
