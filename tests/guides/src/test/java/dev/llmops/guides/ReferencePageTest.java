package dev.llmops.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.version.VersionSet;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.redaction.RedactionEnricher;
import dev.llmops.redaction.Redactor;
import dev.llmops.tracing.CallSpans;
import dev.llmops.tracing.SpanProfile;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes the reference of log fields and span attributes from the schema of the log and from real spans. */
class ReferencePageTest {

    private static final Path PAGE = Guides.PROJECT.resolve("docs/reference.md");
    private static final String SCHEMA = "/dev/llmops/logging/llmops-log-1.schema.json";

    @Test
    void the_page_lists_what_the_code_writes() throws IOException {
        String page = page();
        if (Boolean.getBoolean("llmops.reference.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/reference.md; renew it by running this test with -Dllmops.reference.write=true")
                .isEqualTo(page);
    }

    private static String page() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Reference

                Everything the library writes, by name. A test writes this page from the code. Metrics and their labels are on
                [the page of metrics](metrics.md#names), Spring Boot's properties on [the page of properties](properties.md).

                """);
        logFields(page);
        spanAttributes(page);
        return page.toString();
    }

    private static void logFields(StringBuilder page) throws IOException {
        JsonNode definitions;
        try (var schema = ReferencePageTest.class.getResourceAsStream(SCHEMA)) {
            definitions = JsonMapper.shared().readTree(schema).get("$defs");
        }
        page.append(
                "## Log fields\n\nOne JSON object per event; what is not known is absent. See [logging](logging.md).\n");
        for (String kind : new String[] {"common", "call", "feedback", "evaluation", "refusal", "risk"}) {
            page.append("\n### ")
                    .append(kind.equals("common") ? "Every record" : "`llmops." + kind + "`")
                    .append("\n\n| field | type | meaning |\n|---|---|---|\n");
            fields(definitions.get(kind), "", page);
        }
    }

    private static void fields(JsonNode type, String prefix, StringBuilder page) {
        type.path("properties").properties().forEach(field -> {
            JsonNode definition = field.getValue();
            if (definition.path("description").isMissingNode()) {
                return; // Only narrows what every record has.
            }
            String name = prefix + field.getKey();
            page.append("| `")
                    .append(name)
                    .append("` | ")
                    .append(definition.path("type").asString(""))
                    .append(" | ")
                    .append(definition.path("description").asString("").replace("|", "\\|"))
                    .append(" |\n");
            fields(definition, name + ".", page);
        });
    }

    private static void spanAttributes(StringBuilder page) {
        Map<SpanProfile, Map<String, String>> byProfile = new EnumMap<>(SpanProfile.class);
        for (SpanProfile profile : SpanProfile.values()) {
            byProfile.put(profile, attributes(profile));
        }
        Map<String, String> all = new TreeMap<>();
        byProfile.values().forEach(all::putAll);
        page.append("\n## Span attributes\n\nOf the span of a call, by profile. See [tracing](tracing.md).\n\n")
                .append("| attribute | type | profiles |\n|---|---|---|\n");
        all.forEach((name, type) -> page.append("| `")
                .append(name)
                .append("` | ")
                .append(type)
                .append(" | ")
                .append(String.join(
                        ", ",
                        byProfile.entrySet().stream()
                                .filter(profile -> profile.getValue().containsKey(name))
                                .map(profile -> profile.getKey().name())
                                .toList()))
                .append(" |\n"));
    }

    /** The attributes of the spans of two calls that have everything to say, one of them failed. */
    private static Map<String, String> attributes(SpanProfile profile) {
        InMemorySpanExporter exported = InMemorySpanExporter.create();
        try (SdkTracerProvider tracers = SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exported))
                        .build();
                LlmOps llmops = LlmOps.builder()
                        .detectVersions(false)
                        .versionSet(versions())
                        .enricher(CostEnricher.using(PriceBook.bundled()))
                        .enricher(RedactionEnricher.using(Redactor.ofDefaults()))
                        .listener(CallSpans.builder(OpenTelemetrySdk.builder()
                                        .setTracerProvider(tracers)
                                        .build())
                                .profile(profile)
                                .build())
                        .build()) {
            describe(llmops).finish("stop");
            describe(llmops).fail(new CallError(ErrorKind.OVERLOADED, "overloaded", OptionalInt.of(503), ""));
            Map<String, String> types = new TreeMap<>();
            exported.getFinishedSpanItems().stream()
                    .filter(span -> span.getName().startsWith("chat"))
                    .forEach(span -> span.getAttributes()
                            .forEach((key, value) ->
                                    types.put(key.getKey(), key.getType().name())));
            return types;
        }
    }

    private static VersionSet versions() {
        return VersionSet.builder()
                .code("1.4.2")
                .config("7")
                .prompt("support-v12")
                .model("gpt-4o-2024-11-20")
                .index("2026-11-01")
                .tools("3")
                .build();
    }

    private static LlmCall describe(LlmOps llmops) {
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .requestId("r-1")
                .conversationId("c-1")
                .user("u1")
                .tenant("acme")
                .feature("support")
                .serverAddress("api.openai.com:443")
                .streaming(true)
                .start();
        call.phase("retrieval").close();
        call.chunk(1);
        call.chunk(1);
        return call.usage(TokenUsage.inclusive(812, 333)
                        .cachedInput(512)
                        .cacheWrite(100)
                        .reasoning(20))
                .responseModel("gpt-4o-2024-11-20")
                .cache(CacheResult.MISS)
                .retries(1)
                .refusal()
                .risk(new RiskFinding("pii_leak", "warned", ""));
    }
}
