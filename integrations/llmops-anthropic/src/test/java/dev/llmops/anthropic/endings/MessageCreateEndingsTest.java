package dev.llmops.anthropic.endings;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.TextBlock;
import dev.llmops.core.LlmOps;
import dev.llmops.endings.Application;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.endings.Transcript;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

class MessageCreateEndingsTest extends EndingsTable {

    @Override
    protected String row() {
        return "anthropic-java, messages, whole answer";
    }

    @Override
    protected Application application() {
        return MessageCreateEndingsTest::ask;
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
        TracingWords tracing = new TracingWords();
        AnthropicClient client = Clients.client(provider, llmops, tracing);
        Transcript seen = new Transcript();
        ask(ending, client, Questions.message(), seen);
        if (ending == Ending.TOOL_ROUND_TRIP) {
            ask(ending, client, Questions.messageWithResult(), seen);
        }
        return llmops == null ? tracing.addTo(seen, ending) : seen;
    }

    private static void ask(Ending ending, AnthropicClient client, MessageCreateParams question, Transcript seen) {
        try {
            Message answer = client.withOptions(options -> options.maxRetries(ending == Ending.RETRY ? 2 : 0))
                    .messages()
                    .create(question, Clients.options(ending));
            answer.content()
                    .forEach(
                            block -> seen.item(block.text().map(TextBlock::text).orElse("tool")));
            seen.completed();
        } catch (RuntimeException e) {
            seen.error(e);
        }
    }
}
