package dev.llmops.anthropic.endings;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.http.AsyncStreamResponse;
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
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

class MessageAsyncStreamEndingsTest extends EndingsTable {

    @Override
    protected String row() {
        return "anthropic-java, messages, asynchronous stream";
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
        return MessageAsyncStreamEndingsTest::ask;
    }

    private static Transcript ask(Ending ending, URI provider, @Nullable LlmOps llmops) throws Exception {
        TracingWords tracing = new TracingWords();
        AnthropicClient client = Clients.client(provider, llmops, tracing);
        Transcript seen = new Transcript();
        ask(ending, client, Questions.message(), seen);
        if (ending == Ending.TOOL_ROUND_TRIP) {
            ask(ending, client, Questions.messageWithResult(), seen);
        }
        return llmops == null ? tracing.addTo(seen, ending) : seen;
    }

    private static void ask(Ending ending, AnthropicClient client, MessageCreateParams question, Transcript seen)
            throws InterruptedException {
        AsyncStreamResponse<RawMessageStreamEvent> stream =
                client.async().messages().createStreaming(question, Clients.options(ending));
        if (ending.client() == Ending.Client.IGNORES) {
            return;
        }
        Showing showing = new Showing(seen);
        stream.subscribe(showing);
        if (ending.client() == Ending.Client.CANCELS) {
            TimeUnit.MILLISECONDS.sleep(DEADLINE.toMillis());
            stream.close();
        }
        showing.ended.await();
    }

    private static final class Showing implements AsyncStreamResponse.Handler<RawMessageStreamEvent> {

        private final Transcript seen;
        private final CountDownLatch ended = new CountDownLatch(1);

        Showing(Transcript seen) {
            this.seen = seen;
        }

        @Override
        public void onNext(RawMessageStreamEvent chunk) {
            var unused = MessageStreamEndingsTest.show(chunk, seen);
        }

        @Override
        public void onComplete(Optional<Throwable> error) {
            error.ifPresentOrElse(seen::error, seen::completed);
            ended.countDown();
        }
    }
}
