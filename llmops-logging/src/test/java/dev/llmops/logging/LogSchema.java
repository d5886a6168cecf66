package dev.llmops.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The published schema, and a validator that nobody here wrote. */
final class LogSchema {

    private static final Validator VALIDATOR = new ValidatorFactory().createValidator();
    private static final URI SCHEMA = VALIDATOR.registerSchema(text());

    private LogSchema() {}

    static String text() {
        try (InputStream schema = CallLog.class.getClassLoader().getResourceAsStream(CallLog.SCHEMA_RESOURCE)) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isValid(String json) {
        return VALIDATOR.validate(SCHEMA, json).isValid();
    }

    static void assertValid(String json) {
        var result = VALIDATOR.validate(SCHEMA, json);
        assertThat(result.isValid())
                .as(() -> json + "\n"
                        + result.getErrors().stream()
                                .map(error -> error.getInstanceLocation() + ": " + error.getError())
                                .toList())
                .isTrue();
    }
}
