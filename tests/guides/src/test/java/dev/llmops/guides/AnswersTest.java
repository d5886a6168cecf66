package dev.llmops.guides;

import dev.llmops.core.LlmOps;
import dev.llmops.test.SloRun;
import dev.llmops.test.SloTest;

class AnswersTest {

    @SloTest(objectives = "objectives.yml")
    void answers_start_quickly(SloRun run) throws InterruptedException {
        LlmOps llmops = LlmOps.builder().listener(run).build();
        ChatService service = new ChatService(llmops);
        run.load(400, 8, i -> service.ask("question " + i));
    }
}
