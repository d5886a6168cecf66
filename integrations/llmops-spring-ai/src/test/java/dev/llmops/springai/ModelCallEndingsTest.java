package dev.llmops.springai;

import dev.llmops.core.LlmOps;
import dev.llmops.endings.Application;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.endings.Transcript;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.support.ToolCallbacks;

class ModelCallEndingsTest extends EndingsTable {

    @Override
    protected String row() {
        return "Spring AI, chat model, call";
    }

    @Override
    protected Application application() {
        return ModelCallEndingsTest::ask;
    }

    @Override
    protected boolean seesTokens(Ending ending) {
        return false;
    }

    @Override
    protected Optional<String> notApplicable(Ending ending) {
        return AdvisorCallEndingsTest.impossible(ending);
    }

    private static Transcript ask(Ending ending, URI provider, @Nullable LlmOps llmops) {
        OpenAiChatOptions.Builder options = AdvisorCallEndingsTest.options(ending, provider);
        OpenAi openAi = new OpenAi(options);
        ChatModel model = llmops == null ? openAi.model : LlmSpringAi.observe(llmops, openAi.model);
        OpenAiChatOptions withTool = options.build()
                .mutate()
                .toolCallbacks(ToolCallbacks.from(new OpenAi.Weather()))
                .build();
        Transcript seen = new Transcript();
        try {
            seen.item(answer(model, new Prompt("Count", withTool))).completed();
        } catch (RuntimeException e) {
            seen.error(AdvisorCallEndingsTest.comparable(ending, e));
        }
        return seen.framework(openAi.words());
    }

    /** Asks, runs the tools that the model asks for, and asks again. */
    private static String answer(ChatModel model, Prompt prompt) {
        ChatResponse response = model.call(prompt);
        return response.hasToolCalls()
                ? answer(model, ModelStreamEndingsTest.withResults(prompt, response))
                : ModelStreamEndingsTest.text(response);
    }
}
