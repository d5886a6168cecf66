package dev.llmops.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
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
        System.clearProperty("anthropic.apiKey");
        System.clearProperty("anthropic.baseUrl");
        provider.close();
        metrics.close();
    }

    @Test
    void a_streamed_answer_makes_the_first_series() throws Exception {
        System.setProperty("anthropic.apiKey", "sk-test");
        System.setProperty("anthropic.baseUrl", provider.uri().toString());
        LlmOps llmops = metrics.llmops();
        AnthropicClient client = LlmAnthropic.wrap(llmops, AnthropicOkHttpClient.fromEnv());
        MessageCreateParams question = MessageCreateParams.builder()
                .model("claude-sonnet-4-5")
                .maxTokens(100)
                .addUserMessage("Count to four")
                .build();
        try (StreamResponse<RawMessageStreamEvent> answer = client.messages().createStreaming(question)) {
            answer.stream()
                    .flatMap(event -> event.contentBlockDelta().stream())
                    .flatMap(block -> block.delta().text().stream())
                    .forEach(text -> System.out.print(text.text()));
        }
        metrics.assertFirstSeries("claude-sonnet-4-5");
    }
}
