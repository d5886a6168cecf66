package dev.llmops.aspect.endings;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.response.ResponseReaders;
import dev.llmops.core.response.ServerSentEvent;
import dev.llmops.endings.Application;
import dev.llmops.endings.Ending;
import dev.llmops.endings.EndingsTable;
import dev.llmops.reactor.LlmReactor;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

class ReactorEndingsTest extends EndingsTable {

    @Override
    protected String row() {
        return "llmops-reactor, Flux";
    }

    /** Without a subscription there is no request, and no call. */
    @Override
    protected List<Outcome> outcomes(Ending ending) {
        return ending == Ending.NEVER_CONSUMED ? List.of() : super.outcomes(ending);
    }

    @Override
    protected Application application() {
        return (ending, provider, llmops) -> {
            RawChat chat = new RawChat(provider);
            return Turn.ask(ending, (turn, message) -> FluxReading.read(turn, observed(chat.flux(message), llmops)));
        };
    }

    private static Flux<ServerSentEvent> observed(Flux<ServerSentEvent> events, @Nullable LlmOps llmops) {
        return llmops == null
                ? events
                : events.transform(LlmReactor.observe(
                        llmops,
                        context -> llmops.call(Operation.CHAT, "openai", "gpt-4o")
                                .deadline(Duration.ofMillis(400))
                                .streaming(true),
                        ResponseReaders.of(llmops.telemetry())));
    }
}
