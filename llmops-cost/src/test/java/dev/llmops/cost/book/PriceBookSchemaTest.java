package dev.llmops.cost.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.internal.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PriceBookSchemaTest {

    private static final String BOOK = """
            {"format": "llmops-price-book/1", "published": "2026-08-20",
             "models": [{"provider": "p", "model": "m", "prices": [{"rates": {"input_tokens": 1}}]}]}""";

    @Test
    void the_bundled_book_meets_the_schema() throws IOException {
        Validator.Result result =
                validate(Json.yaml(resource("bundled-prices.yml")).toString());

        assertThat(result.getErrors()).isEmpty();
        assertThat(result.isValid()).isTrue();
    }

    @Test
    void the_schema_knows_every_kind_of_usage() throws IOException {
        JsonNode rates = Json.json(resource("price-book.schema.json")).at("/$defs/rates/properties");

        assertThat(rates.propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        UsageKind.values().stream().map(UsageKind::key).toList());
    }

    @Test
    void a_small_book_meets_it() throws IOException {
        assertThat(validate(BOOK).isValid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"input_tokens\": 1 -> \"input_tokens\": -1",
                "\"input_tokens\": 1 -> \"input_tokenz\": 1",
                "\"2026-08-20\" -> \"yesterday\"",
                "\"model\": \"m\" -> \"modle\": \"m\"",
                "{\"rates\" -> {\"when\": {\"hours\": \"always\"}, \"rates\"",
            })
    void what_the_reader_refuses_the_schema_refuses_too(String change) throws IOException {
        String[] parts = change.split(" -> ");
        String broken = BOOK.replace(parts[0], parts[1]);

        assertThat(broken).isNotEqualTo(BOOK);
        assertThat(validate(broken).isValid()).isFalse();
        assertThat(PriceBookFile.parse(broken).problems()).isNotEmpty();
    }

    private static Validator.Result validate(String json) throws IOException {
        return new ValidatorFactory().validate(resource("price-book.schema.json"), json);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = PriceBook.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
