package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.test.SloRun;
import dev.llmops.test.SloTest;
import dev.llmops.test.WithCaptures;
import org.junit.jupiter.api.Test;

class AnswersTest {

    @SloTest(objectives = "objectives.yml")
    void answers_start_quickly(SloRun run) throws InterruptedException {
        try (LlmOps llmops = LlmOps.builder().listener(run).build()) {
            run.load(400, 2, i -> ask(llmops));
        }
    }

    @Test
    @WithCaptures
    void an_answer_is_recorded(RecordingListener calls) {
        try (LlmOps llmops = LlmOps.builder().listener(calls).build()) {
            ask(llmops);
        }
        assertEquals(Outcome.COMPLETED, calls.onlyRecord().outcome());
    }

    private static void ask(LlmOps llmops) {
        try (LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").streaming(true).start()) {
            call.chunk(1);
            call.finish("stop");
        }
    }
}
