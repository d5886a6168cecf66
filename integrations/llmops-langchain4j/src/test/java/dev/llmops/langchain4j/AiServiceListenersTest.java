package dev.llmops.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.llmops.core.LlmOps;
import dev.llmops.core.context.CallFacts;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.ToolCall;
import dev.llmops.core.record.UsageKind;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.endings.Answer;
import dev.llmops.endings.Ending;
import dev.llmops.endings.ScriptedProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AiServiceListenersTest {

    interface Assistant {
        String chat(
                @MemoryId String memory,
                @dev.langchain4j.service.UserMessage String question,
                InvocationParameters parameters);
    }

    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops =
            LlmOps.builder().detectVersions(false).listener(seen).build();

    @AfterEach
    void close() {
        llmops.close();
    }

    private String ask(Ending ending, ContentRetriever retriever) {
        try (ScriptedProvider provider = ScriptedProvider.playing(ending)) {
            Assistant assistant = AiServices.builder(Assistant.class)
                    .chatModel(LlmLangChain4j.observe(llmops, Models.plain(ending, provider.uri())))
                    .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(10))
                    .contentRetriever(LlmLangChain4j.observe(llmops, retriever))
                    .tools(new Models.Weather())
                    .registerListeners(LlmLangChain4j.aiServiceListeners(llmops))
                    .build();
            return assistant.chat(
                    "chat-1",
                    "Count",
                    InvocationParameters.from(Map.of(CallFacts.USER, "u1", CallFacts.TENANT, "acme")));
        }
    }

    private String ask(Ending ending) {
        return ask(ending, query -> List.of(Content.from("Paris is sunny")));
    }

    private CallRecord agent() {
        return seen.records().stream()
                .filter(record -> record.info().operation().equals(Operation.INVOKE_AGENT))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void an_invocation_is_a_call_of_its_own_around_those_of_the_model() {
        assertThat(ask(Ending.TOOL_ROUND_TRIP)).isEqualTo(Answer.TEXT);

        assertThat(seen.records())
                .extracting(record -> record.info().operation())
                .containsExactly(Operation.CHAT, Operation.CHAT, Operation.INVOKE_AGENT);
        assertThat(agent().outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(agent().info().requestModel()).isEqualTo(Answer.OPENAI_MODEL);
    }

    @Test
    void the_invocation_has_the_tools_and_the_retrieval() {
        ask(Ending.TOOL_ROUND_TRIP);

        assertThat(agent().toolCalls()).extracting(ToolCall::name).containsExactly(Answer.TOOL);
        assertThat(agent().timing().phases()).extracting(Timing.Phase::name).containsExactly("retrieval");
    }

    @Test
    void the_tokens_are_those_of_the_calls_of_the_model_alone() {
        ask(Ending.COMPLETE);

        assertThat(agent().usage().inputTokens()).hasValue(0);
        assertThat(agent().usage().count(UsageKind.REQUESTS)).isZero();
    }

    @Test
    void all_calls_have_the_user_tenant_conversation_and_feature_of_the_invocation() {
        ask(Ending.TOOL_ROUND_TRIP);

        assertThat(seen.records()).hasSize(3).allSatisfy(record -> {
            assertThat(record.info().user()).isEqualTo("u1");
            assertThat(record.info().tenant()).isEqualTo("acme");
            assertThat(record.info().conversationId()).isEqualTo("chat-1");
            assertThat(record.info().feature()).isEqualTo("Assistant.chat");
        });
    }

    @Test
    void an_invocation_fails_with_its_model() {
        assertThatThrownBy(() -> ask(Ending.CONNECTION_DROP)).isInstanceOf(RuntimeException.class);

        assertThat(seen.records()).extracting(CallRecord::outcome).containsExactly(Outcome.FAILED, Outcome.FAILED);
    }

    @Test
    void a_search_that_fails_fails_the_invocation() {
        ContentRetriever broken = query -> {
            throw new IllegalStateException("no index");
        };

        assertThatThrownBy(() -> ask(Ending.COMPLETE, broken)).isInstanceOf(IllegalStateException.class);

        assertThat(agent().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_request_on_the_thread_of_an_invocation_that_is_over_is_not_part_of_it() {
        ask(Ending.COMPLETE);

        try (ScriptedProvider provider = ScriptedProvider.playing(Ending.COMPLETE)) {
            LlmLangChain4j.observe(llmops, Models.plain(Ending.COMPLETE, provider.uri()))
                    .chat(UserMessage.from("Count"));
        }

        assertThat(seen.records().get(2).info().user()).isNull();
    }
}
