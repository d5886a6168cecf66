package dev.llmops.langchain4j;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.llmops.endings.Answer;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** LangChain4j's models of OpenAI's module, against a scripted provider. */
final class Models {

    private Models() {}

    static OpenAiStreamingChatModel streaming(URI provider, ChatModelListener... listeners) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(provider.resolve("/v1").toString())
                .apiKey("key")
                .modelName(Answer.OPENAI_MODEL)
                .listeners(List.of(listeners))
                .build();
    }

    static OpenAiChatModel plain(Ending ending, URI provider, ChatModelListener... listeners) {
        return OpenAiChatModel.builder()
                .baseUrl(provider.resolve("/v1").toString())
                .apiKey("key")
                .modelName(Answer.OPENAI_MODEL)
                .timeout(ending.client() == Ending.Client.TIMES_OUT ? EndingsTable.DEADLINE : Duration.ofSeconds(30))
                .maxRetries(ending == Ending.RETRY ? 1 : 0)
                .listeners(List.of(listeners))
                .build();
    }

    /** The tool that the provider's script asks for. */
    static final class Weather {

        @Tool(name = Answer.TOOL, value = "Tells the weather")
        String weather(String city) {
            return "sunny";
        }
    }
}
