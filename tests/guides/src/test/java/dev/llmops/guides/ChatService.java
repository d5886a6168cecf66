package dev.llmops.guides;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;

/** Answers at once. */
record ChatService(LlmOps llmops) {
    void ask(String question) {
        LlmCall call =
                llmops.call(Operation.CHAT, "openai", "gpt-4o").streaming(true).start();
        call.input(question).chunk(1);
        call.finish("stop");
    }
}
