package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.llmops.core.error.ProviderErrors;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.TokenUsage;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Plays what providers were seen to send, as a client integration reads it. */
class StreamsCasesTest {

    private static final Path CASES = Path.of(System.getProperty("llmops.cases", "absent"), "found", "streams.jsonl");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MILLIS_BETWEEN_EVENTS = 10;

    @TestFactory
    Stream<DynamicTest> every_stream_ends_as_expected() throws IOException {
        assumeTrue(Files.exists(CASES), "the cases are not here: " + CASES);
        return Files.readAllLines(CASES).stream()
                .map(JSON::readTree)
                .map(line -> dynamicTest(line.get("case").asString(), () -> assertCase(line)));
    }

    private static void assertCase(JsonNode line) {
        JsonNode expected = line.get("expected");
        CallRecord record = play(line);
        String status = expected.get("status").asString();
        // Where a case leaves it to a decision: a stream whose choices all finished is complete without its marker.
        assertThat(record.outcome().status()).isEqualTo(status.startsWith("success or") ? "success" : status);
        if (expected.has("kind")) {
            assertThat(record.error()).isNotNull();
            assertThat(record.error().kind().name())
                    .isEqualTo(expected.get("kind").asString());
        }
        if (expected.has("finish_reasons")) {
            List<String> reasons = expected.get("finish_reasons")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
            assertThat(record.finishReasons()).isEqualTo(reasons);
        }
        if (expected.has("time_to_first_token")) {
            // The role comes first, the first content second.
            assertThat(record.timing().timeToFirstTokenNanos()).hasValue(2_000_000L * MILLIS_BETWEEN_EVENTS);
        }
        if (expected.has("tokens_in")) {
            assertThat(record.usage()).isEqualTo(TokenUsage.none());
        }
        assertThat(record.isRefusal()).isEqualTo(expected.path("refusal").asBoolean(false));
    }

    private static CallRecord play(JsonNode line) {
        Rig rig = new Rig();
        int choices = line.get("expected").path("request").path("n").asInt(1);
        LlmCall call = rig.call().choices(choices).estimatedInputTokens(100).start();
        if (line.get("http_status").asInt() == 0) {
            call.fail(new ConnectException("Connection refused"));
            return rig.record();
        }
        for (String event : line.get("body").asString().split("\n\n")) {
            rig.ticker.advanceMillis(MILLIS_BETWEEN_EVENTS);
            String data = field(event, "data: ");
            ProviderErrors.streamError(field(event, "event: "), data).ifPresent(call::fail);
            if (call.isEnded()) {
                return rig.record();
            }
            if (data != null && !data.equals("[DONE]")) {
                chunk(call, JSON.readTree(data));
            }
        }
        call.endOfStream();
        return rig.record();
    }

    private static @Nullable String field(String event, String name) {
        return event.lines()
                .filter(text -> text.startsWith(name))
                .map(text -> text.substring(name.length()))
                .findFirst()
                .orElse(null);
    }

    private static void chunk(LlmCall call, JsonNode chunk) {
        for (JsonNode choice : chunk.path("choices")) {
            JsonNode delta = choice.path("delta");
            boolean hasContent = delta.path("content").isArray()
                    || !delta.path("content").asString("").isEmpty()
                    || delta.has("refusal")
                    || delta.has("function_call");
            call.chunk(hasContent ? 1 : 0);
            if (delta.has("refusal")) {
                call.refusal();
            }
            if (choice.path("finish_reason").isString()) {
                call.finishReason(
                        choice.get("index").asInt(), choice.get("finish_reason").asString());
            }
        }
    }
}
