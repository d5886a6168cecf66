package dev.llmops.aspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.aspect.service.AnswerService;
import dev.llmops.aspect.service.Answers;
import dev.llmops.core.LlmOps;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.RecordingListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for each way in which the annotations take effect. */
abstract class WeavingContract {

    final RecordingListener seen = new RecordingListener();
    final LlmOps llmops = Scenario.observing(seen);

    /** Returns a service whose annotations take effect. */
    abstract Answers observed(LlmOps llmops) throws Exception;

    @ParameterizedTest
    @EnumSource
    void each_answer_is_recorded_by_its_own_end(Scenario scenario) throws Exception {
        Object answer = scenario.run(observed(llmops));
        assertThat(answer).isEqualTo(scenario.run(new AnswerService()));
        assertThat(Scenario.text(seen)).isEqualTo(scenario.recorded());
        assertThat(llmops.activeCalls()).isZero();
        assertThat(llmops.currentCall()).isEmpty();
        assertThat(llmops.telemetry().values(Telemetry.Kind.FAILURES)).isEmpty();
    }
}
