package dev.llmops.logging;

import dev.llmops.core.privacy.SafeText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes fields as JSON. */
final class JsonFieldWriter implements FieldWriter {

    private final JsonGenerator json;
    private final boolean isOurs;

    /**
     * Creates a writer.
     *
     * @param isOurs whether the generator escapes what could trick a reader; what others would pass on is replaced
     */
    JsonFieldWriter(JsonGenerator json, boolean isOurs) {
        this.json = json;
        this.isOurs = isOurs;
    }

    @Override
    public void text(Field field, @Nullable String value) {
        if (value != null) {
            json.writeName(field.json);
            writeText(value);
        }
    }

    private void writeText(String text) {
        json.writeString(isOurs ? SafeText.wellFormed(text) : SafeText.sanitized(text));
    }

    @Override
    public void word(Field field, @Nullable String value) {
        if (value != null) {
            json.writeName(field.json);
            json.writeString(value);
        }
    }

    @Override
    public void texts(Field field, List<String> values) {
        if (values.isEmpty()) {
            return;
        }
        json.writeName(field.json);
        json.writeStartArray();
        for (int i = 0; i < values.size(); i++) {
            writeText(values.get(i));
        }
        json.writeEndArray();
    }

    @Override
    public void number(Field field, long value) {
        json.writeName(field.json);
        json.writeNumber(value);
    }

    @Override
    public void number(Field field, double value) {
        json.writeName(field.json);
        JsonText.writeDouble(json, value);
    }

    @Override
    public void flag(Field field, boolean value) {
        json.writeName(field.json);
        json.writeBoolean(value);
    }

    @Override
    public void value(Field field, @Nullable Object value) {
        if (value != null) {
            json.writeName(field.json);
            JsonText.write(json, isOurs ? value : JsonMap.harmless(value));
        }
    }

    @Override
    public void begin(Field object) {
        json.writeName(object.json);
        json.writeStartObject();
    }

    @Override
    public void end() {
        json.writeEndObject();
    }
}
