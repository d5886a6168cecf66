package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.error.ErrorClassifier;
import dev.llmops.core.error.ProviderErrors;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.privacy.Pseudonyms;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.ToolCall;
import dev.llmops.core.telemetry.LabelLimiter;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.core.version.VersionBaggage;
import dev.llmops.core.version.VersionSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Runs the code of {@code docs/core.md}, word for word, and holds the guide's tables to the code. */
class CoreGuideTest {

    private static final Path GUIDE = Path.of("../docs/core.md");

    private final String question = "Will it rain in Paris?";
    private final RecordingListener listener = new RecordingListener();
    private final Client client = new Client();

    /** What the guide's examples call. */
    private static final class Client {
        private final SubmissionPublisher<String> source = new SubmissionPublisher<>(Runnable::run, 16);

        String ask(String question) {
            return "Yes";
        }

        CompletableFuture<String> askLater(String question) {
            return CompletableFuture.completedFuture("Yes");
        }

        Flow.Publisher<String> stream(String question) {
            return source;
        }

        Stream<String> words(String question) {
            return Stream.of("ra", "in");
        }

        List<String> search(String question) {
            return List.of(question);
        }
    }

    private record Event(@Nullable String name, String data) {}

    private record Response(int statusCode, String body) {}

    @SuppressWarnings("serial")
    private static final class QuotaServiceException extends RuntimeException {}

    private static int tokensOf(String text) {
        return text.length();
    }

    @Test
    void observing_a_call() {
        List<String> stream = List.of("ra", "in");
        LlmOps llmops = LlmOps.builder()
                .versionSet(VersionSet.builder().prompt("support-v12").build())
                .listener(listener)
                .build();

        try (LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .user("u1")
                .tenant("acme")
                .feature("support")
                .requestId("r-1")
                .streaming(true)
                .start()) {
            for (String text : stream) {
                call.chunk(tokensOf(text));
            }
            call.usage(TokenUsage.inclusive(812, 333).cachedInput(512)).finish("stop");
        }
        CallRecord record = listener.onlyRecord();
        assertThat(record.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(record.info().versionSet().part("prompt")).contains("support-v12");
        assertThat(record.timing().interToken().samples()).isEqualTo(2);
    }

    @Test
    void observing_code_futures_and_streams() {
        LlmOps llmops = LlmOps.builder().listener(listener).build();
        LlmCallBuilder chat = llmops.call(Operation.CHAT, "openai", "gpt-4o");

        String answer = llmops.observe(chat, call -> client.ask(question));

        CompletableFuture<String> future = llmops.observeStage(chat, call -> client.askLater(question));

        Flow.Publisher<String> observed = llmops.observePublisher(
                () -> chat, client.stream(question), (text, call) -> call.chunk(tokensOf(text)));

        observed.subscribe(new ObservePublisherTest.Sink());
        client.source.submit("rain");
        client.source.close();
        assertThat(answer).isEqualTo("Yes");
        assertThat(future).isCompletedWithValue("Yes");
        assertThat(listener.records())
                .extracting(CallRecord::outcome)
                .containsOnly(Outcome.COMPLETED)
                .hasSize(3);
    }

    @Test
    void observing_a_pull_stream() {
        LlmOps llmops = LlmOps.builder().listener(listener).build();
        LlmCallBuilder chat = llmops.call(Operation.CHAT, "openai", "gpt-4o");
        StringBuilder answerSoFar = new StringBuilder();
        llmops.warmUp();

        try (Stream<String> words = llmops.observeStream(
                chat, call -> client.words(question), (text, call) -> call.chunk(tokensOf(text)))) {
            words.forEach(answerSoFar::append);
        }
        assertThat(answerSoFar).hasToString("rain");
        assertThat(listener.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void usage_in_parts_and_the_end_of_a_stream() {
        LlmCall call = new Rig(builder -> builder.listener(listener)).start();
        call.mergeUsage(TokenUsage.exclusive(300, 1).cachedInput(512)); // message_start
        call.finishReason(0, "end_turn");
        call.mergeUsage(TokenUsage.exclusive(-1, 333)); // message_delta
        call.endOfStream(); // failed, unless every choice has finished
        assertThat(listener.onlyRecord().finishReasons()).containsExactly("end_turn");
        assertThat(listener.onlyRecord().usage().outputTokens()).hasValue(333);
    }

    @Test
    void phases_and_tools() {
        Client index = client;
        Client forecast = client;
        List<String> documents;
        String report;
        LlmCall call = new Rig(builder -> builder.listener(listener)).start();
        try (Phase retrieval = call.phase("retrieval")) {
            documents = index.search(question);
        }
        try (RunningTool weather = call.tool("weather")) {
            report = forecast.ask("Paris");
        }
        call.finish();
        assertThat(documents).containsExactly(question);
        assertThat(report).isEqualTo("Yes");
        assertThat(listener.onlyRecord().timing().phases())
                .extracting(Timing.Phase::name)
                .containsExactly("retrieval");
        assertThat(listener.onlyRecord().toolCalls()).extracting(ToolCall::name).containsExactly("weather");
    }

    @Test
    void errors() {
        Rig rig = new Rig();
        Response response = new Response(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}");
        LlmCall call = rig.start();
        call.fail(ProviderErrors.ofHttp(response.statusCode(), response.body()));
        call = rig.start();
        Event event = new Event(null, "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}");
        ProviderErrors.streamError(event.name(), event.data()).ifPresent(call::fail);
        ErrorClassifier own = error ->
                error instanceof QuotaServiceException ? CallError.of(new ErrorKind("quota_service_down", true)) : null;
        assertThat(rig.seen.records())
                .extracting(record -> record.error().kind().name())
                .containsExactly("rate_limited", "overloaded");
        assertThat(own.classify(new QuotaServiceException()).type()).isEqualTo("quota_service_down");
    }

    @Test
    void versions_across_processes() {
        LlmOps llmops = LlmOps.builder()
                .versionSet(VersionSet.builder().prompt("support-v12").build())
                .detectVersions(false)
                .build();
        String header = VersionBaggage.encode(llmops.versionSet()); // llmops.version_set.prompt=support-v12
        VersionSet received = VersionBaggage.decode(header);
        String traceId = TraceIds.toW3c("canary-test-001"); // itself where it is one, else a digest
        assertThat(header).isEqualTo("llmops.version_set.prompt=support-v12");
        assertThat(received).isEqualTo(llmops.versionSet());
        assertThat(TraceIds.isW3c(traceId)).isTrue();
    }

    @Test
    void content_and_ids() {
        byte[] key = new byte[Pseudonyms.MIN_KEY_BYTES];
        LlmOps llmops = LlmOps.builder()
                .contentPolicy(ContentPolicy.builder()
                        .captureContent(true) // records keep prompts and answers
                        .showContent(true) // views show them, as the enrichers left them
                        .showEventTexts(true) // comments, explanations and details that come later
                        .idKey("2026-11", key) // user and tenant ids become keyed hashes
                        .tenantIds(ContentPolicy.IdDisplay.PLAIN)
                        .build())
                .listener(listener)
                .build();
        llmops.call(Operation.CHAT, "openai", "gpt-4o").start().input(question).finish();
        assertThat(listener.onlyRecord().content().input()).isEqualTo(question);
        assertThat(llmops.contentPolicy().userKeyId()).hasValue("2026-11");
        assertThat(llmops.contentPolicy().tenant("acme")).isEqualTo("acme");
    }

    private static boolean isRefusal(CallRecord record) {
        return record.finishReasons().contains("refusal");
    }

    @Test
    void listeners_and_enrichers() {
        AtomicLong slowest = new AtomicLong(-1);
        LlmOps llmops = LlmOps.builder()
                .enricher(
                        record -> record.toBuilder().refusal(isRefusal(record)).build())
                .listener(new LlmListener() {
                    @Override
                    public void callEnded(LiveCall call, CallRecord record) {
                        slowest.accumulateAndGet(record.timing().durationNanos(), Math::max);
                    }
                })
                .build();
        llmops.call(Operation.CHAT, "openai", "gpt-4o").start().finish("refusal");
        assertThat(slowest).hasNonNegativeValue();
    }

    @Test
    void later_events_and_labels() {
        LlmOps llmops = LlmOps.builder().listener(listener).build();
        llmops.call(Operation.CHAT, "openai", "gpt-4o").requestId("r-1").start().finish();
        CallRecord record = listener.onlyRecord();
        llmops.feedback("r-1", LlmEvent.Verdict.DOWN, "wrong city");
        llmops.evaluation("r-1", "faithfulness", 0.93, "pass", null);
        llmops.risk("r-1", new RiskFinding("leak", "masked", null));
        LabelLimiter models = new LabelLimiter("model", 100, llmops.telemetry());
        String label = models.limit(record.info().requestModel()); // the first 100 models keep their names
        assertThat(listener.events()).hasSize(3);
        assertThat(label).isEqualTo("gpt-4o");
    }

    @Test
    void tests_of_applications() {
        FakeTicker ticker = new FakeTicker();
        RecordingListener seen = new RecordingListener();
        LlmOps llmops = LlmOps.builder()
                .ticker(ticker)
                .clock(ticker.clock())
                .listener(seen)
                .build();

        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
        ticker.advanceMillis(250);
        call.chunk(1);
        call.cancel();

        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(seen.onlyRecord().timing().timeToFirstTokenNanos()).hasValue(250_000_000);
    }

    @Test
    void the_guide_lists_every_kind_of_error_and_whether_it_counts() throws IOException {
        List<String> rows = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (yes|no) \\|")
                .matcher(Files.readString(GUIDE))
                .results()
                .map(CoreGuideTest::row)
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(ErrorKind.standard().stream()
                        .map(kind -> kind.name() + " " + (kind.countsAgainstAvailability() ? "yes" : "no"))
                        .toList());
    }

    private static String row(MatchResult match) {
        return match.group(1) + " " + match.group(2);
    }

    @Test
    void the_guide_lists_every_outcome() throws IOException {
        String guide = Files.readString(GUIDE);
        assertThat(Outcome.values()).allSatisfy(outcome -> assertThat(guide).contains("| `" + outcome + "` | "));
    }
}
