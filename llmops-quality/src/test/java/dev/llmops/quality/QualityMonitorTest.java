package dev.llmops.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.core.version.VersionSet;
import dev.llmops.quality.VersionQuality.EvaluationKey;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QualityMonitorTest {

    private static final VersionSet V1 = VersionSet.builder().prompt("v1").build();
    private static final VersionSet V2 = VersionSet.builder().prompt("v2").build();

    private final FakeTicker ticker = new FakeTicker();
    private final QualityMonitor quality = new QualityMonitor(EvaluationDefinition.standard(), ticker.clock());
    private final RecordingListener seen = new RecordingListener();
    private final LlmOps llmops = LlmOps.builder()
            .listener(quality)
            .listener(seen)
            .ticker(ticker)
            .clock(ticker.clock())
            .recentCalls(1_000, Duration.ofDays(7))
            .contentPolicy(ContentPolicy.builder().captureContent(true).build())
            .enricher(new InputCheck())
            .detectVersions(false)
            .build();

    QualityMonitorTest() {
        quality.attach(llmops);
    }

    private LlmCall call(String id, VersionSet versions) {
        return llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .requestId(id)
                .versionSet(versions)
                .start();
    }

    private void answered(String id, VersionSet versions) {
        call(id, versions).finish("stop");
    }

    private VersionQuality of(VersionSet versions) {
        return quality.report().of(versions.id()).orElseThrow();
    }

    @Test
    void a_thumb_counts_for_the_version_that_answered() {
        answered("r1", V1);
        answered("r2", V2);
        assertThat(quality.record(Feedback.thumbs("r1", false))).isTrue();

        assertThat(of(V1).good()).containsEntry(Feedback.Kind.THUMBS, new Rate(0, 1));
        assertThat(of(V1).judged()).isEqualTo(new Rate(1, 1));
        assertThat(of(V2).judged()).isEqualTo(new Rate(0, 1));
    }

    @Test
    void a_thumb_days_later_counts_for_the_version_that_answered_and_as_late() {
        answered("r1", V1);
        ticker.advance(Duration.ofDays(3));
        answered("r2", V2);
        quality.record(Feedback.thumbs("r1", true));

        assertThat(of(V1).good()).containsEntry(Feedback.Kind.THUMBS, new Rate(1, 1));
        assertThat(of(V1).withinHour()).isEqualTo(new Rate(0, 1));
    }

    @Test
    void the_same_thumb_twice_counts_once() {
        answered("r1", V1);
        quality.record(Feedback.thumbs("r1", true));
        quality.record(Feedback.thumbs("r1", true));

        assertThat(of(V1).good()).containsEntry(Feedback.Kind.THUMBS, new Rate(1, 1));
        assertThat(of(V1).withinHour()).isEqualTo(new Rate(1, 1));
    }

    @Test
    void a_thumb_that_changes_replaces_the_former() {
        answered("r1", V1);
        quality.record(Feedback.thumbs("r1", true));
        quality.record(Feedback.thumbs("r1", false));

        assertThat(of(V1).good()).containsEntry(Feedback.Kind.THUMBS, new Rate(0, 1));
    }

    @Test
    void judgements_by_different_people_all_count() {
        answered("r1", V1);
        quality.record(Feedback.thumbs("r1", true).by("reviewer", "a"));
        quality.record(Feedback.thumbs("r1", false).by("reviewer", "b"));

        assertThat(of(V1).good()).containsEntry(Feedback.Kind.THUMBS, new Rate(1, 2));
        assertThat(of(V1).judged()).isEqualTo(new Rate(1, 1));
    }

    @Test
    void a_thumb_reaches_all_other_listeners() {
        answered("r1", V1);
        quality.record(Feedback.thumbs("r1", false).withComment("wrong city"));

        LlmEvent.Feedback event = (LlmEvent.Feedback) seen.events().get(0);
        assertThat(event.verdict()).isEqualTo(LlmEvent.Verdict.DOWN);
        assertThat(event.comment()).isEqualTo("wrong city");
    }

    @Test
    void a_thumb_reported_elsewhere_is_booked_too() {
        answered("r1", V1);
        llmops.feedback("r1", LlmEvent.Verdict.UP, null);
        assertThat(of(V1).good()).containsEntry(Feedback.Kind.THUMBS, new Rate(1, 1));
    }

    @Test
    void feedback_of_an_unknown_call_is_counted_and_never_guessed() {
        assertThat(quality.record(Feedback.thumbs("r9", true))).isFalse();
        assertThat(llmops.telemetry().value(Telemetry.Kind.DROPPED, "feedback_of_unknown_call"))
                .isEqualTo(1);
    }

    @Test
    void all_kinds_of_feedback_have_their_own_rate() {
        answered("r1", V1);
        quality.record(Feedback.rating("r1", 5, 5));
        quality.record(Feedback.adoption("r1", true));
        quality.record(Feedback.edit("r1", 0.9));
        quality.record(Feedback.regenerate("r1"));
        quality.record(Feedback.comment("r1", "hm"));

        assertThat(of(V1).good())
                .containsEntry(Feedback.Kind.RATING, new Rate(1, 1))
                .containsEntry(Feedback.Kind.ADOPTION, new Rate(1, 1))
                .containsEntry(Feedback.Kind.EDIT, new Rate(0, 1))
                .containsEntry(Feedback.Kind.REGENERATE, new Rate(0, 1))
                .containsEntry(Feedback.Kind.COMMENT, new Rate(0, 0));
    }

    @Test
    void a_middling_rating_is_neither_good_nor_bad() {
        answered("r1", V1);
        quality.record(Feedback.rating("r1", 3, 5));
        assertThat(of(V1).good()).containsEntry(Feedback.Kind.RATING, new Rate(0, 0));
    }

    @Test
    void a_fallback_counts_for_the_version_that_was_assigned() {
        LlmCall call = call("r1", V1);
        call.attribute(QualityMonitor.ASSIGNED_VERSION_SET, V2.id());
        call.finish("stop");
        quality.record(Feedback.thumbs("r1", false));

        VersionQuality assigned = quality.report().assigned().get(0);
        assertThat(assigned.versionSet()).isEqualTo(V2.id());
        assertThat(assigned.good()).containsEntry(Feedback.Kind.THUMBS, new Rate(0, 1));
        assertThat(of(V1).good()).containsEntry(Feedback.Kind.THUMBS, new Rate(0, 1));
    }

    @Test
    void scores_are_kept_apart_by_evaluator() {
        answered("r1", V1);
        llmops.evaluation("r1", "faithfulness", 0.9, null, null, "a@1");
        llmops.evaluation("r1", "faithfulness", 0.2, null, null, "b@1");

        var scores = of(V1).evaluations();
        assertThat(scores.get(new EvaluationKey("faithfulness", "a@1")).good()).isEqualTo(new Rate(1, 1));
        assertThat(scores.get(new EvaluationKey("faithfulness", "b@1")).good()).isEqualTo(new Rate(0, 1));
    }

    @Test
    void a_low_hallucination_score_is_good() {
        answered("r1", V1);
        llmops.evaluation("r1", "hallucination", 0.1, null, null);
        assertThat(of(V1).evaluations()
                        .get(new EvaluationKey("hallucination", "unknown"))
                        .good())
                .isEqualTo(new Rate(1, 1));
    }

    @Test
    void a_score_of_an_unknown_name_is_summarised_without_a_verdict() {
        answered("r1", V1);
        llmops.evaluation("r1", "sparkle", 7, null, null);
        var found = of(V1).evaluations().get(new EvaluationKey("sparkle", "unknown"));
        assertThat(found.good()).isEqualTo(Rate.NONE);
        assertThat(found.scores().mean()).isEqualTo(7);
    }

    @Test
    void a_score_out_of_range_is_dropped_and_counted() {
        answered("r1", V1);
        llmops.evaluation("r1", "faithfulness", 5, null, null);
        assertThat(of(V1).evaluations()).isEmpty();
        assertThat(llmops.telemetry().value(Telemetry.Kind.DROPPED, "evaluation_out_of_range"))
                .isEqualTo(1);
    }

    @Test
    void refusals_are_told_apart_by_their_signal() {
        call("r1", V1).finish("content_filter");
        call("r2", V1).finish("refusal");
        LlmCall third = call("r3", V1);
        third.output("I'm sorry, but I can't help with that.");
        third.finish("stop");

        assertThat(of(V1).refusals())
                .containsEntry(RefusalKind.CONTENT_FILTERED, new Rate(1, 3))
                .containsEntry(RefusalKind.PROVIDER_REFUSAL, new Rate(1, 3))
                .containsEntry(RefusalKind.TEXT_REFUSAL, new Rate(1, 3));
    }

    @Test
    void outcomes_have_rates_and_figures() {
        answered("r1", V1);
        quality.record(BusinessOutcome.of("r1", BusinessOutcome.Kind.CONVERSION, true));
        quality.record(BusinessOutcome.of("r1", BusinessOutcome.Kind.COMPLAINT, false));
        quality.record(BusinessOutcome.of("r1", BusinessOutcome.Kind.RESOLUTION_TIME, 90.0));

        assertThat(of(V1).outcomes())
                .containsEntry(BusinessOutcome.Kind.CONVERSION, new Rate(1, 1))
                .containsEntry(BusinessOutcome.Kind.COMPLAINT, new Rate(0, 1));
        assertThat(of(V1).figures().get(BusinessOutcome.Kind.RESOLUTION_TIME).mean())
                .isEqualTo(90);
    }

    @Test
    void outcomes_that_happen_or_not_reach_the_other_listeners_as_evaluations_and_count_once() {
        answered("r1", V1);
        quality.record(BusinessOutcome.of("r1", BusinessOutcome.Kind.CONVERSION, true));
        quality.record(BusinessOutcome.of("r1", BusinessOutcome.Kind.RESOLUTION_TIME, 90.0));

        assertThat(seen.events())
                .filteredOn(LlmEvent.Evaluation.class::isInstance)
                .map(LlmEvent.Evaluation.class::cast)
                .map(each -> each.evaluation() + " " + each.score() + " by " + each.evaluator())
                .containsExactly("conversion 1.0 by outcome");
        assertThat(of(V1).evaluations()).isEmpty();
    }

    @Test
    void broken_contracts_are_counted_by_field() {
        OutputContract contract = OutputContract.ofSchema(OutputContractTest.SCHEMA);
        answered("r1", V1);
        answered("r2", V1);
        quality.recordContract("r1", contract.check("{\"total\":3}"));
        quality.recordContract("r2", contract.check("{}"));

        assertThat(of(V1).contractFailures()).isEqualTo(new Rate(1, 2));
        assertThat(of(V1).contractFailuresByField()).containsEntry("/total required", 1L);
    }

    @Test
    void failed_fields_beyond_the_table_are_counted_as_dropped() {
        answered("r1", V1);
        quality.recordContract(
                "r1",
                IntStream.range(0, 203)
                        .mapToObj(field -> new OutputContract.Failure("/" + field, "type"))
                        .toList());

        assertThat(of(V1).contractFailuresByField()).hasSize(200);
        assertThat(llmops.telemetry().value(Telemetry.Kind.DROPPED, "quality_failed_fields"))
                .isEqualTo(3);
    }

    @Test
    void abnormal_inputs_have_a_share() {
        LlmCall call = call("r1", V1);
        call.input("  ");
        call.finish("stop");
        answered("r2", V1);
        assertThat(of(V1).abnormalInputs()).isEqualTo(new Rate(1, 2));
    }

    @Test
    void calls_of_judges_and_failed_calls_do_not_count() {
        answered("r1", V1);
        llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .versionSet(V1)
                .purpose("judge")
                .start()
                .finish();
        call("r2", V1).fail(new IllegalStateException("down"));
        assertThat(of(V1).calls()).isEqualTo(1);
    }

    @Test
    void a_summary_without_definitions_is_possible() {
        assertThat(new QualityMonitor(List.of()).report().answered()).isEmpty();
    }
}
