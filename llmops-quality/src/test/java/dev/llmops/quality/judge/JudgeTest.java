package dev.llmops.quality.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.core.CallEnricher;
import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.quality.EvaluationDefinition;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final EvaluationDefinition BREVITY =
            new EvaluationDefinition("brevity", EvaluationDefinition.Direction.HIGHER_IS_BETTER, 0, 1, 0.5);

    private final FakeTicker ticker = new FakeTicker();
    private final RecordingListener seen = new RecordingListener();

    /** Asks a model, which costs a dime, and scores short answers with 1. */
    private static class BrevityJudge implements Evaluator {
        @Override
        public EvaluationDefinition definition() {
            return BREVITY;
        }

        @Override
        public String identity() {
            return "brevity-judge@2";
        }

        @Override
        public Judgement evaluate(EvaluationInput input, JudgeCalls calls) throws Exception {
            try (LlmCall call = calls.call("openai", "gpt-4o-mini").start()) {
                call.finish("stop");
            }
            return Judgement.of(input.answer().length() < 20 ? 1 : 0);
        }
    }

    private LlmOps observed(Judge judge) {
        CallEnricher price = record -> record.toBuilder()
                .cost(new Cost(CostState.ESTIMATED, new BigDecimal("0.10"), "USD", List.of(), null, null, null))
                .build();
        LlmOps llmops = LlmOps.builder()
                .contentPolicy(ContentPolicy.builder().captureContent(true).build())
                .enricher(price)
                .listener(judge)
                .listener(seen)
                .build();
        judge.attach(llmops);
        return llmops;
    }

    private static void answer(LlmOps llmops, String answer) {
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o").start();
        call.input("Will it rain?").output(answer);
        call.finish("stop");
    }

    @Test
    void an_answer_is_scored_by_the_judge_and_its_version() {
        Judge judge = Judge.builder(new BrevityJudge()).build();
        answer(observed(judge), "Yes.");
        judge.close();

        assertThat(seen.events()).singleElement().satisfies(event -> {
            LlmEvent.Evaluation scored = (LlmEvent.Evaluation) event;
            assertThat(scored.evaluation()).isEqualTo("brevity");
            assertThat(scored.score()).isEqualTo(1);
            assertThat(scored.evaluator()).isEqualTo("brevity-judge@2");
        });
    }

    @Test
    void the_judges_calls_have_a_purpose_and_are_not_judged() {
        JudgeBudget budget = new JudgeBudget(10, BigDecimal.TEN, ticker.clock());
        Judge judge = Judge.builder(new BrevityJudge()).budget(budget).build();
        answer(observed(judge), "Yes.");
        judge.close();

        assertThat(seen.records())
                .extracting(record -> record.info().purpose())
                .containsExactlyInAnyOrder(null, "judge");
        assertThat(budget.spentToday()).isEqualByComparingTo("0.10");
        assertThat(budget.evaluationsToday()).isEqualTo(1);
    }

    @Test
    void a_judge_that_fails_scores_nothing_and_is_counted() {
        Judge judge = Judge.builder(new BrevityJudge() {
                    @Override
                    public Judgement evaluate(EvaluationInput input, JudgeCalls calls) throws Exception {
                        throw new IllegalStateException("no verdict");
                    }
                })
                .build();
        LlmOps llmops = observed(judge);
        answer(llmops, "Yes.");
        judge.close();

        assertThat(seen.events()).isEmpty();
        assertThat(llmops.telemetry().value(Telemetry.Kind.FAILURES, "judge_failed"))
                .isEqualTo(1);
    }

    @Test
    void without_budget_nothing_is_judged_until_the_next_day() {
        JudgeBudget budget = new JudgeBudget(1, BigDecimal.TEN, ticker.clock());
        Judge judge = Judge.builder(new BrevityJudge()).budget(budget).build();
        LlmOps llmops = observed(judge);
        answer(llmops, "one");
        answer(llmops, "two");
        ticker.advance(Duration.ofDays(1));
        answer(llmops, "three");
        judge.close();

        assertThat(seen.events()).hasSize(2);
        assertThat(llmops.telemetry().value(Telemetry.Kind.DROPPED, "judge_budget"))
                .isEqualTo(1);
    }

    @Test
    void money_that_is_spent_stops_the_judge() {
        JudgeBudget budget = new JudgeBudget(100, new BigDecimal("0.25"), ticker.clock());
        budget.spend(new BigDecimal("0.20"));
        assertThat(budget.take()).isTrue();
        budget.spend(new BigDecimal("0.10"));
        assertThat(budget.take()).isFalse();
    }

    @Test
    void a_full_queue_drops_and_counts() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Judge judge = Judge.builder(new BrevityJudge() {
                    @Override
                    public Judgement evaluate(EvaluationInput input, JudgeCalls calls) throws Exception {
                        started.countDown();
                        release.await();
                        return Judgement.of(1);
                    }
                })
                .concurrency(1, 1)
                .build();
        LlmOps llmops = observed(judge);
        answer(llmops, "judged");
        started.await();
        answer(llmops, "waits");
        answer(llmops, "dropped");
        release.countDown();
        judge.close();

        assertThat(seen.events()).hasSize(2);
        assertThat(llmops.telemetry().value(Telemetry.Kind.DROPPED, "judge_queue"))
                .isEqualTo(1);
    }

    @Test
    void a_sampler_chooses_its_share_and_the_same_calls_everywhere() {
        List<UUID> ids = Stream.generate(UUID::randomUUID).limit(100_000).toList();
        CallSampler sampler = new CallSampler(0.1, 7);
        List<UUID> chosen = ids.stream().filter(sampler::isChosen).toList();

        assertThat(chosen.size() / 100_000.0).isCloseTo(0.1, within(0.005));
        assertThat(chosen).allMatch(new CallSampler(0.1, 7)::isChosen);
        assertThat(chosen).allMatch(new CallSampler(0.2, 7)::isChosen);
    }

    @Test
    void a_sampler_of_all_or_nothing_is_exact() {
        UUID id = UUID.fromString("01931e6c-0000-7000-8000-000000000000");
        assertThat(new CallSampler(1, 0).isChosen(id)).isTrue();
        assertThat(new CallSampler(0, 0).isChosen(id)).isFalse();
        assertThatThrownBy(() -> new CallSampler(10, 0)).hasMessageContaining("pass 0.1 for 10 %");
    }

    @Test
    void a_card_counts_agreement_with_people() {
        List<CalibrationCard.Labelled> labels = Stream.of(
                        Collections.nCopies(95, new CalibrationCard.Labelled(true, true)),
                        Collections.nCopies(5, new CalibrationCard.Labelled(true, false)),
                        Collections.nCopies(40, new CalibrationCard.Labelled(false, false)),
                        Collections.nCopies(10, new CalibrationCard.Labelled(false, true)))
                .flatMap(List::stream)
                .toList();
        CalibrationCard card =
                CalibrationCard.of("brevity-judge@2", "r1", labels, LocalDate.of(2026, 11, 28), Set.of("abc"));

        assertThat(card.sensitivity()).isEqualTo(0.95);
        assertThat(card.specificity()).isEqualTo(0.8);
        assertThat(card.sensitivityLowerBound()).isCloseTo(0.897, within(1e-3));
        assertThat(card.specificityLowerBound()).isLessThan(0.8);
        assertThat(card.isSufficientForProof()).isFalse();
    }

    @Test
    void a_card_with_many_right_verdicts_suffices() {
        var card = new CalibrationCard("j@1", "r1", 200, 190, 100, 92, LocalDate.of(2026, 1, 1), Set.of());
        assertThat(card.isSufficientForProof()).isTrue();
    }

    @Test
    void a_card_without_labels_proves_nothing() {
        var card = new CalibrationCard("j@1", "r1", 0, 0, 0, 0, LocalDate.of(2026, 1, 1), Set.of());
        assertThat(card.sensitivity()).isNaN();
        assertThat(card.isSufficientForProof()).isFalse();
    }
}
