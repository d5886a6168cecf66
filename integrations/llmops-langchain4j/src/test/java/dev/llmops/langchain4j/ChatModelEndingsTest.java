package dev.llmops.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.llmops.core.LlmOps;
import dev.llmops.endings.Answer;
import dev.llmops.endings.Application;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.endings.Transcript;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

class ChatModelEndingsTest extends EndingsTable {

    @Override
    protected String row() {
        return "LangChain4j, chat model";
    }

    @Override
    protected Application application() {
        return ChatModelEndingsTest::ask;
    }

    @Override
    protected boolean seesTokens(Ending ending) {
        return false;
    }

    @Override
    protected Optional<String> notApplicable(Ending ending) {
        return ending == Ending.NEVER_CONSUMED
                ? Optional.of("a plain answer comes whole, as the result")
                : Optional.empty();
    }

    private static Transcript ask(Ending ending, URI provider, @Nullable LlmOps llmops) {
        Transcript seen = new Transcript();
        ListenerWords words = new ListenerWords();
        ChatModel bare = Models.plain(ending, provider, words);
        ChatModel model = llmops == null ? bare : LlmLangChain4j.observe(llmops, bare);
        if (ending.client() == Ending.Client.CANCELS) {
            Thread asking = Thread.currentThread();
            CompletableFuture.delayedExecutor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(asking::interrupt);
        }
        try {
            ask(model, seen);
        } catch (RuntimeException e) {
            seen.error(e);
        }
        seen.saw("interrupted " + Thread.interrupted());
        return seen.framework(words.toString());
    }

    private static void ask(ChatModel model, Transcript seen) {
        ChatResponse first = ask(model, List.of(UserMessage.from("Count")));
        if (first.aiMessage().hasToolExecutionRequests()) {
            var request = first.aiMessage().toolExecutionRequests().get(0);
            seen.saw("tool " + request.name());
            first = ask(
                    model,
                    List.of(
                            UserMessage.from("Count"),
                            first.aiMessage(),
                            ToolExecutionResultMessage.from(request, "sunny")));
        }
        seen.item(first.aiMessage().text()).completed();
    }

    private static ChatResponse ask(ChatModel model, List<ChatMessage> messages) {
        return model.chat(ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(
                        ToolSpecification.builder().name(Answer.TOOL).build())
                .build());
    }
}
