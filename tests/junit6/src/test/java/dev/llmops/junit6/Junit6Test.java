package dev.llmops.junit6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.test.SloRun;
import dev.llmops.test.SloTest;
import dev.llmops.test.WithCaptures;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** What llmops-test promises, kept on JUnit 6. */
class Junit6Test {

    /** Run by the engine test kit only: its name keeps it out of the build's own search. */
    static class Example {

        @SloTest(objectives = "objectives.yml")
        void quick(SloRun run) {
            answers(run, 100, 100);
        }

        @SloTest(objectives = "objectives.yml")
        void slow(SloRun run) {
            answers(run, 100, 900);
        }

        @SloTest(objectives = "objectives.yml")
        void scant(SloRun run) {
            answers(run, 3, 100);
        }

        @SloTest(objectives = "objectives.yml")
        void without_a_run() {}
    }

    private static void answers(LlmListener listener, int count, int timeToFirstTokenMillis) {
        FakeTicker ticker = new FakeTicker();
        LlmOps llmops = LlmOps.builder()
                .ticker(ticker)
                .clock(ticker.clock())
                .listener(listener)
                .build();
        for (int i = 0; i < count; i++) {
            LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                    .streaming(true)
                    .start();
            ticker.advanceMillis(timeToFirstTokenMillis);
            call.chunk(1);
            call.finish("stop");
        }
    }

    private static Events run() {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Example.class))
                .execute()
                .testEvents();
    }

    @Test
    void junit_6_runs_this() {
        assertThat(Test.class.getPackage().getImplementationVersion()).startsWith("6.");
    }

    @Test
    void traffic_that_meets_the_objectives_passes() {
        run().assertThatEvents().haveExactly(1, event(test("quick"), finishedSuccessfully()));
    }

    @Test
    void traffic_that_does_not_fails_with_objective_value_and_offenders() {
        run().assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("slow"),
                                finishedWithFailure(
                                        message(text -> text.contains("ttft BREACHED") && text.contains("worst: ")))));
    }

    @Test
    void too_little_traffic_and_no_traffic_at_all_fail() {
        run().assertThatEvents()
                .haveExactly(
                        1,
                        event(test("scant"), finishedWithFailure(message(text -> text.contains("INSUFFICIENT_DATA")))))
                .haveExactly(
                        1,
                        event(
                                test("without_a_run"),
                                finishedWithFailure(
                                        message(text -> text.contains("has no parameter of type SloRun")))));
    }

    @Test
    void every_test_leaves_its_report() throws Exception {
        Path report = Path.of("target/llmops/dev.llmops.junit6.Junit6Test_Example.slow.html");
        Files.deleteIfExists(report);
        run();
        assertThat(report).content().contains("BREACHED", "<svg", "900 ms");
    }

    @Test
    @WithCaptures
    void calls_are_captured_where_logs_and_spans_cannot_be(RecordingListener calls) {
        assertThatThrownBy(() -> Class.forName("dev.llmops.logging.CallLog"))
                .isInstanceOf(ClassNotFoundException.class);
        answers(calls, 1, 100);
        assertThat(calls.onlyRecord().timing().timeToFirstTokenNanos()).hasValue(100_000_000);
    }
}
