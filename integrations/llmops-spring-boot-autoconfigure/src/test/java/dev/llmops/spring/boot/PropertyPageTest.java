package dev.llmops.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the metadata of properties complete, and docs/properties.md to it. {@code -Dllmops.renew=true} renews the page. */
class PropertyPageTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "properties.md");

    private static final String HEAD = """
            # Properties of the Spring Boot starter

            Generated from the metadata that also completes these names in an editor. Times are written `10s`, `5m`, `24h`;
            sizes `240KB`, `1GB`. How they work together is in the [guide](spring-boot.md).
            """;

    private static List<JsonNode> properties() throws IOException {
        try (InputStream metadata = Objects.requireNonNull(
                PropertyPageTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            JsonNode all = JsonMapper.shared().readTree(metadata).get("properties");
            return all.valueStream().toList();
        }
    }

    @Test
    void every_property_has_a_description_and_a_default_or_says_that_it_has_none() throws IOException {
        assertThat(properties()).hasSizeGreaterThan(80).allSatisfy(property -> {
            String description = property.path("description").asString("");
            assertThat(description)
                    .as(name(property))
                    .matches("(?s)\\p{Lu}.*\\.")
                    .doesNotContain("{@");
            assertThat(property.has("defaultValue") || description.contains("by default"))
                    .as("default of " + name(property))
                    .isTrue();
        });
    }

    @Test
    void every_hint_is_about_a_property() throws IOException {
        List<String> names = properties().stream().map(PropertyPageTest::name).toList();
        try (InputStream metadata = Objects.requireNonNull(
                PropertyPageTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            JsonNode hints = JsonMapper.shared().readTree(metadata).get("hints");
            assertThat(hints.valueStream().map(hint -> name(hint).replaceFirst("\\.(keys|values)$", "")))
                    .isNotEmpty()
                    .allMatch(names::contains);
        }
    }

    @Test
    void the_page_lists_every_property() throws IOException {
        String page = page();
        if (Boolean.getBoolean("llmops.renew")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .content()
                .as("docs/properties.md; -Dllmops.renew=true renews it")
                .isEqualTo(page);
    }

    private static String page() throws IOException {
        TreeMap<String, StringBuilder> areas = new TreeMap<>();
        for (JsonNode property : properties().stream()
                .sorted((a, b) -> name(a).compareTo(name(b)))
                .toList()) {
            areas.computeIfAbsent(area(name(property)), area -> new StringBuilder(head(area)))
                    .append(row(property));
        }
        return HEAD
                + String.join(
                        "", areas.values().stream().map(StringBuilder::toString).toList());
    }

    private static String area(String name) {
        List<String> words = Stream.of(name.split("\\.")).toList();
        if (words.get(0).equals("management")) {
            return "management.endpoint.llmops";
        }
        return words.size() == 2 ? "llmops" : "llmops." + words.get(1);
    }

    private static String head(String area) {
        return "\n## " + area + "\n\n| property | default | meaning |\n|---|---|---|\n";
    }

    private static String row(JsonNode property) {
        JsonNode value = property.path("defaultValue");
        String text = value.isMissingNode() ? "" : "`" + value.asString() + "`";
        return "| `" + name(property) + "` | " + text + " | "
                + property.path("description").asString().replaceAll("\\s+", " ") + " |\n";
    }

    private static String name(JsonNode node) {
        return node.get("name").asString();
    }
}
