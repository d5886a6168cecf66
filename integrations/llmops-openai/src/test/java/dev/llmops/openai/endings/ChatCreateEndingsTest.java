package dev.llmops.openai.endings;

import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.llmops.core.LlmOps;
import dev.llmops.endings.Application;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.endings.Transcript;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

class ChatCreateEndingsTest extends EndingsTable {

    @Override
    protected String row() {
        return "openai-java, chat completions, whole answer";
    }

    @Override
    protected Application application() {
        return ChatCreateEndingsTest::ask;
    }

    @Override
    protected boolean seesTokens(Ending ending) {
        return false;
    }

    @Override
    protected Optional<String> notApplicable(Ending ending) {
        return switch (ending) {
            case CANCEL_BEFORE_FIRST_TOKEN, CANCEL_AFTER_FIRST_TOKEN ->
                Optional.of("a blocking call cannot be cancelled");
            case NEVER_CONSUMED -> Optional.of("a blocking call hands over its answer");
            default -> Optional.empty();
        };
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
        try {
            ChatCompletion answer = client.withOptions(options -> options.maxRetries(ending == Ending.RETRY ? 2 : 0))
                    .chat()
                    .completions()
                    .create(question, Clients.options(ending));
            answer.choices()
                    .forEach(choice -> seen.item(choice.message().content().orElse("tool")));
            seen.completed();
        } catch (RuntimeException e) {
            seen.error(e);
        }
    }
}
