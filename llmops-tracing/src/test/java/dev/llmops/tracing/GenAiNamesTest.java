package dev.llmops.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.Phase;
import dev.llmops.core.RunningTool;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Holds every standard attribute that spans carry against the conventions themselves, row by row. */
class GenAiNamesTest {

    private static Traced withEverything(SpanProfile profile, Consumer<LlmCall> application) {
        Traced traced = new Traced(
                spans -> spans.profile(profile),
                ops -> ops.contentPolicy(ContentPolicy.builder()
                        .captureContent(true)
                        .showContent(true)
                        .showEventTexts(true)
                        .build()));
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
        application.accept(call);
        call.usage(usage()).input("in").output("out").responseModel("gpt-4o-2024-08-06");
        call.fail(new IllegalStateException());
        traced.llmops.evaluation("r-1", "faithfulness", 0.9, "pass", "because");
        traced.llmops.feedback("r-1", LlmEvent.Verdict.UP, "good");
        return traced;
    }

    private static TokenUsage usage() {
        TokenUsage usage =
                TokenUsage.inclusive(90, 90).cachedInput(30).cacheWrite(1).reasoning(1);
        for (String kind : new String[] {
            "INPUT_TEXT_TOKENS",
            "INPUT_AUDIO_TOKENS",
            "INPUT_IMAGE_TOKENS",
            "CACHE_TEXT_READ_TOKENS",
            "CACHE_AUDIO_READ_TOKENS",
            "CACHE_IMAGE_READ_TOKENS",
            "OUTPUT_TEXT_TOKENS",
            "OUTPUT_AUDIO_TOKENS",
            "OUTPUT_IMAGE_TOKENS"
        }) {
            usage = usage.with(UsageKind.named(kind.toLowerCase(Locale.ROOT)), 10);
        }
        return usage;
    }

    private static Stream<DynamicTest> rows(RowTest test) {
        return Conventions.all().stream()
                .flatMap(conventions -> conventions.inferenceSpan().get("attributes").properties().stream()
                        .map(row -> dynamicTest(
                                conventions.profile + " " + row.getKey(),
                                () -> test.of(
                                        conventions,
                                        row.getKey(),
                                        row.getValue().asString()))));
    }

    private interface RowTest {
        void of(Conventions conventions, String attribute, String requirement);
    }

    /** Gives an attribute in a type beside the conventions' own, as one does who does not look it up. */
    private static void give(LlmCall call, String attribute, String type) {
        switch (type) {
            case "int" -> call.attribute(attribute, 2.0);
            case "double" -> call.attribute(attribute, 2);
            case "boolean" -> call.attribute(attribute, true);
            default -> call.attribute(attribute, "given");
        }
    }

    @TestFactory
    Stream<DynamicTest> every_attribute_arrives_in_its_type_from_the_record_or_the_application() {
        return rows((conventions, attribute, requirement) -> {
            String type = conventions.types().get(attribute);
            String name = attribute.replace("<key>", "topic");
            SpanData span = withEverything(conventions.profile, call -> {}).callSpan();
            if (!span.getAttributes().toString().contains(name + "=")) {
                span = withEverything(conventions.profile, call -> give(call, name, type))
                        .callSpan();
            }
            Set<String> arrived = new TreeSet<>();
            span.getAttributes().forEach((key, value) -> arrived.add(key.getKey() + " " + Conventions.type(key)));
            String shown = type.equals("any") || type.startsWith("template") ? "string" : type;
            assertThat(arrived).contains(name + " " + shown);
        });
    }

    @TestFactory
    Stream<DynamicTest> every_registered_attribute_takes_its_type_whatever_the_application_gives() {
        return Conventions.all().stream()
                .flatMap(conventions -> conventions.types().entrySet().stream()
                        .filter(row -> Set.of("int", "double", "string[]").contains(row.getValue()))
                        .filter(row -> !Keys.isTaken(row.getKey()))
                        .map(row -> dynamicTest(conventions.profile + " " + row.getKey(), () -> {
                            Traced traced = new Traced(spans -> spans.profile(conventions.profile));
                            LlmCall call = traced.chat().start();
                            give(call, row.getKey(), row.getValue());
                            call.finish();
                            assertThat(Conventions.standardTypes(traced.callSpan()))
                                    .containsEntry(row.getKey(), row.getValue());
                        })));
    }

    @TestFactory
    Stream<DynamicTest> what_is_required_is_there_and_what_has_a_condition_only_when_it_holds() {
        return rows((conventions, attribute, requirement) -> {
            Traced traced = new Traced(spans -> spans.profile(conventions.profile));
            traced.chat().start().finish();
            boolean isThere = traced.callSpan().getAttributes().toString().contains(attribute + "=");
            boolean isNamed = attribute.equals("gen_ai.request.model");
            assertThat(isThere).isEqualTo(requirement.equals("required") || isNamed);
        });
    }

    @TestFactory
    Stream<DynamicTest> every_standard_attribute_of_a_call_span_belongs_to_the_profile() {
        return Conventions.all().stream()
                .map(conventions -> dynamicTest(conventions.profile.name(), () -> {
                    Traced traced = withEverything(conventions.profile, call -> {});
                    assertThat(conventions.inferenceSpan().get("attributes").propertyNames())
                            .containsAll(
                                    Conventions.standardTypes(traced.callSpan()).keySet());
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_standard_attribute_of_any_span_is_registered_in_its_type() {
        return Conventions.all().stream()
                .map(conventions -> dynamicTest(conventions.profile.name(), () -> {
                    Map<String, String> registered = conventions.types();
                    Traced traced = withEverything(conventions.profile, call -> {});
                    assertThat(traced.spans()).hasSize(5);
                    traced.spans()
                            .forEach(span -> Conventions.standardTypes(span).forEach((name, type) -> {
                                assertThat(registered).as(span.getName()).containsKey(name);
                                assertThat(registered.get(name)).as(name).isIn(type, "any");
                            }));
                }));
    }

    @TestFactory
    Stream<DynamicTest> samplers_see_what_is_relevant_to_them_from_the_start() {
        return Conventions.all().stream()
                .map(conventions -> dynamicTest(conventions.profile.name(), () -> {
                    SeenAtStart seen = new SeenAtStart();
                    Traced traced = new Traced(seen, spans -> spans.profile(conventions.profile), ops -> ops);
                    traced.chat().serverAddress("api.openai.com:443").start().fail(new IllegalStateException());
                    Set<String> relevant = Conventions.samplingRelevant();
                    assertThat(relevant).isNotEmpty();
                    assertThat(seen.names()).containsAll(relevant);
                }));
    }

    @TestFactory
    Stream<DynamicTest> kind_and_name_of_a_call_span_are_the_conventions() {
        return Conventions.all().stream()
                .map(conventions -> dynamicTest(conventions.profile.name(), () -> {
                    JsonNode span = conventions.inferenceSpan();
                    SpanData ours =
                            withEverything(conventions.profile, call -> {}).callSpan();
                    assertThat(ours.getKind().name().toLowerCase(Locale.ROOT))
                            .isEqualTo(span.get("kind").asString());
                    assertThat(ours.getName())
                            .isEqualTo(span.get("name")
                                    .asString()
                                    .replace("{gen_ai.operation.name}", "chat")
                                    .replace("{gen_ai.request.model}", "gpt-4o"));
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_kind_of_span_has_the_conventions_kind_name_and_required_attributes() {
        return Conventions.all().stream()
                .flatMap(conventions -> conventions.spanTypes().stream()
                        .map(type -> dynamicTest(
                                conventions.profile + " " + type.id(),
                                () -> assertIsOfType(conventions.profile, type))));
    }

    private static void assertIsOfType(SpanProfile profile, Conventions.SpanType type) {
        String subject = type.name().contains(" ") ? "x" : "";
        Traced traced = new Traced(spans -> spans.profile(profile));
        LlmCallBuilder builder = traced.llmops.call(new Operation(type.operation()), "acme", subject);
        if (type.kind().equals("client")) {
            builder.serverAddress("acme.example:8443");
        }
        LlmCall call = builder.start();
        if (type.operation().equals("fetch_response")) {
            call.attribute("gen_ai.response.id", "response-1"); // only the application knows it
        }
        call.finish();
        SpanData span = traced.spans().get(0);
        assertThat(span.getKind().name()).isEqualToIgnoringCase(type.kind());
        assertThat(span.getName())
                .isEqualTo(type.name()
                        .replace("{gen_ai.operation.name}", type.operation())
                        .replaceAll("\\{.*}", subject));
        Set<String> standard = Conventions.standardTypes(span).keySet();
        assertThat(standard).containsAll(type.required());
        Set<String> foreign = new TreeSet<>(standard);
        foreign.removeAll(type.requirements().keySet());
        // Who provides it is told of every call, also where a kind of span has no provider of its own.
        assertThat(foreign).isSubsetOf("gen_ai.provider.name");
    }

    @TestFactory
    Stream<DynamicTest> the_event_of_an_evaluation_has_the_conventions_attributes() {
        return Conventions.all().stream()
                .map(conventions -> dynamicTest(conventions.profile.name(), () -> {
                    Traced traced = new Traced(
                            spans -> spans.profile(conventions.profile).laterEvents(CallSpans.LaterEvents.LOG_EVENT),
                            ops -> ops.contentPolicy(
                                    ContentPolicy.builder().showEventTexts(true).build()));
                    traced.chat().requestId("r-1").start().finish();
                    traced.llmops.evaluation("r-1", "faithfulness", 0.9, "pass", "because");
                    Set<String> told = new TreeSet<>();
                    traced.logs
                            .getFinishedLogRecordItems()
                            .get(0)
                            .getAttributes()
                            .forEach((key, value) -> told.add(key.getKey()));
                    Map<String, String> attributes = conventions.evaluationEvent();
                    assertThat(attributes).containsEntry("gen_ai.evaluation.name", "required");
                    // The response's id stands in where the span is not known, and nothing has failed.
                    Set<String> expected = new TreeSet<>(attributes.keySet());
                    expected.removeAll(Set.of("gen_ai.response.id", "error.type"));
                    assertThat(told).containsAll(expected);
                }));
    }
}
