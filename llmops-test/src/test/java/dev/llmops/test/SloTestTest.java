package dev.llmops.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

class SloTestTest {

    /** Run by the engine test kit only: its name keeps it out of the build's own search. */
    static class Example {

        @SloTest(objectives = "objectives.yml")
        void quick(SloRun run) {
            new Traffic(run).answers(100, 100);
        }

        @SloTest(objectives = "objectives.yml")
        void slow(SloRun run) {
            new Traffic(run).answers(100, 900);
        }

        @SloTest(objectives = "objectives.yml")
        void scant(SloRun run) {
            new Traffic(run).answers(3, 100);
        }

        @SloTest(objectives = "objectives.yml", insufficientData = InsufficientData.JUDGE_BY_OBSERVED_RATIO)
        void scant_but_lenient(SloRun run) {
            new Traffic(run).answers(3, 100);
        }

        @SloTest(objectives = "objectives.yml")
        void broken(SloRun run) {
            throw new IllegalStateException("no service");
        }

        @SloTest(objectives = "objectives.yml")
        void without_a_run() {}

        @SloTest(objectives = "nowhere.yml")
        void without_objectives(SloRun run) {}
    }

    private static Events run(String method) {
        return run(method, "dev.llmops.test.SloRun");
    }

    private static Events run(String method, String parameterTypes) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Example.class, method, parameterTypes))
                .execute()
                .testEvents();
    }

    private static Condition<Event> failure(String text) {
        return event(finishedWithFailure(message(actual -> actual.contains(text))));
    }

    @Test
    void traffic_that_meets_the_objectives_passes() {
        run("quick").assertStatistics(stats -> stats.succeeded(1));
    }

    @Test
    void traffic_that_does_not_fails_with_the_objective() {
        run("slow").assertThatEvents().haveExactly(1, failure("ttft BREACHED"));
    }

    @Test
    void too_little_traffic_fails_unless_the_test_says_otherwise() {
        run("scant").assertThatEvents().haveExactly(1, failure("INSUFFICIENT_DATA"));
        run("scant_but_lenient").assertStatistics(stats -> stats.succeeded(1));
    }

    @Test
    void a_test_that_throws_fails_with_what_it_threw() {
        run("broken").assertThatEvents().haveExactly(1, failure("no service"));
    }

    @Test
    void a_test_that_takes_no_run_is_told_so() {
        run("without_a_run", "").assertThatEvents().haveExactly(1, failure("must take a SloRun"));
    }

    @Test
    void a_missing_file_is_named() {
        run("without_objectives").assertThatEvents().haveExactly(1, failure("there is no 'nowhere.yml' in either"));
    }

    @Test
    void every_test_leaves_a_self_contained_report() throws Exception {
        Path report = Path.of("target/llmops/Example.slow.html");
        Files.deleteIfExists(report);
        run("slow");
        assertThat(report)
                .content()
                .contains("BREACHED", "<svg", "Worst offenders", "900.0 ms")
                .doesNotContain("<script", "http:", "https:");
    }
}
