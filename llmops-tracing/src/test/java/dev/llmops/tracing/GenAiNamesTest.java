package dev.llmops.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmEvent;
import dev.llmops.core.Phase;
import dev.llmops.core.RunningTool;
import dev.llmops.core.TokenUsage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Holds every standard attribute that spans carry against the conventions themselves. */
class GenAiNamesTest {

    private static final Path SEMCONV = Path.of(System.getProperty("llmops.cases", "absent"), "semconv");
    private static final Pattern REGISTERED = Pattern.compile("(?m)^\\s+- (?:id|key): (gen_ai\\.[\\w.]+)$");

    @BeforeEach
    void conventionsAreThere() {
        assumeTrue(Files.isDirectory(SEMCONV), "no cases at " + SEMCONV);
    }

    private static JsonNode inferenceSpan(SpanProfile profile) throws IOException {
        JsonNode names = new ObjectMapper().readTree(Files.readString(SEMCONV.resolve("genai-metric-names.json")));
        String wanted = profile.name().toLowerCase(Locale.ROOT);
        return names.valueStream()
                .filter(edition -> wanted.equals(edition.path("llmops_profile").asString("")))
                .findFirst()
                .orElseThrow()
                .get("inference_span");
    }

    private static Traced withEverything(SpanProfile profile) {
        Traced traced = new Traced(
                spans -> spans.profile(profile).content(true).eventText(text -> text), ops -> ops.captureContent(true));
        LlmCall call = traced.chat()
                .requestId("r-1")
                .conversationId("c-1")
                .user("u1")
                .serverAddress("api.openai.com:443")
                .streaming(true)
                .start();
        try (Phase retrieval = call.phase("retrieval");
                RunningTool tool = call.tool("search")) {
            traced.ticker.advanceMillis(1);
        }
        call.chunk(1);
        call.usage(TokenUsage.inclusive(9, 9).cachedInput(1).cacheWrite(1).reasoning(1));
        call.input("in").output("out").responseModel("gpt-4o-2024-08-06").fail(new IllegalStateException());
        traced.llmops.evaluation("r-1", "faithfulness", 0.9, "pass", "because");
        traced.llmops.feedback("r-1", LlmEvent.Verdict.UP, "good");
        return traced;
    }

    private static Map<String, String> genAiTypes(SpanData span) {
        Map<String, String> types = new TreeMap<>();
        span.getAttributes().forEach((key, value) -> {
            if (key.getKey().startsWith("gen_ai.")) {
                types.put(key.getKey(), typeName(key));
            }
        });
        return types;
    }

    private static String typeName(AttributeKey<?> key) {
        return switch (key.getType()) {
            case LONG -> "int";
            case STRING_ARRAY -> "string[]";
            default -> key.getType().name().toLowerCase(Locale.ROOT);
        };
    }

    @ParameterizedTest
    @EnumSource(SpanProfile.class)
    void every_standard_attribute_of_a_call_span_belongs_to_the_profile(SpanProfile profile) throws IOException {
        JsonNode span = inferenceSpan(profile);
        Set<String> known = Set.copyOf(span.get("attributes").propertyNames());
        assertThat(known)
                .containsAll(genAiTypes(withEverything(profile).callSpan()).keySet());
    }

    @ParameterizedTest
    @EnumSource(SpanProfile.class)
    void every_attribute_that_the_profile_requires_is_there(SpanProfile profile) throws IOException {
        Set<String> required = inferenceSpan(profile).get("attributes").properties().stream()
                .filter(attribute -> attribute.getValue().asString("").equals("required"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        SpanData span = withEverything(profile).callSpan();
        assertThat(required).isNotEmpty();
        assertThat(genAiTypes(span)).containsKeys(required.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(SpanProfile.class)
    void every_attribute_has_the_conventions_type(SpanProfile profile) throws IOException {
        // Only the newer edition's table lists types; shared names have the same type in both.
        JsonNode types = inferenceSpan(SpanProfile.GEN_AI_NEXT).get("types");
        genAiTypes(withEverything(profile).callSpan()).forEach((name, type) -> {
            String expected = types.path(name).asString("absent");
            if (!expected.equals("absent") && !expected.equals("any")) {
                assertThat(type).as(name).isEqualTo(expected);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(SpanProfile.class)
    void kind_and_name_are_the_conventions(SpanProfile profile) throws IOException {
        JsonNode span = inferenceSpan(profile);
        SpanData ours = withEverything(profile).callSpan();
        assertThat(ours.getKind().name().toLowerCase(Locale.ROOT))
                .isEqualTo(span.get("kind").asString());
        assertThat(ours.getName())
                .isEqualTo(span.get("name")
                        .asString()
                        .replace("{gen_ai.operation.name}", "chat")
                        .replace("{gen_ai.request.model}", "gpt-4o"));
    }

    @ParameterizedTest
    @CsvSource({"GEN_AI, core-1.41.0", "GEN_AI_NEXT, genai-main-2026-08-03"})
    void every_standard_attribute_of_any_span_is_registered(SpanProfile profile, String edition) throws IOException {
        String registry = Files.readString(SEMCONV.resolve(edition + "/model/gen-ai/registry.yaml"));
        Set<String> registered = new TreeSet<>();
        REGISTERED.matcher(registry).results().forEach(match -> registered.add(match.group(1)));
        // No registry as new as the newer profile's table is at hand, so the table adds to it.
        registered.addAll(inferenceSpan(profile).get("attributes").propertyNames());
        Traced traced = withEverything(profile);
        assertThat(traced.spans()).hasSize(5);
        traced.spans()
                .forEach(span -> assertThat(registered)
                        .as(span.getName())
                        .containsAll(genAiTypes(span).keySet()));
        assertThat(registry).contains("value: \"retrieval\"").contains("value: \"execute_tool\"");
    }
}
