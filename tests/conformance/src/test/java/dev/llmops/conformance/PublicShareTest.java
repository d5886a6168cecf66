package dev.llmops.conformance;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps the share of public types from growing; see docs/decisions/house.md#the-share-of-public-types-is-a-ceiling. */
class PublicShareTest {

    private static final String ALL = "all modules";

    /** The greatest share of public ones among a module's top-level types, in per cent; internal packages are not public. */
    private static final Map<String, Integer> CEILINGS = Map.ofEntries(
            entry(ALL, 35),
            entry("integrations/llmops-anthropic", 6),
            entry("integrations/llmops-aspect", 34),
            entry("integrations/llmops-kafka", 25),
            entry("integrations/llmops-kafka-streams", 9),
            entry("integrations/llmops-langchain4j", 13),
            entry("integrations/llmops-openai", 5),
            entry("integrations/llmops-reactor", 17),
            entry("integrations/llmops-spring-ai", 34),
            entry("integrations/llmops-spring-boot-autoconfigure", 20),
            entry("llmops-cli", 6),
            entry("llmops-core", 59),
            entry("llmops-cost", 43),
            entry("llmops-logging", 26),
            entry("llmops-metrics", 17),
            entry("llmops-quality", 69),
            entry("llmops-redaction", 14),
            entry("llmops-release", 40),
            entry("llmops-report", 25),
            entry("llmops-slo", 35),
            entry("llmops-test", 67),
            entry("llmops-tracing", 24));

    private static final Pattern MODULE = Pattern.compile("((?:integrations/)?llmops-[^/]+)/src/main/java/.*");
    private static final Pattern PUBLIC_TYPE = Pattern.compile("^public ", Pattern.MULTILINE);

    /** The top-level types of a module, and those of them that are public and not internal. */
    private record Share(int types, int publicTypes) {

        Share plus(Share other) {
            return new Share(types + other.types, publicTypes + other.publicTypes);
        }

        double percent() {
            return 100.0 * publicTypes / types;
        }
    }

    @Test
    void no_module_shows_more_of_itself_than_agreed() throws IOException {
        List<String> problems = new ArrayList<>();
        shares().forEach((module, share) -> {
            int ceiling = CEILINGS.getOrDefault(module, 0);
            if (share.percent() > ceiling) {
                problems.add(String.format(
                        "%s has %d public ones of %d types (%.1f %%) — at most %d %% are allowed — make types package-private"
                                + " or put them into an internal package; raise the ceiling only for types that users name",
                        module, share.publicTypes(), share.types(), share.percent(), ceiling));
            }
        });
        assertThat(problems).isEmpty();
    }

    @Test
    void every_ceiling_belongs_to_a_module() throws IOException {
        assertThat(shares().keySet()).containsExactlyInAnyOrderElementsOf(CEILINGS.keySet());
    }

    private static Map<String, Share> shares() throws IOException {
        Map<String, Share> shares = new TreeMap<>();
        for (Path file : SourceTree.mainSources()) {
            String path = SourceTree.PROJECT.relativize(file).toString().replace('\\', '/');
            Matcher module = MODULE.matcher(path);
            if (module.matches() && !path.endsWith("-info.java")) {
                Share type = new Share(1, !path.contains("/internal/") && isPublic(file) ? 1 : 0);
                shares.merge(module.group(1), type, Share::plus);
                shares.merge(ALL, type, Share::plus);
            }
        }
        return shares;
    }

    private static boolean isPublic(Path file) {
        try {
            return PUBLIC_TYPE.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
