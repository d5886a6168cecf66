package dev.llmops.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.observability.api.event.AiServiceCompletedEvent;
import dev.langchain4j.observability.api.event.AiServiceEvent;
import dev.langchain4j.observability.api.event.AiServiceResponseReceivedEvent;
import dev.langchain4j.observability.api.event.AiServiceStartedEvent;
import dev.langchain4j.observability.api.event.RetrievalAugmentedEvent;
import dev.langchain4j.observability.api.event.ToolExecutedEvent;
import dev.langchain4j.observability.api.listener.AiServiceListener;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Metadata;
import dev.langchain4j.rag.query.Query;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Timing;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The events of AI services that LangChain4j has since 1.20, fired as a service fires them. */
class NewerEventsTest {

    private final FakeTicker ticker = new FakeTicker();
    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops = LlmOps.builder()
            .detectVersions(false)
            .ticker(ticker)
            .clock(ticker.clock())
            .listener(seen)
            .build();
    private final List<AiServiceListener<?>> listeners = LlmLangChain4j.aiServiceListeners(llmops);
    private final InvocationContext context = InvocationContext.builder()
            .invocationId(UUID.randomUUID())
            .interfaceName("app.Assistant")
            .methodName("chat")
            .modelProvider(ModelProvider.OPEN_AI)
            .build();

    @BeforeEach
    void needsThem() {
        assumeTrue(listeners.size() > 6);
    }

    @AfterEach
    void close() {
        llmops.close();
    }

    @Test
    void a_retrieval_that_is_not_observed_is_a_phase_from_the_start_to_its_event() {
        fire(started());
        ticker.advanceMillis(30);
        fire(Newer.retrieved(context));
        CallRecord record = completed();
        assertThat(record.timing().phases()).containsExactly(new Timing.Phase("retrieval", 0, 30_000_000, 0));
        assertThat(record.attributes()).containsEntry("llm.retrieval.documents", 1L);
    }

    @Test
    void a_retrieval_that_is_observed_is_one_phase() {
        fire(started());
        ticker.advanceMillis(10);
        ContentRetriever retriever = LlmLangChain4j.observe(llmops, query -> List.of(Content.from("sunny")));
        var unused = retriever.retrieve(Query.from(
                "Paris",
                Metadata.builder()
                        .chatMessage(UserMessage.from("Paris"))
                        .invocationContext(context)
                        .build()));
        fire(Newer.retrieved(context));
        assertThat(completed().timing().phases()).containsExactly(new Timing.Phase("retrieval", 10_000_000, 0, 0));
    }

    @Test
    void a_tool_that_failed_is_no_success() {
        ToolExecutionRequest request = ToolExecutionRequest.builder()
                .id("call_1")
                .name("weather")
                .arguments("{}")
                .build();
        fire(started());
        fire(AiServiceResponseReceivedEvent.builder()
                .invocationContext(context)
                .request(ChatRequest.builder()
                        .messages(UserMessage.from("Paris"))
                        .build())
                .response(ChatResponse.builder()
                        .aiMessage(AiMessage.from(request))
                        .build())
                .build());
        fire(Newer.failed(context, request));
        assertThat(completed().toolCalls())
                .singleElement()
                .satisfies(tool -> assertThat(tool.isSuccess()).isFalse());
    }

    private AiServiceEvent started() {
        return AiServiceStartedEvent.builder()
                .invocationContext(context)
                .userMessage(UserMessage.from("Paris"))
                .build();
    }

    private CallRecord completed() {
        fire(AiServiceCompletedEvent.builder().invocationContext(context).build());
        return seen.onlyRecord();
    }

    private void fire(AiServiceEvent event) {
        listeners.forEach(listener -> fire(listener, event));
    }

    private static <T extends AiServiceEvent> void fire(AiServiceListener<T> listener, AiServiceEvent event) {
        if (listener.getEventClass().isInstance(event)) {
            listener.onEvent(listener.getEventClass().cast(event));
        }
    }

    /** Apart, so that the class above loads without the newer types. */
    private static final class Newer {

        static AiServiceEvent retrieved(InvocationContext context) {
            return RetrievalAugmentedEvent.builder()
                    .invocationContext(context)
                    .chatMessage(UserMessage.from("Paris: sunny"))
                    .contents(List.of(Content.from("sunny")))
                    .build();
        }

        static AiServiceEvent failed(InvocationContext context, ToolExecutionRequest request) {
            return ToolExecutedEvent.builder()
                    .invocationContext(context)
                    .request(request)
                    .resultText("no such city")
                    .isError(true)
                    .build();
        }
    }
}
