package dev.llmops.anthropic.endings;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Outcome;
import dev.llmops.endings.Application;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.endings.Transcript;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

class MessageStreamEndingsTest extends EndingsTable {

    @Override
    protected String row() {
        return "anthropic-java, messages, synchronous stream";
    }

    /** The client passes over data without an event's name, and goes on with the answer. */
    @Override
    protected List<Outcome> outcomes(Ending ending) {
        return ending == Ending.MALFORMED_CHUNK ? List.of(Outcome.COMPLETED) : super.outcomes(ending);
    }

    @Override
    protected boolean seesTokens(Ending ending) {
        return ending != Ending.MALFORMED_CHUNK;
    }

    @Override
    protected Application application() {
        return MessageStreamEndingsTest::ask;
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
        SyncStream.read(
                ending,
                client.messages().createStreaming(question, Clients.options(ending)),
                seen,
                MessageStreamEndingsTest::show);
    }

    static boolean show(RawMessageStreamEvent event, Transcript seen) {
        event.contentBlockDelta().flatMap(delta -> delta.delta().text()).ifPresent(text -> seen.item(text.text()));
        event.contentBlockStart()
                .flatMap(start -> start.contentBlock().toolUse())
                .ifPresent(tool -> seen.saw("tool " + tool.name()));
        return event.contentBlockDelta().isPresent();
    }
}
