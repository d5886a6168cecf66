package dev.llmops.springai;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Outcome;
import dev.llmops.endings.Application;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.endings.Transcript;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.support.ToolCallbacks;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

class ModelStreamEndingsTest extends EndingsTable {

    private static final ToolCallingManager TOOLS = ToolCallingManager.builder().build();

    @Override
    protected String row() {
        return "Spring AI, chat model, stream";
    }

    @Override
    protected Application application() {
        return ModelStreamEndingsTest::ask;
    }

    @Override
    protected List<Outcome> outcomes(Ending ending) {
        // Nothing is asked before the subscription.
        return ending == Ending.NEVER_CONSUMED ? List.of() : super.outcomes(ending);
    }

    private static Transcript ask(Ending ending, URI provider, @Nullable LlmOps llmops) throws Exception {
        Transcript seen = new Transcript();
        OpenAi openAi = new OpenAi(ending, provider);
        ChatModel model = llmops == null ? openAi.model : LlmSpringAi.observe(llmops, openAi.model);
        OpenAiChatOptions options = OpenAi.options(ending, provider).build();
        options = options.mutate()
                .toolCallbacks(ToolCallbacks.from(new OpenAi.Weather()))
                .build();
        Reading.read(
                ending,
                seen,
                texts(model, new Prompt("Count", options)).contextWrite(Context.of(Reading.facts(ending))));
        return seen.framework(openAi.words());
    }

    /** Asks, runs the tools that the model asks for, and asks again. */
    private static Flux<String> texts(ChatModel model, Prompt prompt) {
        return model.stream(prompt)
                .concatMap(response -> response.hasToolCalls()
                        ? Flux.defer(() -> texts(model, withResults(prompt, response)))
                                .subscribeOn(Schedulers.boundedElastic())
                        : Flux.just(text(response)));
    }

    static Prompt withResults(Prompt prompt, ChatResponse response) {
        return new Prompt(TOOLS.executeToolCalls(prompt, response).conversationHistory(), prompt.getOptions());
    }

    static String text(ChatResponse response) {
        return response.getResult() == null
                ? ""
                : Objects.requireNonNullElse(response.getResult().getOutput().getText(), "");
    }
}
