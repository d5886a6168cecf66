package dev.llmops.cost.ledger.internal.store;

import dev.llmops.core.record.CostComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The components of a cost as a JSON array; amounts are decimal strings. */
final class ComponentsJson {

    private ComponentsJson() {}

    static void write(List<CostComponent> components, JsonGenerator json) {
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
    static List<CostComponent> read(JsonParser json) {
        List<CostComponent> components = new ArrayList<>();
        while (json.nextToken() == JsonToken.START_OBJECT) {
            Map<String, String> values = EntryJson.readTexts(json);
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
