package dev.llmops.samples.slo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOps;
import dev.llmops.test.SloRun;
import dev.llmops.test.SloTest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

class AnswersTest {

    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    @SloTest(objectives = "objectives.yml")
    void answers_begin_in_time_and_complete(SloRun run) throws InterruptedException {
        try (LlmOps llmops = LlmOps.builder().listener(run).build()) {
            Answers answers = new Answers(llmops, AnswersTest::words);
            run.load(400, 4, i -> assertThat(answers.ask("question " + i)).isEqualTo("It is sunny"));
        }
    }

    private static Stream<String> words(String question) {
        return Stream.of("It", "is", "sunny").peek(word -> LockSupport.parkNanos(DELAY_NANOS));
    }
}
