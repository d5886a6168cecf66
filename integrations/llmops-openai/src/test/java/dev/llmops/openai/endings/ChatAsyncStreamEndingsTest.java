package dev.llmops.openai.endings;

import com.openai.client.OpenAIClient;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.llmops.core.LlmOps;
import dev.llmops.endings.Application;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.endings.Transcript;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

class ChatAsyncStreamEndingsTest extends EndingsTable {

    @Override
    protected String row() {
        return "openai-java, chat completions, asynchronous stream";
    }

    @Override
    protected Application application() {
        return ChatAsyncStreamEndingsTest::ask;
    }

    private static Transcript ask(Ending ending, URI provider, @Nullable LlmOps llmops) throws Exception {
        OpenAIClient client = Clients.client(provider, llmops);
        Transcript seen = new Transcript();
        ask(ending, client, Questions.chat(), seen);
        if (ending == Ending.TOOL_ROUND_TRIP) {
            ask(ending, client, Questions.chatWithResult(), seen);
        }
        return seen;
    }

    private static void ask(Ending ending, OpenAIClient client, ChatCompletionCreateParams question, Transcript seen)
            throws InterruptedException {
        AsyncStreamResponse<ChatCompletionChunk> stream =
                client.async().chat().completions().createStreaming(question, Clients.options(ending));
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

    private static final class Showing implements AsyncStreamResponse.Handler<ChatCompletionChunk> {

        private final Transcript seen;
        private final CountDownLatch ended = new CountDownLatch(1);

        Showing(Transcript seen) {
            this.seen = seen;
        }

        @Override
        public void onNext(ChatCompletionChunk chunk) {
            var unused = ChatStreamEndingsTest.show(chunk, seen);
        }

        @Override
        public void onComplete(Optional<Throwable> error) {
            error.ifPresentOrElse(seen::error, seen::completed);
            ended.countDown();
        }
    }
}
