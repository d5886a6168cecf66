package dev.llmops.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.FakeTicker;
import java.time.Duration;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventJoinerTest {

    private final Rig rig = new Rig(builder -> builder.recentCalls(3, Duration.ofMinutes(10)));

    private CallInfo ended(String requestId) {
        rig.call().requestId(requestId).tenant("acme").start().finish();
        return rig.seen.records().get(rig.seen.records().size() - 1).info();
    }

    private boolean thumbsUp(String id) {
        return rig.llmops.feedback(id, LlmEvent.Verdict.UP, null);
    }

    @Test
    void feedback_joins_its_call_by_request_id_or_by_call_id() {
        CallInfo call = ended("r1");
        rig.ticker.advanceMillis(500);
        assertThat(rig.llmops.feedback("r1", LlmEvent.Verdict.DOWN, "wrong city"))
                .isTrue();
        assertThat(thumbsUp(call.callId().toString())).isTrue();
        assertThat(rig.seen.events())
                .containsExactly(
                        new LlmEvent.Feedback(
                                call, FakeTicker.START.plusMillis(500), LlmEvent.Verdict.DOWN, "wrong city"),
                        new LlmEvent.Feedback(call, FakeTicker.START.plusMillis(500), LlmEvent.Verdict.UP, null));
    }

    @Test
    void scores_refusals_and_risks_join_their_call() {
        CallInfo call = ended("r1");
        RiskFinding leak = new RiskFinding("leak", "reported", null);
        assertThat(rig.llmops.evaluation("r1", "faithfulness", 0.9, "pass", "cites its sources"))
                .isTrue();
        assertThat(rig.llmops.refusal("r1", "policy")).isTrue();
        assertThat(rig.llmops.risk("r1", leak)).isTrue();
        assertThat(rig.seen.events())
                .containsExactly(
                        new LlmEvent.Evaluation(
                                call, FakeTicker.START, "faithfulness", 0.9, "pass", "cites its sources"),
                        new LlmEvent.Refusal(call, FakeTicker.START, "policy"),
                        new LlmEvent.Risk(call, FakeTicker.START, leak));
    }

    @Test
    void a_call_that_ended_lately_is_found_by_either_id() {
        CallInfo call = ended("r1");
        assertThat(rig.llmops.recentCall("r1")).containsSame(call);
        assertThat(rig.llmops.recentCall(call.callId().toString())).containsSame(call);
        assertThat(rig.llmops.recentCall("r2")).isEmpty();
    }

    @Test
    void judgements_name_their_source_and_scores_their_evaluator() {
        CallInfo call = ended("r1");
        assertThat(rig.llmops.feedback("r1", LlmEvent.Verdict.DOWN, null, "reviewer", "7"))
                .isTrue();
        assertThat(rig.llmops.evaluation("r1", "tone", 0.5, null, null, "tone-judge@2"))
                .isTrue();
        assertThat(rig.seen.events())
                .containsExactly(
                        new LlmEvent.Feedback(call, FakeTicker.START, LlmEvent.Verdict.DOWN, null, "reviewer", "7"),
                        new LlmEvent.Evaluation(call, FakeTicker.START, "tone", 0.5, null, null, "tone-judge@2"));
    }

    @Test
    void the_source_of_a_judgement_is_the_user_unless_stated() {
        ended("r1");
        rig.llmops.feedback("r1", LlmEvent.Verdict.UP, null);
        rig.llmops.feedback("r1", LlmEvent.Verdict.UP, null, " ", null);
        assertThat(rig.seen.events())
                .extracting(event -> ((LlmEvent.Feedback) event).source())
                .containsExactly("user", "unknown");
    }

    @Test
    void a_call_of_another_purpose_says_so() {
        rig.llmops
                .call(Operation.CHAT, "openai", "gpt-4o")
                .purpose("judge")
                .start()
                .finish();
        assertThat(rig.seen.onlyRecord().info().purpose()).isEqualTo("judge");
    }

    /** Enriches refusals alone. */
    private static CallEnricher onRefusal(UnaryOperator<LlmEvent.Refusal> step) {
        return new CallEnricher() {
            @Override
            public CallRecord enrich(CallRecord record) {
                return record;
            }

            @Override
            public LlmEvent enrich(LlmEvent event) {
                return event instanceof LlmEvent.Refusal refusal ? step.apply(refusal) : event;
            }
        };
    }

    private static LlmEvent.Refusal because(LlmEvent.Refusal refusal, String reason) {
        return new LlmEvent.Refusal(refusal.call(), refusal.at(), reason);
    }

    @Test
    void listeners_see_what_the_enrichers_made_of_an_event_in_their_order() {
        Rig enriched = new Rig(builder -> builder.enricher(record -> record)
                .enricher(onRefusal(refusal -> because(refusal, refusal.reason() + "-1")))
                .enricher(onRefusal(refusal -> because(refusal, refusal.reason() + "-2"))));
        enriched.call().requestId("r1").start().finish();
        enriched.llmops.refusal("r1", "policy");
        assertThat(enriched.seen.events())
                .containsExactly(
                        new LlmEvent.Refusal(enriched.seen.onlyRecord().info(), FakeTicker.START, "policy-1-2"));
    }

    @Test
    void an_event_goes_on_without_an_enricher_that_fails() {
        Rig failing = new Rig(builder -> builder.enricher(onRefusal(refusal -> {
            throw new IllegalStateException(refusal.reason());
        })));
        failing.call().requestId("r1").start().finish();
        failing.llmops.refusal("r1", "policy");
        assertThat(failing.seen.events()).hasSize(1);
        assertThat(failing.llmops.telemetry().values(Telemetry.Kind.FAILURES)).hasSize(1);
    }

    @Test
    void an_event_of_an_unknown_call_is_not_told_but_counted() {
        assertThat(thumbsUp("nobody")).isFalse();
        assertThat(thumbsUp(UUID.randomUUID().toString())).isFalse();
        assertThat(rig.seen.events()).isEmpty();
        assertThat(rig.dropped("event_of_unknown_call")).isEqualTo(2);
    }

    @Test
    void a_call_under_way_is_not_known_yet() {
        rig.call().requestId("r1").start();
        assertThat(thumbsUp("r1")).isFalse();
    }

    @Test
    void only_the_last_calls_are_known() {
        ended("r1");
        ended("r2");
        ended("r3");
        ended("r4");
        assertThat(thumbsUp("r1")).isFalse();
        assertThat(thumbsUp("r2")).isTrue();
        assertThat(thumbsUp("r4")).isTrue();
    }

    @Test
    void calls_are_forgotten_with_age() {
        ended("r1");
        rig.ticker.advance(Duration.ofMinutes(10).minusNanos(1));
        assertThat(thumbsUp("r1")).isTrue();
        rig.ticker.advance(Duration.ofNanos(1));
        assertThat(thumbsUp("r1")).isFalse();
    }

    @Test
    void of_calls_with_the_same_request_id_the_last_is_meant_even_when_the_first_is_forgotten() {
        ended("same");
        CallInfo last = ended("same");
        ended("r3");
        ended("r4");
        assertThat(thumbsUp("same")).isTrue();
        assertThat(rig.seen.events()).extracting(LlmEvent::call).containsExactly(last);
    }

    @Test
    void a_request_named_after_another_call_does_not_get_its_events() {
        CallInfo victim = ended("r1");
        ended(victim.callId().toString());
        assertThat(thumbsUp(victim.callId().toString())).isTrue();
        assertThat(rig.seen.events()).extracting(LlmEvent::call).containsExactly(victim);
    }

    @Test
    void a_request_id_that_was_cut_is_found_by_the_whole_id() {
        String id = "r".repeat(300);
        assertThat(ended(id).requestId()).hasSize(256);
        assertThat(thumbsUp(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void a_score_that_is_no_number_is_dropped_and_counted(double score) {
        ended("r1");
        assertThat(rig.llmops.evaluation("r1", "faithfulness", score, null, null))
                .isFalse();
        assertThat(rig.dropped("evaluation_not_finite")).isEqualTo(1);
        assertThat(rig.seen.events()).isEmpty();
    }

    @Test
    void without_room_no_call_is_known() {
        Rig small = new Rig(builder -> builder.recentCalls(0, Duration.ofMinutes(1)));
        small.call().requestId("r1").start().finish();
        assertThat(small.llmops.feedback("r1", LlmEvent.Verdict.UP, null)).isFalse();
    }
}
