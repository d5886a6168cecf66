package dev.llmops.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.Operation;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.version.VersionSet;
import dev.llmops.release.arm.Actor;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.release.arm.SwitchState;
import dev.llmops.release.arm.VersionSwitch;
import dev.llmops.release.compare.Criteria;
import dev.llmops.release.compare.SampleComparison;
import dev.llmops.release.evidence.CacheTerms;
import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.evidence.GateRecorder;
import dev.llmops.release.policy.GatePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs the code of {@code docs/release.md}, word for word. */
class ReleaseGuideTest {

    private static final Path GUIDE = Path.of("../docs/release.md");

    private final FakeTicker ticker = new FakeTicker();
    private final Clock clock = ticker.clock();
    private final VersionSet baseline =
            VersionSet.builder().prompt("support-v12").build();
    private final VersionSet candidate =
            VersionSet.builder().prompt("support-v13").build();
    private LlmOps llmops;
    private VersionSwitch release;

    private static GateProfile lastWeek() {
        return new GateProfile(
                2_000, // conversations an hour
                Map.of("errors", new GateProfile.Rate(.02, 1)), // 2 % bad, all judged
                Map.of("time_to_first_token", 1_800.0), // P95, in milliseconds
                1, // σ of the logarithm of latencies
                List.of(.008, .014, .03), // median, P80 and P95 of the cost of a call
                .01, // its mean
                .008, // its standard deviation
                new CacheTerms(.6, .1, 4));
    }

    private void answer(String conversationId, boolean candidateFails) {
        Assignment assignment = release.assign(conversationId);
        try (LlmCall call = assignment.mark(llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .conversationId(conversationId)
                .versionSet(assignment.versionSet())
                .start())) {
            if (candidateFails && assignment.arm() == Arm.CANDIDATE) {
                call.fail(CallError.of(ErrorKind.OVERLOADED));
            } else {
                call.finish("stop");
            }
        }
    }

    private static GatePolicy policy() throws IOException {
        String guide = Files.readString(GUIDE);
        int start = guide.indexOf("```yaml\n") + "```yaml\n".length();
        return GatePolicy.parse("docs/release.md", guide.substring(start, guide.indexOf("```", start)));
    }

    @Test
    void a_candidate_that_fails_is_rolled_back_as_the_guide_says() throws IOException {
        GatePolicy policy = policy();

        GatePlan plan = GatePlan.of(policy, lastWeek());
        assertThat(plan.canPromote()).isTrue();
        assertThat(Files.readString(GUIDE))
                .contains(plan.explain().lines().findFirst().orElseThrow());

        release = VersionSwitch.builder("support-v13", baseline, candidate)
                .clock(clock)
                .ticker(ticker)
                .build();
        GateRecorder recorder = new GateRecorder("support-v13", policy, lastWeek(), clock, GateRecorder.DEFAULT_CALLS);
        llmops = LlmOps.builder().listener(recorder).clock(clock).ticker(ticker).build();
        GateOperator operator = new GateOperator(policy, release);

        release.controls().start(policy.exposure(policy.stages().get(0)), Actor.person("ada"), "new prompt");

        for (int i = 0; i < 400; i++) {
            answer("conversation-" + i, i % 3 == 0);
        }
        ticker.advance(Duration.ofMinutes(2));

        SwitchState state = release.state().orElseThrow();
        GateDecision decision =
                ReleaseGate.judge(policy, recorder.evidence(), GateSituation.of(state, clock.instant()));
        operator.carryOut(decision, state.revision());

        assertThat(decision.verdict()).isEqualTo(GateDecision.Verdict.ROLL_BACK);
        assertThat(decision.explain()).contains("errors: ROLL_BACK — ");
        assertThat(release.assign("conversation-1").arm()).isEqualTo(Arm.BASELINE);
        assertThat(release.events()).last().extracting("action").isEqualTo(SwitchEvent.Action.ROLL_BACK);
        llmops.close();
        release.close();
    }

    @Test
    void offline_runs_are_compared_as_the_guide_says() throws IOException {
        double[] baseline = {1, 2, 3, 4, 5};
        double[] candidate = {10, 20, 30, 40, 50};

        SampleComparison.Result result = SampleComparison.builder()
                .direction(SampleComparison.Direction.HIGHER)
                .confidence(.95)
                .build()
                .compare(candidate, baseline);
        Criteria criteria = Criteria.anyOf(List.of(List.of("<=+10%", "<600"), List.of("<200")));
        Criteria.Result checked =
                criteria.check(Criteria.Aggregate.P95.of(candidate), Criteria.Aggregate.P95.of(baseline));

        assertThat(Files.readString(GUIDE)).contains("`" + result.explain() + "`");
        assertThat(checked.outcome()).isEqualTo(Criteria.Outcome.MET);
        assertThat(checked.targets()).extracting("value").containsExactly(5.5, 600.0, 200.0);
    }

    @Test
    void the_shipped_policy_is_a_policy() {
        assertThat(GatePolicy.standard().metrics()).isNotEmpty();
    }
}
