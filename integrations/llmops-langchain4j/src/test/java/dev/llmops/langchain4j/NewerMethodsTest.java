package dev.llmops.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatModelStreamingEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.testing.RecordingListener;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The futures and publishers that LangChain4j has since 1.20. */
class NewerMethodsTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder().messages(UserMessage.from("Count")).build();
    private static final ChatResponse RESPONSE = ChatResponse.builder()
            .aiMessage(AiMessage.from("One"))
            .finishReason(FinishReason.STOP)
            .tokenUsage(new TokenUsage(21, 4))
            .build();

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops =
            LlmOps.builder().detectVersions(false).listener(seen).build();

    @BeforeEach
    void needsThem() {
        assumeTrue(Arrays.stream(ChatModel.class.getMethods())
                .anyMatch(method -> method.getName().equals("chatAsync")));
    }

    @Test
    void a_future_is_the_model_s_own_and_ends_the_call() {
        CompletableFuture<ChatResponse> future = new CompletableFuture<>();
        ChatModel model = LlmLangChain4j.observe(llmops, Newer.answering(future));

        assertThat(model.chatAsync(REQUEST)).isSameAs(future);
        future.complete(RESPONSE);

        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(seen.onlyRecord().usage().outputTokens()).hasValue(4);
    }

    @Test
    void a_future_that_is_cancelled_cancels_the_call() {
        ChatModel model = LlmLangChain4j.observe(llmops, Newer.answering(new CompletableFuture<>()));

        model.chatAsync(REQUEST).cancel(true);

        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void a_publisher_is_a_call_that_ends_with_the_complete_response() {
        Newer.publish(llmops, false);

        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(seen.onlyRecord().usage().inputTokens()).hasValue(21);
        assertThat(seen.onlyRecord().timing().timeToFirstTokenNanos()).isPresent();
    }

    @Test
    void a_subscription_that_is_cancelled_cancels_the_call() {
        Newer.publish(llmops, true);

        assertThat(seen.onlyRecord().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    /** Apart, so that the class above loads without the newer types. */
    private static final class Newer {

        static ChatModel answering(CompletableFuture<ChatResponse> future) {
            return new ChatModel() {
                @Override
                public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
                    return future;
                }

                @Override
                public CompletableFuture<ChatResponse> chatAsync(ChatRequest request) {
                    return future;
                }
            };
        }

        /** Sends a text and the response on this thread. */
        static void publish(LlmOps llmops, boolean cancelAfterFirst) {
            try (SubmissionPublisher<ChatModelStreamingEvent> events = new SubmissionPublisher<>(Runnable::run, 8)) {
                StreamingChatModel model = LlmLangChain4j.observe(llmops, new StreamingChatModel() {
                    @Override
                    public Flow.Publisher<ChatModelStreamingEvent> doChat(ChatRequest request) {
                        return events;
                    }
                });
                model.chat(REQUEST).subscribe(new Reader(cancelAfterFirst));
                events.submit(new PartialResponse("One"));
                events.submit(new CompleteResponse(RESPONSE));
            }
        }
    }

    private static final class Reader implements Flow.Subscriber<ChatModelStreamingEvent> {

        private final boolean cancels;
        private Flow.Subscription subscription;

        Reader(boolean cancels) {
            this.cancels = cancels;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscription.request(8);
        }

        @Override
        public void onNext(ChatModelStreamingEvent event) {
            if (cancels) {
                subscription.cancel();
            }
        }

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onComplete() {}
    }
}
