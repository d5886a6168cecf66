package dev.llmops.springai;

import dev.llmops.core.LlmOps;
import dev.llmops.endings.Ending;
import dev.llmops.endings.ScrapeEndpoint;
import dev.llmops.endings.ScriptedProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;

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
        ChatModel model = new OpenAi(Ending.COMPLETE, provider.uri()).model;
        ChatClient client = ChatClient.builder(model)
                .defaultAdvisors(new LlmOpsAdvisor(llmops))
                .build();
        client.prompt("Count to four").stream()
                .content()
                .doOnNext(System.out::print)
                .blockLast();
        metrics.assertFirstSeries("gpt-4o");
    }
}
