package dev.llmops.springai;

import dev.llmops.core.LlmOps;
import dev.llmops.endings.Application;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.endings.Transcript;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.openai.OpenAiChatOptions;

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
        return impossible(ending);
    }

    static Optional<String> impossible(Ending ending) {
        return switch (ending) {
            case NEVER_CONSUMED -> Optional.of("a plain answer comes whole, as the result");
            case CANCEL_BEFORE_FIRST_TOKEN, CANCEL_AFTER_FIRST_TOKEN ->
                Optional.of("Spring AI's client of OpenAI takes no notice of an interrupt");
            case TIMEOUT_AFTER_FIRST_TOKEN -> Optional.of("a plain answer has no first token");
            default -> Optional.empty();
        };
    }

    private static Transcript ask(Ending ending, URI provider, @Nullable LlmOps llmops) {
        Transcript seen = new Transcript();
        OpenAi openAi = new OpenAi(options(ending, provider));
        ChatClient.Builder client = ChatClient.builder(openAi.model).defaultTools(new OpenAi.Weather());
        if (llmops != null) {
            client.defaultAdvisors(new LlmOpsAdvisor(llmops));
        }
        try {
            String answer = client.build().prompt().user("Count").call().content();
            seen.item(String.valueOf(answer)).completed();
        } catch (RuntimeException e) {
            seen.error(comparable(ending, e));
        }
        return seen.framework(openAi.words());
    }

    static OpenAiChatOptions.Builder options(Ending ending, URI provider) {
        OpenAiChatOptions.Builder options = OpenAi.options(ending, provider);
        if (ending.client() == Ending.Client.TIMES_OUT) {
            options.timeout(DEADLINE);
        }
        return options;
    }

    /** How the connection is found closed after a timeout differs from run to run, so its causes are left out. */
    static Throwable comparable(Ending ending, RuntimeException error) {
        return ending.client() == Ending.Client.TIMES_OUT
                ? new IllegalStateException(error.getClass().getName())
                : error;
    }
}
