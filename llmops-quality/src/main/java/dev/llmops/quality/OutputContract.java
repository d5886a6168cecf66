package dev.llmops.quality;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import tools.jackson.core.JacksonException;

/**
 * Contract for answers in JSON: a JSON Schema of draft 2020-12. Needs {@code com.networknt:json-schema-validator}.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class OutputContract {

    private final Schema schema;

    private OutputContract(Schema schema) {
        this.schema = schema;
    }

    /**
     * Failure of an answer to keep the contract.
     *
     * @param field the field as a JSON pointer; empty for the whole answer
     * @param rule the rule that is broken, such as {@code required} or {@code type}; {@code json} if the answer is no JSON
     */
    public record Failure(String field, String rule) {}

    /**
     * Creates a contract.
     *
     * @param jsonSchema the schema as JSON
     * @return the contract
     * @throws IllegalArgumentException if the schema is no JSON
     */
    public static OutputContract ofSchema(String jsonSchema) {
        try {
            return new OutputContract(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(jsonSchema));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "output contract must be a JSON Schema — pass the schema's text, not its path", e);
        }
    }

    /**
     * Checks an answer.
     *
     * @param answer the answer, without a fence of Markdown
     * @return the failures; empty if the answer keeps the contract
     */
    public List<Failure> check(String answer) {
        try {
            return schema.validate(answer, InputFormat.JSON).stream()
                    .map(error -> new Failure(field(error), error.getKeyword()))
                    .distinct()
                    .toList();
        } catch (JacksonException | IllegalArgumentException e) {
            return List.of(new Failure("", "json"));
        }
    }

    /** A missing property is the field that failed, not the object that lacks it. */
    private static String field(com.networknt.schema.Error error) {
        String location = error.getInstanceLocation().toString();
        String at = location.equals("$") ? "" : location;
        return error.getProperty() == null ? at : at + "/" + error.getProperty();
    }
}
