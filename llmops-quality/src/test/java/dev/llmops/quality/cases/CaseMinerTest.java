package dev.llmops.quality.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.version.VersionSet;
import dev.llmops.quality.EvaluationDefinition;
import dev.llmops.quality.Rate;
import dev.llmops.quality.judge.EvaluationInput;
import dev.llmops.quality.judge.Evaluator;
import dev.llmops.quality.judge.JudgeCalls;
import dev.llmops.quality.risk.InjectionPhrases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

class CaseMinerTest {

    private static final VersionSet V1 = VersionSet.builder().prompt("v1").build();
    private static final VersionSet V2 = VersionSet.builder().prompt("v2").build();

    private final CaseMiner miner = new CaseMiner(EvaluationDefinition.standard(), Set.of("judge@1"));
    private final LlmOps llmops = LlmOps.builder()
            .listener(miner)
            .contentPolicy(ContentPolicy.builder().captureContent(true).build())
            .detectVersions(false)
            .build();

    @TempDir
    private Path folder;

    private LlmCall call(String id, VersionSet versions) {
        LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                .requestId(id)
                .traceId("trace-" + id)
                .feature("support")
                .versionSet(versions)
                .start();
        call.input("Question of a@b.example?").output("Answer " + id);
        return call;
    }

    private void answered(String id, VersionSet versions) {
        call(id, versions).finish("stop");
    }

    @Test
    void version_sets_beyond_twenty_are_counted_as_dropped() {
        for (int i = 0; i < 23; i++) {
            answered("r" + i, VersionSet.builder().prompt("p" + i).build());
        }
        assertThat(llmops.telemetry().value(Telemetry.Kind.DROPPED, "case_version_sets"))
                .isEqualTo(3);
    }

    @Test
    void failures_group_by_their_exact_signature() {
        call("r1", V1).fail(CallError.of(ErrorKind.RATE_LIMITED));
        call("r2", V1).fail(CallError.of(ErrorKind.RATE_LIMITED));
        call("r3", V1).fail(CallError.of(ErrorKind.INTERNAL));
        answered("r4", V1);

        List<CaseGroup> groups = miner.groups();
        assertThat(groups).extracting(CaseGroup::share).containsExactly(new Rate(2, 3), new Rate(1, 3));
        assertThat(groups.get(0).signature())
                .isEqualTo(new CaseGroup.Signature("failed", "error", "rate_limited", null, "", "support"));
        assertThat(groups.get(0).traceIds()).containsExactly("trace-r1", "trace-r2");
    }

    @Test
    void every_kind_of_bad_case_is_found_once() {
        answered("r1", V1);
        llmops.feedback("r1", LlmEvent.Verdict.DOWN, null);
        llmops.feedback("r1", LlmEvent.Verdict.DOWN, null);
        answered("r2", V1);
        llmops.evaluation("r2", "faithfulness", 0.1, null, null);
        call("r3", V1).risk(new RiskFinding("jailbreak", "logged", null)).finish("stop");
        LlmCall fourth = call("r4", V1);
        fourth.attribute(CaseMiner.CONTRACT_ATTRIBUTE, "/total").finish("stop");

        assertThat(miner.groups())
                .extracting(group -> group.signature().reason())
                .containsExactlyInAnyOrder("thumbs_down", "bad_faithfulness", "risk", "contract");
        assertThat(miner.groups()).allMatch(group -> group.count() == 1);
    }

    @Test
    void the_version_that_makes_a_group_stands_out() {
        for (int i = 0; i < 400; i++) {
            boolean second = i % 2 == 1;
            LlmCall call = call("r" + i, second ? V2 : V1);
            if (second && i % 20 == 1) {
                call.fail(CallError.of(ErrorKind.INTERNAL));
            } else {
                call.finish("stop");
            }
        }
        CaseGroup.Lift strongest = miner.groups().get(0).lifts().get(0);
        assertThat(strongest.versionSet()).isEqualTo(V2.id());
        assertThat(strongest.count()).isEqualTo(20);
        assertThat(strongest.ratio()).isCloseTo(2, within(0.2));
        assertThat(strongest.logEvidence()).isGreaterThan(Math.log(20));
    }

    @Test
    void good_cases_are_confirmed_by_people_or_a_calibrated_judge() {
        answered("r1", V1);
        answered("r2", V1);
        answered("r3", V1);
        llmops.feedback("r1", LlmEvent.Verdict.UP, null);
        llmops.evaluation("r2", "faithfulness", 0.9, null, null, "judge@1");
        llmops.evaluation("r3", "faithfulness", 0.9, null, null, "untested@1");

        assertThat(miner.cases(UnaryOperator.identity()))
                .extracting(RegressionCase::answer, RegressionCase::good)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Answer r1", true),
                        org.assertj.core.groups.Tuple.tuple("Answer r2", true));
    }

    @Test
    void a_good_case_that_turns_out_bad_is_bad() {
        answered("r1", V1);
        llmops.feedback("r1", LlmEvent.Verdict.UP, null);
        llmops.risk("r1", new RiskFinding("pii_leak", "logged", null));
        assertThat(miner.cases(UnaryOperator.identity()))
                .extracting(RegressionCase::good)
                .containsExactly(false);
    }

    @Test
    void cases_are_redacted_and_survive_their_file() throws IOException {
        answered("r1", V1);
        llmops.feedback("r1", LlmEvent.Verdict.DOWN, null);
        List<RegressionCase> cases = miner.cases(text -> text.replace("a@b.example", "[EMAIL]"));
        Path file = folder.resolve("regression.jsonl");

        assertThat(CaseFiles.add(file, cases)).isEqualTo(1);
        assertThat(CaseFiles.add(file, cases)).isZero();
        assertThat(CaseFiles.read(file)).isEqualTo(cases);
        assertThat(cases.get(0).question()).isEqualTo("Question of [EMAIL]?");
    }

    @Test
    void only_good_cases_with_consent_are_used_for_fine_tuning() throws IOException {
        LlmCall first = call("r1", V1);
        first.attribute(RegressionCase.CONSENT_ATTRIBUTE, true).finish("stop");
        answered("r2", V1);
        llmops.feedback("r1", LlmEvent.Verdict.UP, null);
        llmops.feedback("r2", LlmEvent.Verdict.UP, null);
        Path file = folder.resolve("tuning.jsonl");

        assertThat(CaseFiles.writeFineTuning(file, miner.cases(UnaryOperator.identity())))
                .isEqualTo(1);
        assertThat(file)
                .hasContent("{\"messages\":[{\"role\":\"user\",\"content\":\"Question of a@b.example?\"},"
                        + "{\"role\":\"assistant\",\"content\":\"Answer r1\"}],\"metadata\":{\"id\":\""
                        + first.live().info().callId() + "\",\"version_set\":\"" + V1.id()
                        + "\",\"feature\":\"support\",\"consent\":true}}");
    }

    @Test
    void good_cases_of_users_who_did_not_refuse_are_used_for_evaluation() throws IOException {
        LlmCall first = call("r1", V1);
        first.finish("stop");
        call("r2", V1).attribute(RegressionCase.CONSENT_ATTRIBUTE, false).finish("stop");
        call("r3", V2).attribute(RegressionCase.CONSENT_ATTRIBUTE, true).finish("stop");
        call("r4", V2).fail(CallError.of(ErrorKind.OVERLOADED));
        for (String id : List.of("r1", "r2", "r3")) {
            llmops.feedback(id, LlmEvent.Verdict.UP, null);
        }
        Path file = folder.resolve("evaluation.jsonl");

        assertThat(CaseFiles.writeEvaluation(file, miner.cases(text -> text.replace("a@b.example", "[EMAIL]"))))
                .isEqualTo(2);
        assertThat(Files.readAllLines(file).get(0))
                .isEqualTo(
                        "{\"input\":[{\"role\":\"user\",\"content\":\"Question of [EMAIL]?\"}],\"ideal\":\"Answer r1\","
                                + "\"metadata\":{\"id\":\""
                                + first.live().info().callId() + "\",\"version_set\":\"" + V1.id()
                                + "\",\"feature\":\"support\"}}");
        assertThat(Files.readAllLines(file).get(1)).contains("Answer r3", V2.id(), "\"consent\":true");
    }

    private void failed(String id, VersionSet versions, float[] question) {
        LlmCall call = call(id, versions);
        miner.addEmbedding(call.live().info().callId(), question);
        call.fail(CallError.of(ErrorKind.OVERLOADED));
    }

    @Test
    void cases_are_grouped_by_what_was_asked() {
        for (int i = 0; i < 30; i++) {
            answered("good-" + i, i % 2 == 0 ? V1 : V2);
            failed("billing-" + i, V2, new float[] {1, i * .001f, 0});
        }
        for (int i = 0; i < 10; i++) {
            failed("travel-" + i, i % 2 == 0 ? V1 : V2, new float[] {0, .1f * i, 5});
        }
        List<CaseGroup> groups = miner.groupsByEmbedding(2);

        assertThat(groups).extracting(CaseGroup::count).containsExactly(30L, 10L);
        assertThat(groups.get(0).share()).isEqualTo(new Rate(30, 40));
        assertThat(groups.get(0).signature().reason()).isEqualTo("similar");
        assertThat(groups.get(0).traceIds()).hasSize(3).allMatch(trace -> trace.startsWith("trace-billing-"));
        assertThat(groups.get(0).lifts().get(0).versionSet()).isEqualTo(V2.id());
        assertThat(groups.get(0).lifts().get(0).count()).isEqualTo(30);
        assertThat(groups.get(1).traceIds()).hasSize(3).allMatch(trace -> trace.startsWith("trace-travel-"));
        assertThat(miner.groups())
                .singleElement()
                .satisfies(all -> assertThat(all.count()).isEqualTo(40));
    }

    @Test
    void an_embedding_that_comes_after_the_judgement_counts_too() {
        LlmCall call = call("r1", V1);
        call.finish("stop");
        llmops.feedback("r1", LlmEvent.Verdict.DOWN, null);
        assertThat(miner.groupsByEmbedding(3)).isEmpty();

        miner.addEmbedding(call.live().info().callId(), new float[] {1, 0});
        assertThat(miner.groupsByEmbedding(3))
                .singleElement()
                .satisfies(group -> assertThat(group.traceIds()).containsExactly("trace-r1"));
        assertThatThrownBy(() -> miner.groupsByEmbedding(0)).hasMessageStartingWith("groups is out of range (0) — ");
    }

    @Test
    void equal_questions_are_one_group_however_many_are_asked_for() {
        for (int i = 0; i < 5; i++) {
            failed("r" + i, V1, new float[] {3, 4});
        }
        assertThat(miner.groupsByEmbedding(4)).extracting(CaseGroup::count).containsExactly(5L);
    }

    @Test
    void a_line_that_is_no_case_is_named() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.jsonl"), "\n{\"id\":");
        assertThatThrownBy(() -> CaseFiles.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bad.jsonl:2: the line is no regression case (");
    }

    @Test
    void a_line_without_a_question_is_named() throws IOException {
        Path file = Files.writeString(folder.resolve("log.jsonl"), "{\"id\":\"c1\",\"call_id\":\"c1\"}");
        assertThatThrownBy(() -> CaseFiles.read(file))
                .hasMessage(file + ":1: the line is no regression case (it has no question) — JSON with"
                        + " [id, question, answer, versionSet] is needed — write cases with CaseFiles.add");
    }

    private static RegressionCase known(String question) {
        return new RegressionCase("1", question, "old", false, null, "v", null, null, null);
    }

    @Test
    void a_replay_judges_the_new_answers() {
        RegressionRunner runner = new RegressionRunner(
                question -> question.equals("a") ? "Yes." : "I'm sorry, but I can't help with that.",
                List.of(RegressionCheck.answered(), RegressionCheck.riskFree(new InjectionPhrases())));
        RegressionRunner.SetResult result = runner.run(List.of(known("a"), known("b")));

        assertThat(result.passed()).isEqualTo(new Rate(1, 2));
        assertThat(result.failures())
                .singleElement()
                .satisfies(failed -> assertThat(failed.failures()).containsExactly("refusal"));
    }

    @Test
    void an_application_that_fails_fails_the_case() {
        RegressionRunner runner = new RegressionRunner(
                question -> {
                    throw new IOException("down");
                },
                List.of());
        assertThat(runner.run(known("a")).failures()).containsExactly("error: IOException");
    }

    @Test
    void an_evaluator_judges_a_replay() {
        Evaluator strict = new Evaluator() {
            @Override
            public EvaluationDefinition definition() {
                return EvaluationDefinition.standard().get(0);
            }

            @Override
            public String identity() {
                return "strict@1";
            }

            @Override
            public Judgement evaluate(EvaluationInput input, JudgeCalls calls) {
                return Judgement.of(input.answer().contains("source") ? 1 : 0.25);
            }
        };
        RegressionRunner runner = new RegressionRunner(
                question -> "Yes.", List.of(RegressionCheck.evaluated(strict, new JudgeCalls(llmops))));
        assertThat(runner.run(known("a")).failures()).containsExactly("faithfulness: 0.25");
    }

    @ParameterizedTest
    @RegressionSet("src/test/resources/regression.jsonl")
    void a_regression_set_runs_in_a_test(RegressionCase known) {
        RegressionRunner runner =
                new RegressionRunner(question -> "Yes, " + question, List.of(RegressionCheck.answered()));
        assertThat(runner.run(known).passed()).isTrue();
        assertThat(known.question()).isIn("Will it rain in Paris?", "Is the shop open?");
    }
}
