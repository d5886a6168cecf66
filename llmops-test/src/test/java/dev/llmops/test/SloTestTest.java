package dev.llmops.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

class SloTestTest {

    @Retention(RetentionPolicy.RUNTIME)
    @SloTest(objectives = "objectives.yml")
    @interface Strict {}

    /** Run by the engine test kit only: its name keeps it out of the build's own search. */
    static class Example {

        @SloTest(objectives = "objectives.yml")
        void quick(SloRun run) {
            new Traffic(run).answers(100, 100);
        }

        @Strict
        void by_an_annotation_of_its_own(SloRun run) {
            new Traffic(run).answers(100, 900);
        }

        @SloTest(objectives = "objectives.yml")
        void slow(SloRun run) {
            new Traffic(run).answers(100, 900);
        }

        @SloTest(objectives = "objectives.yml")
        void scant(SloRun run) {
            new Traffic(run).answers(3, 100);
        }

        @SloTest(objectives = "objectives.yml", insufficientData = SloTest.InsufficientData.JUDGE_BY_OBSERVED_RATIO)
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
    void an_annotation_that_carries_it_works_too() {
        run("by_an_annotation_of_its_own").assertThatEvents().haveExactly(1, failure("ttft BREACHED"));
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
        run("without_a_run", "").assertThatEvents().haveExactly(1, failure("has no parameter of type SloRun"));
    }

    @Test
    void a_missing_file_is_named() {
        run("without_objectives").assertThatEvents().haveExactly(1, failure("'nowhere.yml' does not exist"));
    }

    private static final Path REPORTS = Path.of("target/llmops");
    private static final Path SLOW = REPORTS.resolve("dev.llmops.test.SloTestTest_Example.slow.html");

    @Test
    void every_test_leaves_a_self_contained_report() throws Exception {
        Files.deleteIfExists(SLOW);
        run("slow");
        assertThat(SLOW)
                .content()
                .contains(
                        "<h1>Example.slow</h1>",
                        "FAILED",
                        "Not met: ttft BREACHED.",
                        "<svg",
                        "Worst offenders",
                        "900 ms")
                .doesNotContain("<script", "http:", "https:");
    }

    @Test
    void a_failure_ends_with_the_path_of_its_report() {
        run("slow").assertThatEvents().haveExactly(1, failure("\n  report: " + SLOW.toUri()));
    }

    @Test
    void an_index_lists_the_reports() {
        run("quick");
        run("slow");
        assertThat(REPORTS.resolve("index.html"))
                .content()
                .contains(">Example.quick</a>", ">Example.slow</a>", "PASSED", "FAILED");
    }

    @Test
    void a_test_that_throws_has_a_failed_report() {
        run("broken");
        assertThat(REPORTS.resolve("dev.llmops.test.SloTestTest_Example.broken.html"))
                .content()
                .contains("FAILED", "The test threw java.lang.IllegalStateException: no service");
    }
}
