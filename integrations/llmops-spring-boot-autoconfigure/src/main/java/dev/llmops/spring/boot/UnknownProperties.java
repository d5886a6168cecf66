package dev.llmops.spring.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Finds misspelt properties: those that begin with {@code llmops.} and are in no metadata on the class path. Spring Boot
 * ignores them, and a limit of a wrong name would limit nothing. The environment and the system's properties are not
 * searched, since others than Spring read them too.
 *
 * <p>See docs/decisions/integrations.md#a-property-of-a-wrong-name-is-a-warning.
 */
final class UnknownProperties {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("llmops");
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final Set<String> OF_OTHERS_TOO = Set.of(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
    private static final int MAX_TYPOS = 4;

    private final List<ConfigurationPropertyName> known;

    private UnknownProperties(List<ConfigurationPropertyName> known) {
        this.known = known;
    }

    /** Returns a sentence for each unknown property; none where the names of the known ones are not on the class path. */
    static List<String> of(Environment environment, ClassLoader loader) {
        UnknownProperties unknown = new UnknownProperties(known(loader));
        List<String> sentences = new ArrayList<>();
        if (!unknown.known.isEmpty()) {
            for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
                if (source instanceof IterableConfigurationPropertySource names && isOfSpringAlone(source)) {
                    names.stream()
                            .filter(PREFIX::isAncestorOf)
                            .filter(name -> !unknown.isKnown(name))
                            .forEach(name -> sentences.add(unknown.sentence(name, source)));
                }
            }
        }
        return sentences;
    }

    private static boolean isOfSpringAlone(ConfigurationPropertySource source) {
        return !(source.getUnderlyingSource() instanceof PropertySource<?> underlying
                && OF_OTHERS_TOO.contains(underlying.getName()));
    }

    private boolean isKnown(ConfigurationPropertyName name) {
        return known.stream().anyMatch(each -> each.equals(name) || each.isAncestorOf(name));
    }

    private String sentence(ConfigurationPropertyName name, ConfigurationPropertySource source) {
        Origin origin = Origin.from(source.getConfigurationProperty(name));
        String remedy = known.stream()
                .map(ConfigurationPropertyName::toString)
                .min(Comparator.comparingInt(each -> typos(each, name.toString())))
                .filter(nearest -> typos(nearest, name.toString()) <= MAX_TYPOS)
                .map(nearest -> "write '" + nearest + "'")
                .orElse("remove it");
        return "llmops does not know '" + name + "'" + (origin == null ? "" : " (from " + origin + ")")
                + ", which has no effect — those of docs/properties.md are allowed — " + remedy;
    }

    /** Returns how many characters to insert, remove or replace: Levenshtein's distance. */
    private static int typos(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }

    /** Returns the names that the metadata on the class path has, also an application's own. */
    private static List<ConfigurationPropertyName> known(ClassLoader loader) {
        try {
            List<ConfigurationPropertyName> names = new ArrayList<>();
            for (URL file : Collections.list(loader.getResources(METADATA))) {
                String text = read(file);
                if (text.contains("\"llmops.")) {
                    names.addAll(names(text));
                }
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(URL file) throws IOException {
        try (InputStream bytes = file.openStream()) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<ConfigurationPropertyName> names(String metadata) {
        Object properties = JsonParserFactory.getJsonParser().parseMap(metadata).get("properties");
        return properties instanceof List<?> list
                ? list.stream()
                        .map(property -> String.valueOf(((Map<?, ?>) property).get("name")))
                        .filter(name -> name.startsWith("llmops."))
                        .map(ConfigurationPropertyName::of)
                        .toList()
                : List.of();
    }
}
