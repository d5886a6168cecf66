package dev.llmops.samples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallRecord;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Streams of providers as they were seen in use: each has its outcome. */
class StreamCasesIT {

    private static final Path CASES = Path.of(System.getProperty("llmops.cases", "absent"), "found", "streams.jsonl");
    private static final BlockingQueue<CallRecord> RECORDS = new LinkedBlockingQueue<>();

    private static ScriptedProvider provider;
    private static RunningGateway gateway;
    private static RunningGateway withoutProvider;

    /** One line of the cases. */
    record Case(String name, JsonNode line) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> cases() throws IOException {
        assumeTrue(Files.exists(CASES), "no cases at llmops.cases");
        return Files.readAllLines(CASES).stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .map(line -> new Case(line.path("case").asString(), line))
                .toList();
    }

    @BeforeAll
    static void start() {
        provider = new ScriptedProvider();
        gateway = observed(provider.address());
        withoutProvider = observed(URI.create("http://127.0.0.1:1"));
    }

    private static RunningGateway observed(URI baseUrl) {
        GatewayOptions options = new GatewayOptions();
        options.provider = GatewayOptions.Provider.openai;
        options.baseUrl = baseUrl;
        options.observer = new LlmListener() {
            @Override
            public void callEnded(LiveCall live, CallRecord record) {
                RECORDS.add(record);
            }
        };
        return new RunningGateway(options);
    }

    @AfterAll
    static void stop() {
        Stream.of(gateway, withoutProvider).forEach(RunningGateway::close);
        provider.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_record_says_what_happened(Case seen) throws Exception {
        JsonNode expected = seen.line().path("expected");
        CallRecord record = recordOf(seen.line());
        String status = expected.path("status").asString();
        if (!status.contains(" or ")) {
            assertThat(record.outcome().status()).isEqualTo(status);
        }
        if (expected.has("kind")) {
            assertThat(record.error().kind().name())
                    .isEqualTo(expected.path("kind").asString());
        }
        if (expected.has("finish_reasons")) {
            assertThat(record.finishReasons())
                    .containsExactlyElementsOf(expected.path("finish_reasons")
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList());
        }
        if (expected.has("time_to_first_token")) {
            assertThat(record.timing().timeToFirstTokenNanos()).isPresent();
        }
        if (expected.has("tokens_in")) {
            assertThat(record.usage().inputTokens())
                    .hasValue(expected.path("tokens_in").asLong());
        }
        if (expected.path("refusal").asBoolean(false)) {
            assertThat(record.isRefusal()).isTrue();
        }
    }

    private static CallRecord recordOf(JsonNode line) throws InterruptedException {
        int choices = line.path("expected").path("request").path("n").asInt(1);
        String request = "{\"model\":\"m-x\",\"stream\":true,\"n\":" + choices
                + ",\"messages\":[{\"role\":\"user\",\"content\":\"one two three\"}]}";
        int status = line.path("http_status").asInt();
        provider.answers(
                Math.max(status, 200), "text/event-stream", line.path("body").asString());
        RECORDS.clear();
        (status == 0 ? withoutProvider : gateway).post("/v1/chat/completions", request);
        return RECORDS.poll(10, TimeUnit.SECONDS);
    }
}
