package dev.llmops.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.llmops.core.LlmOps;
import dev.llmops.core.context.CallFacts;
import dev.llmops.endings.Answer;
import dev.llmops.endings.Application;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.endings.Transcript;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

class StreamingChatModelEndingsTest extends EndingsTable {

    @Override
    protected String row() {
        return "LangChain4j, streaming chat model";
    }

    @Override
    protected Application application() {
        return StreamingChatModelEndingsTest::ask;
    }

    @Override
    protected Optional<String> notApplicable(Ending ending) {
        return switch (ending) {
            case CANCEL_BEFORE_FIRST_TOKEN -> Optional.of("LangChain4j gives no handle before the first token");
            case TIMEOUT_BEFORE_FIRST_TOKEN ->
                Optional.of("LangChain4j gives no handle before the first token, and its timeout ends at the headers");
            case NEVER_CONSUMED -> Optional.of("the model pushes its answer");
            case RETRY -> Optional.of("streaming models of LangChain4j do not retry");
            default -> Optional.empty();
        };
    }

    private static Transcript ask(Ending ending, URI provider, @Nullable LlmOps llmops) throws Exception {
        Transcript seen = new Transcript();
        ListenerWords words = new ListenerWords();
        StreamingChatModel bare = Models.streaming(provider, words);
        StreamingChatModel model = llmops == null ? bare : LlmLangChain4j.observe(llmops, bare);
        ChatResponse first = ask(ending, model, seen, List.of(UserMessage.from("Count")));
        if (first != null && first.aiMessage().hasToolExecutionRequests()) {
            var request = first.aiMessage().toolExecutionRequests().get(0);
            seen.saw("tool " + request.name());
            ask(
                    ending,
                    model,
                    seen,
                    List.of(
                            UserMessage.from("Count"),
                            first.aiMessage(),
                            ToolExecutionResultMessage.from(request, "sunny")));
        }
        return seen.framework(words.toString());
    }

    private static @Nullable ChatResponse ask(
            Ending ending, StreamingChatModel model, Transcript seen, List<ChatMessage> messages) throws Exception {
        ChatRequest request = ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(
                        ToolSpecification.builder().name(Answer.TOOL).build())
                .build();
        ChatRequestOptions options = ChatRequestOptions.builder()
                .listenerAttributes(Map.of(CallFacts.DEADLINE, DEADLINE))
                .build();
        Handler handler = new Handler(ending, seen);
        model.chat(request, options, handler);
        return handler.end.get(10, TimeUnit.SECONDS).orElse(null);
    }

    /** Writes down what comes until the first end, and cancels after two tokens if the ending says so. */
    private static final class Handler implements StreamingChatResponseHandler {

        private final Ending ending;
        private final Transcript seen;
        private final CompletableFuture<Optional<ChatResponse>> end = new CompletableFuture<>();
        private int tokens;

        /** After that the application does not listen: the closed connection may be reported from another thread. */
        private volatile boolean gaveUp;

        Handler(Ending ending, Transcript seen) {
            this.ending = ending;
            this.seen = seen;
        }

        @Override
        public void onPartialResponse(PartialResponse response, PartialResponseContext context) {
            seen.item(response.text());
            tokens++;
            if (tokens < 2) {
                return;
            }
            if (ending.client() == Ending.Client.CANCELS) {
                cancel(context);
            } else if (ending.client() == Ending.Client.TIMES_OUT) {
                CompletableFuture.delayedExecutor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> cancel(context));
            }
        }

        private void cancel(PartialResponseContext context) {
            gaveUp = true;
            context.streamingHandle().cancel();
            seen.saw("cancelled " + context.streamingHandle().isCancelled());
            end.complete(Optional.empty());
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            if (!gaveUp && !end.isDone()) {
                seen.completed();
                end.complete(Optional.of(response));
            }
        }

        @Override
        public void onError(Throwable error) {
            if (!gaveUp && !end.isDone()) {
                seen.error(error);
                end.complete(Optional.empty());
            }
        }
    }
}
