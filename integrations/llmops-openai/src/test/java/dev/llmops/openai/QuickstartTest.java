package dev.llmops.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.llmops.core.LlmOps;
import dev.llmops.endings.Ending;
import dev.llmops.endings.ScrapeEndpoint;
import dev.llmops.endings.ScriptedProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The section of docs/quickstart.md. */
class QuickstartTest {

    private final ScriptedProvider provider = ScriptedProvider.playing(Ending.COMPLETE);
    private final ScrapeEndpoint metrics = ScrapeEndpoint.start();

    @AfterEach
    void close() {
        System.clearProperty("openai.apiKey");
        System.clearProperty("openai.baseUrl");
        provider.close();
        metrics.close();
    }

    @Test
    void a_streamed_answer_makes_the_first_series() throws Exception {
        System.setProperty("openai.apiKey", "sk-test");
        System.setProperty("openai.baseUrl", provider.uri().resolve("/v1").toString());
        LlmOps llmops = metrics.llmops();
        OpenAIClient client = LlmOpenAi.wrap(llmops, OpenAIOkHttpClient.fromEnv());
        ChatCompletionCreateParams question = ChatCompletionCreateParams.builder()
                .model("gpt-4o")
                .addUserMessage("Count to four")
                .build();
        try (StreamResponse<ChatCompletionChunk> answer =
                client.chat().completions().createStreaming(question)) {
            answer.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .forEach(choice -> choice.delta().content().ifPresent(System.out::print));
        }
        metrics.assertFirstSeries("gpt-4o");
    }
}
