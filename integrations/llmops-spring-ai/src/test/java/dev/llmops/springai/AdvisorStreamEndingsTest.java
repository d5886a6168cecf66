package dev.llmops.springai;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Outcome;
import dev.llmops.endings.Application;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.endings.Transcript;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;

class AdvisorStreamEndingsTest extends EndingsTable {

    @Override
    protected String row() {
        return "Spring AI, advisor, stream";
    }

    @Override
    protected Application application() {
        return AdvisorStreamEndingsTest::ask;
    }

    @Override
    protected List<Outcome> outcomes(Ending ending) {
        // Nothing is asked before the subscription.
        return ending == Ending.NEVER_CONSUMED ? List.of() : super.outcomes(ending);
    }

    private static Transcript ask(Ending ending, URI provider, @Nullable LlmOps llmops) throws Exception {
        Transcript seen = new Transcript();
        OpenAi openAi = new OpenAi(ending, provider);
        ChatClient.Builder client = ChatClient.builder(openAi.model).defaultTools(new OpenAi.Weather());
        if (llmops != null) {
            client.defaultAdvisors(new LlmOpsAdvisor(llmops));
        }
        Reading.read(
                ending,
                seen,
                client.build().prompt().user("Count").advisors(spec -> spec.params(Reading.facts(ending))).stream()
                        .content());
        return seen.framework(openAi.words());
    }
}
