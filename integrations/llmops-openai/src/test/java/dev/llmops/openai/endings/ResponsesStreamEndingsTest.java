package dev.llmops.openai.endings;

import com.openai.client.OpenAIClient;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import dev.llmops.core.LlmOps;
import dev.llmops.endings.Application;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.endings.Transcript;
import java.net.URI;
import org.jspecify.annotations.Nullable;

class ResponsesStreamEndingsTest extends EndingsTable {

    @Override
    protected String row() {
        return "openai-java, responses, synchronous stream";
    }

    @Override
    protected Application application() {
        return ResponsesStreamEndingsTest::ask;
    }

    private static Transcript ask(Ending ending, URI provider, @Nullable LlmOps llmops) {
        OpenAIClient client = Clients.client(provider, llmops);
        Transcript seen = new Transcript();
        ask(ending, client, Questions.response(), seen);
        if (ending == Ending.TOOL_ROUND_TRIP) {
            ask(ending, client, Questions.responseWithResult(), seen);
        }
        return seen;
    }

    private static void ask(Ending ending, OpenAIClient client, ResponseCreateParams question, Transcript seen) {
        SyncStream.read(
                ending,
                client.responses().createStreaming(question, Clients.options(ending)),
                seen,
                ResponsesStreamEndingsTest::show);
    }

    private static boolean show(ResponseStreamEvent event, Transcript seen) {
        event.outputTextDelta().ifPresent(delta -> seen.item(delta.delta()));
        event.outputItemDone()
                .flatMap(done -> done.item().functionCall())
                .ifPresent(tool -> seen.saw("tool " + tool.name()));
        event.error().ifPresent(error -> seen.saw("error event " + error.message()));
        return event.isOutputTextDelta();
    }
}
