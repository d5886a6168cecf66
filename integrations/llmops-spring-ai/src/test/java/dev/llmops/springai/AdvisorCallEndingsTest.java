package dev.llmops.springai;

import dev.llmops.core.LlmOps;
import dev.llmops.endings.Application;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.endings.Transcript;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;

class AdvisorCallEndingsTest extends EndingsTable {

    @Override
    protected String row() {
        return "Spring AI, advisor, call";
    }

    @Override
    protected Application application() {
        return AdvisorCallEndingsTest::ask;
    }

    @Override
    protected boolean seesTokens(Ending ending) {
        return false;
    }

    @Override
    protected Optional<String> notApplicable(Ending ending) {
        return ending == Ending.NEVER_CONSUMED
                ? Optional.of("a plain answer comes whole, as the result")
                : Optional.empty();
    }

    private static Transcript ask(Ending ending, URI provider, @Nullable LlmOps llmops) {
        Transcript seen = new Transcript();
        OpenAi openAi = new OpenAi(ending, provider);
        ChatClient.Builder client = ChatClient.builder(openAi.model).defaultTools(new OpenAi.Weather());
        if (llmops != null) {
            client.defaultAdvisors(new LlmOpsAdvisor(llmops));
        }
        if (ending.client() == Ending.Client.CANCELS) {
            Thread asking = Thread.currentThread();
            CompletableFuture.delayedExecutor(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(asking::interrupt);
        }
        try {
            String answer = client.build().prompt().user("Count").call().content();
            seen.item(String.valueOf(answer)).completed();
        } catch (RuntimeException e) {
            seen.error(e);
        }
        seen.saw("interrupted " + Thread.interrupted());
        return seen.framework(openAi.words());
    }
}
