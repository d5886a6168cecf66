package dev.llmops.langchain4j;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.llmops.core.LlmOps;
import dev.llmops.endings.Ending;
import dev.llmops.endings.ScrapeEndpoint;
import dev.llmops.endings.ScriptedProvider;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The section of docs/quickstart.md. */
class QuickstartTest {

    private final ScriptedProvider provider = ScriptedProvider.playing(Ending.COMPLETE);
    private final ScrapeEndpoint metrics = ScrapeEndpoint.start();

    @AfterEach
    void close() {
        provider.close();
        metrics.close();
    }

    @Test
    void a_streamed_answer_makes_the_first_series() throws Exception {
        LlmOps llmops = metrics.llmops();
        String baseUrl = provider.uri().resolve("/v1").toString();
        String apiKey = "sk-test";
        StreamingChatModel model = LlmLangChain4j.observe(
                llmops,
                OpenAiStreamingChatModel.builder()
                        .baseUrl(baseUrl)
                        .apiKey(apiKey)
                        .modelName("gpt-4o")
                        .build());
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        model.chat("Count to four", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String text) {
                System.out.print(text);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        whole.join();
        metrics.assertFirstSeries("gpt-4o");
    }
}
