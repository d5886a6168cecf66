package dev.llmops.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.llmops.core.LlmOps;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What no provider can be made to do on demand. */
class ObservedHandlerTest {

    private final FakeTicker ticker = new FakeTicker();
    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops = LlmOps.builder().ticker(ticker).listener(seen).build();
    private final List<String> signals = new ArrayList<>();
    private @Nullable RuntimeException thrownByApplication;

    private CallRecord record(Consumer<StreamingChatResponseHandler> script) {
        return record(llmops, script);
    }

    private CallRecord record(LlmOps llmops, Consumer<StreamingChatResponseHandler> script) {
        StreamingChatModel model = new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                script.accept(handler);
            }
        };
        LlmLangChain4j.observe(llmops, model).chat("Count", new Application());
        return seen.onlyRecord();
    }

    private static ChatResponse response(@Nullable FinishReason reason, @Nullable TokenUsage usage) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from("One"))
                .finishReason(reason)
                .tokenUsage(usage)
                .build();
    }

    @Test
    void a_stream_that_breaks_off_keeps_what_had_come_where_content_is_captured() {
        LlmOps capturing = LlmOps.builder()
                .contentPolicy(ContentPolicy.builder().captureContent(true).build())
                .listener(seen)
                .build();
        PartialResponseContext context = new PartialResponseContext(new StreamingHandle() {
            @Override
            public void cancel() {}

            @Override
            public boolean isCancelled() {
                return false;
            }
        });
        CallRecord record = record(capturing, handler -> {
            handler.onPartialResponse(new PartialResponse("One"), context);
            handler.onPartialResponse(new PartialResponse(" two"), context);
            handler.onError(new IllegalStateException("broken"));
        });
        capturing.close();

        assertThat(record.content().output()).isEqualTo("One two");
    }

    @Test
    void the_first_of_two_terminal_signals_counts_and_the_application_gets_both() {
        CallRecord record = record(handler -> {
            handler.onError(new java.io.UncheckedIOException(new java.net.SocketException("Connection reset")));
            handler.onCompleteResponse(response(FinishReason.STOP, new TokenUsage(21, 4)));
        });

        assertThat(record.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(signals).containsExactly("error", "complete");
        assertThat(llmops.telemetry().values(Telemetry.Kind.LATE_ENDINGS)).isEmpty();
    }

    @Test
    void a_response_with_neither_finish_reason_nor_usage_is_a_broken_stream() {
        assertThat(record(handler -> handler.onCompleteResponse(response(null, null)))
                        .outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_response_with_usage_alone_is_whole() {
        CallRecord record = record(handler -> handler.onCompleteResponse(response(null, new TokenUsage(21, 4))));

        assertThat(record.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(record.usage().outputTokens()).hasValue(4);
    }

    @Test
    void thinking_is_reasoning_and_no_output_yet() {
        CallRecord record = record(handler -> {
            ticker.advanceMillis(100);
            handler.onPartialThinking(new PartialThinking("Hm"));
            ticker.advanceMillis(100);
            handler.onPartialResponse("One");
            handler.onCompleteResponse(response(FinishReason.STOP, new TokenUsage(21, 4)));
        });

        assertThat(record.timing().timeToFirstTokenNanos()).hasValue(100_000_000);
        assertThat(record.timing().timeToFirstOutputNanos()).hasValue(200_000_000);
    }

    @Test
    void what_the_application_throws_does_not_end_the_call() {
        thrownByApplication = new IllegalStateException("mine");

        CallRecord record = record(handler -> {
            assertThatThrownBy(() -> handler.onPartialResponse("One")).isSameAs(thrownByApplication);
            handler.onError(thrownByApplication);
            handler.onCompleteResponse(response(FinishReason.STOP, new TokenUsage(21, 4)));
        });

        assertThat(record.outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void a_model_that_throws_at_once_has_failed() {
        assertThatThrownBy(() -> record(handler -> {
                    throw new IllegalArgumentException("no such model");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.FAILED);
    }

    private final class Application implements StreamingChatResponseHandler {

        @Override
        public void onPartialResponse(String text) {
            if (thrownByApplication != null) {
                throw thrownByApplication;
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            signals.add("complete");
        }

        @Override
        public void onError(Throwable error) {
            signals.add("error");
        }
    }
}
