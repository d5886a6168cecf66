package dev.llmops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.instrument.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The profiles of OpenTelemetry's names hold what the conventions say, and invent nothing. */
class GenAiConventionsTest {

    private static final Path NAMES = Path.of(System.getProperty("llmops.cases"), "semconv", "genai-metric-names.json");

    static Stream<Arguments> instruments() {
        return Stream.of(Profile.GEN_AI, Profile.GEN_AI_NEXT)
                .flatMap(profile -> Arrays.stream(Instrument.values())
                        .filter(instrument -> instrument.profiles().contains(profile))
                        .map(instrument -> Arguments.of(profile, instrument)));
    }

    private static JsonNode metrics(Profile profile) {
        assumeTrue(Files.exists(NAMES), "no cases at " + NAMES);
        String name = profile.name().toLowerCase(Locale.ROOT);
        for (JsonNode conventions : JsonMapper.shared().readTree(NAMES.toFile())) {
            if (conventions.path("llmops_profile").asString("").equals(name)) {
                return conventions.get("metrics");
            }
        }
        throw new AssertionError("no conventions for " + name);
    }

    @ParameterizedTest
    @MethodSource("instruments")
    void name_kind_unit_and_buckets_are_those_of_the_conventions(Profile profile, Instrument instrument) {
        JsonNode metric = metrics(profile).path(instrument.meterName());
        assertThat(metric.isMissingNode()).as(instrument.meterName()).isFalse();
        assertThat(metric.get("instrument").asString())
                .isEqualTo(instrument.kind().name().toLowerCase(Locale.ROOT));
        assertThat(metric.get("unit").asString()).isEqualTo(instrument.unit());
        List<Double> buckets = new ArrayList<>();
        metric.get("buckets").forEach(edge -> buckets.add(edge.asDouble()));
        assertThat(instrument.buckets()).isEqualTo(buckets);
    }

    @ParameterizedTest
    @MethodSource("instruments")
    void labels_are_attributes_of_the_conventions_and_all_required_ones_are_there(
            Profile profile, Instrument instrument) {
        JsonNode attributes = metrics(profile).path(instrument.meterName()).get("attributes");
        List<String> known = new ArrayList<>();
        List<String> required = new ArrayList<>();
        attributes.properties().forEach(attribute -> {
            known.add(attribute.getKey());
            if (attribute.getValue().asString().equals("required")) {
                required.add(attribute.getKey());
            }
        });
        assertThat(known).containsAll(instrument.labels());
        assertThat(instrument.labels()).containsAll(required);
    }

    @Test
    void what_the_conventions_do_not_have_is_under_our_own_prefix() {
        assertThat(Instrument.values())
                .filteredOn(instrument -> instrument.profiles().contains(Profile.LLM))
                .extracting(Instrument::meterName)
                .allMatch(name -> name.startsWith("llm."));
    }
}
