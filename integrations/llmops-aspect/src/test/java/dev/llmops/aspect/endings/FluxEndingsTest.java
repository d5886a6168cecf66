package dev.llmops.aspect.endings;

import dev.llmops.core.record.Outcome;
import dev.llmops.endings.Ending;
import java.util.List;

class FluxEndingsTest extends RawChatEndings {

    @Override
    protected String row() {
        return "@LlmObserved, Flux";
    }

    /** Without a subscription there is no request, and no call. */
    @Override
    protected List<Outcome> outcomes(Ending ending) {
        return ending == Ending.NEVER_CONSUMED ? List.of() : super.outcomes(ending);
    }

    @Override
    void read(Turn turn, RawChat chat, String message) {
        FluxReading.read(turn, chat.flux(message));
    }
}
