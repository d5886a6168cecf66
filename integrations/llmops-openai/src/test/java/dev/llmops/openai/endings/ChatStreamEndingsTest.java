package dev.llmops.openai.endings;

import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.llmops.core.LlmOps;
import dev.llmops.endings.Application;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.endings.Transcript;
import java.net.URI;
import org.jspecify.annotations.Nullable;

class ChatStreamEndingsTest extends EndingsTable {

    @Override
    protected String row() {
        return "openai-java, chat completions, synchronous stream";
    }

    @Override
    protected Application application() {
        return ChatStreamEndingsTest::ask;
    }

    private static Transcript ask(Ending ending, URI provider, @Nullable LlmOps llmops) {
        OpenAIClient client = Clients.client(provider, llmops);
        Transcript seen = new Transcript();
        ask(ending, client, Questions.chat(), seen);
        if (ending == Ending.TOOL_ROUND_TRIP) {
            ask(ending, client, Questions.chatWithResult(), seen);
        }
        return seen;
    }

    private static void ask(Ending ending, OpenAIClient client, ChatCompletionCreateParams question, Transcript seen) {
        SyncStream.read(
                ending,
                client.chat().completions().createStreaming(question, Clients.options(ending)),
                seen,
                ChatStreamEndingsTest::show);
    }

    static boolean show(ChatCompletionChunk chunk, Transcript seen) {
        chunk.choices().forEach(choice -> {
            choice.delta().content().filter(text -> !text.isEmpty()).ifPresent(seen::item);
            choice.delta().toolCalls().ifPresent(tools -> seen.saw("tool " + tools.size()));
        });
        return chunk.choices().stream()
                .anyMatch(choice ->
                        choice.delta().content().filter(text -> !text.isEmpty()).isPresent());
    }
}
