package dev.llmops.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.audio.AudioModel;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.speech.SpeechModel;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.translations.TranslationCreateParams;
import com.openai.models.moderations.ModerationCreateParams;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.UsageKind;
import dev.llmops.core.testing.RecordingListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // models and endpoints that applications use all the same
class AudioAndModerationTest {

    private static final Map<String, String> ANSWERS = Map.of(
            "/v1/moderations",
            "{\"id\":\"modr-1\",\"model\":\"omni-moderation-2024-09-26\",\"results\":[]}",
            "/v1/audio/speech",
            "spoken audio",
            "/v1/audio/transcriptions",
            "{\"text\":\"Good morning\",\"usage\":{\"type\":\"tokens\",\"input_tokens\":14,\"output_tokens\":3,"
                    + "\"total_tokens\":17,\"input_token_details\":{\"audio_tokens\":12,\"text_tokens\":2}}}",
            "/v1/audio/translations",
            "{\"text\":\"Good morning\",\"usage\":{\"type\":\"duration\",\"seconds\":2}}");
    private static final String TRANSCRIPT_EVENTS = """
            data: {"type":"transcript.text.delta","delta":"Good"}

            data: {"type":"transcript.text.delta","delta":" morning"}

            data: {"type":"transcript.text.done","text":"Good morning","usage":{"type":"tokens","input_tokens":14,"output_tokens":3,"total_tokens":17}}

            """;

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops =
            LlmOps.builder().detectVersions(false).listener(seen).build();
    private HttpServer server;
    private OpenAIClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", AudioAndModerationTest::answer);
        server.start();
        client = LlmOpenAi.wrap(
                llmops,
                OpenAIOkHttpClient.builder()
                        .baseUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/v1")
                        .apiKey("sk-test")
                        .build());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        boolean isStream = request.contains("name=\"stream\"");
        byte[] answer = (isStream
                        ? TRANSCRIPT_EVENTS
                        : ANSWERS.get(exchange.getRequestURI().getPath()))
                .getBytes(UTF_8);
        exchange.getResponseHeaders().add("content-type", isStream ? "text/event-stream" : "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @AfterEach
    void close() {
        server.stop(0);
        llmops.close();
    }

    @Test
    void a_moderation_is_a_call() {
        var unused = client.moderations()
                .create(ModerationCreateParams.builder()
                        .model("omni-moderation-latest")
                        .input("text")
                        .build());
        CallRecord record = seen.onlyRecord();
        assertThat(record.info().operation().name()).isEqualTo("moderation");
        assertThat(record.info().requestModel()).isEqualTo("omni-moderation-latest");
        assertThat(record.responseModel()).isEqualTo("omni-moderation-2024-09-26");
    }

    @Test
    void speech_ends_with_its_body_and_counts_characters() throws IOException {
        try (var response = client.audio().speech().create(speech())) {
            assertThat(seen.records()).isEmpty();
            assertThat(response.body().readAllBytes()).asString().isEqualTo("spoken audio");
        }
        CallRecord record = seen.onlyRecord();
        assertThat(record.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(record.usage().count(UsageKind.INPUT_CHARACTERS)).isEqualTo(12);
    }

    @Test
    void speech_that_is_closed_before_its_end_is_cancelled() throws IOException {
        try (var response = client.audio().speech().create(speech())) {
            assertThat(response.body().read()).isEqualTo('s');
        }
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void speech_of_the_asynchronous_client_is_measured_too() throws IOException {
        try (var response = client.async().audio().speech().create(speech()).join()) {
            assertThat(response.body().readAllBytes()).hasSize(12);
        }
        assertThat(seen.onlyRecord().info().operation().name()).isEqualTo("speech");
    }

    @Test
    void a_transcription_reports_its_tokens() {
        var unused = client.audio().transcriptions().create(transcription());
        CallRecord record = seen.onlyRecord();
        assertThat(record.info().requestModel()).isEqualTo("gpt-4o-transcribe");
        assertThat(record.usage().inputTokens()).hasValue(14);
        assertThat(record.usage().outputTokens()).hasValue(3);
        assertThat(record.usage().count(UsageKind.INPUT_AUDIO_TOKENS)).isEqualTo(12);
    }

    @Test
    void a_streamed_transcription_has_a_first_token() {
        try (var stream = client.audio().transcriptions().createStreaming(transcription())) {
            stream.stream().forEach(event -> {});
        }
        CallRecord record = seen.onlyRecord();
        assertThat(record.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(record.timing().timeToFirstTokenNanos()).isPresent();
        assertThat(record.usage().outputTokens()).hasValue(3);
    }

    @Test
    void a_translation_reports_the_seconds_of_its_audio() {
        var unused = client.audio()
                .translations()
                .create(TranslationCreateParams.builder()
                        .model(AudioModel.WHISPER_1)
                        .file("audio".getBytes(UTF_8))
                        .build());
        CallRecord record = seen.onlyRecord();
        assertThat(record.info().operation().name()).isEqualTo("translation");
        assertThat(record.usage().count(UsageKind.INPUT_AUDIO_SECONDS)).isEqualTo(2_000_000_000);
    }

    @Test
    void speech_that_fails_is_a_failed_call() {
        server.stop(0);
        OpenAIClient impatient = client.withOptions(options -> options.maxRetries(0));
        assertThatThrownBy(() ->
                        impatient.async().audio().speech().create(speech()).join())
                .isInstanceOf(CompletionException.class);
        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.FAILED);
    }

    private static SpeechCreateParams speech() {
        return SpeechCreateParams.builder()
                .model(SpeechModel.TTS_1)
                .voice("alloy")
                .input("Good morning")
                .build();
    }

    private static TranscriptionCreateParams transcription() {
        return TranscriptionCreateParams.builder()
                .model(AudioModel.GPT_4O_TRANSCRIBE)
                .file("audio".getBytes(UTF_8))
                .build();
    }
}
