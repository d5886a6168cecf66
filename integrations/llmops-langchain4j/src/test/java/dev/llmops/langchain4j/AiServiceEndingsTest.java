package dev.llmops.langchain4j;

import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.llmops.core.LlmOps;
import dev.llmops.core.context.CallFacts;
import dev.llmops.core.record.Outcome;
import dev.llmops.endings.Application;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.endings.Transcript;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The calls of an AI service's model. Its invocations are measured by an {@code LlmOps} of their own here. */
class AiServiceEndingsTest extends EndingsTable {

    interface Assistant {
        TokenStream chat(@UserMessage String question, InvocationParameters parameters);
    }

    @Override
    protected String row() {
        return "LangChain4j, AI service with a token stream";
    }

    @Override
    protected Application application() {
        return AiServiceEndingsTest::ask;
    }

    @Override
    protected Optional<String> notApplicable(Ending ending) {
        return switch (ending) {
            case CANCEL_BEFORE_FIRST_TOKEN -> Optional.of("LangChain4j gives no handle before the first token");
            case TIMEOUT_BEFORE_FIRST_TOKEN ->
                Optional.of("LangChain4j gives no handle before the first token, and its timeout ends at the headers");
            case RETRY -> Optional.of("streaming models of LangChain4j do not retry");
            default -> Optional.empty();
        };
    }

    @Override
    protected List<Outcome> outcomes(Ending ending) {
        // A token stream asks when it is started.
        return ending == Ending.NEVER_CONSUMED ? List.of() : super.outcomes(ending);
    }

    private static Transcript ask(Ending ending, URI provider, @Nullable LlmOps llmops) throws Exception {
        Transcript seen = new Transcript();
        ListenerWords words = new ListenerWords();
        StreamingChatModel bare = Models.streaming(provider, words);
        AiServices<Assistant> services = AiServices.builder(Assistant.class).tools(new Models.Weather());
        if (llmops == null) {
            services.streamingChatModel(bare);
            stream(ending, services.build(), seen);
        } else {
            try (LlmOps invocations = LlmOps.builder().detectVersions(false).build()) {
                services.streamingChatModel(LlmLangChain4j.observe(llmops, bare))
                        .registerListeners(LlmLangChain4j.aiServiceListeners(invocations));
                stream(ending, services.build(), seen);
            }
        }
        return seen.framework(words.toString());
    }

    private static void stream(Ending ending, Assistant assistant, Transcript seen) throws Exception {
        CompletableFuture<Void> end = new CompletableFuture<>();
        // After that the application does not listen: the closed connection may be reported from another thread.
        AtomicBoolean gaveUp = new AtomicBoolean();
        TokenStream stream = assistant
                .chat("Count", InvocationParameters.from(CallFacts.DEADLINE, DEADLINE))
                .onPartialResponseWithContext((response, context) -> {
                    seen.item(response.text());
                    stop(ending, response, () -> {
                        gaveUp.set(true);
                        context.streamingHandle().cancel();
                        seen.saw("cancelled");
                        end.complete(null);
                    });
                })
                .onToolExecuted(tool -> seen.saw("tool " + tool.request().name()))
                .onCompleteResponse(response -> {
                    if (!gaveUp.get() && !end.isDone()) {
                        seen.completed();
                        end.complete(null);
                    }
                })
                .onError(error -> {
                    if (!gaveUp.get() && !end.isDone()) {
                        seen.error(error);
                        end.complete(null);
                    }
                });
        if (ending.client() != Ending.Client.IGNORES) {
            stream.start();
            end.get(10, TimeUnit.SECONDS);
        }
    }

    private static void stop(Ending ending, PartialResponse response, Runnable cancel) {
        boolean isSecond = response.text().equals(" two");
        if (isSecond && ending.client() == Ending.Client.CANCELS) {
            cancel.run();
        } else if (isSecond && ending.client() == Ending.Client.TIMES_OUT) {
            CompletableFuture.delayedExecutor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(cancel);
        }
    }
}
