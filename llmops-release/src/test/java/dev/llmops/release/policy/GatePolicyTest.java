package dev.llmops.release.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.llmops.release.arm.AssignmentUnit;
import dev.llmops.release.arm.Exposure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatePolicyTest {

    private static final String SMALL = """
            gate:
              unit: request
              stages:
                - {share: 10%, at_least: {units: 100, time: 1h}, needs: proof}
                - {share: 100%, holdback: 5%, for: 24h}
              lines:
                quality:
                  errors: {pause: {ratio: 1.5}, roll_back: {ratio: 2}, min_bad: 5}
            """;

    private static java.util.List<String> problems(String yaml) {
        return catchThrowableOfType(InvalidGatePolicyException.class, () -> GatePolicy.parse("gate.yml", yaml))
                .problems();
    }

    @Test
    void the_shipped_policy_is_the_published_one() {
        GatePolicy policy = GatePolicy.standard();
        assertThat(policy.unit()).isEqualTo(AssignmentUnit.CONVERSATION);
        assertThat(policy.stages())
                .extracting(GatePolicy.Stage::name)
                .containsExactly("shadow", "1%", "10%", "50%", "100%");
        assertThat(policy.maxHold()).isEqualTo(Duration.ofHours(72));
        assertThat(policy.stopOn()).contains("pii_leak").hasSize(5);
        assertThat(policy.freezeAtRemainingRatio()).isZero();
        assertThat(policy.rollsBackOnBudgetBurn()).isTrue();
        assertThat(policy.tests()).isEqualTo(17);
    }

    @Test
    void a_limit_of_points_is_kept_as_a_ratio() {
        MetricRule rule = GatePolicy.standard().metrics().stream()
                .filter(metric -> metric.metric().equals("bad_answers"))
                .findFirst()
                .orElseThrow();
        assertThat(rule.pause()).isEqualTo(new Limit(.03, 1.3));
        assertThat(rule.rollBack()).isEqualTo(new Limit(.05, 1.5));
        assertThat(rule.minBad()).isEqualTo(10);
        assertThat(rule.isCardRequired()).isTrue();
    }

    @Test
    void a_stage_gives_the_shares_of_the_arms() {
        GatePolicy policy = GatePolicy.standard();
        assertThat(policy.exposure(policy.stage("10%").orElseThrow())).isEqualTo(new Exposure("10%", .1, .1, 0, false));
        assertThat(policy.exposure(policy.stageAfter("50%").orElseThrow()))
                .isEqualTo(new Exposure("100%", .95, 0, 0, true));
        assertThat(policy.stageAfter("100%")).isEmpty();
    }

    @Test
    void all_problems_are_reported_together_with_property_rule_value_and_remedy() {
        String wrong = SMALL.replace("unit: request", "unit: session\n  alpha: 2\n  colour: red")
                .replace("time: 1h", "time: one hour")
                .replace("ratio: 1.5", "ratio: 3");
        assertThat(problems(wrong))
                .containsExactly(
                        "gate.unit is not known (\"session\") — one of [request, conversation, user, tenant] — write one of them",
                        "gate.alpha is out of range (2) — over 0 and under 0.5 — write a number in between",
                        "gate.stages[0].at_least.time is not a duration (\"one hour\") — a whole number of at most nine digits"
                                + " with ms, s, m, h or d — write e.g. 24h",
                        "gate.lines.quality.errors.pause is over roll_back (×3.0 over ×2.0) — at most roll_back —"
                                + " a release is paused before it is rolled back",
                        "gate.colour is not known; allowed are [alpha, arms, auto_promote, lines, mature_after, max_hold,"
                                + " sample_ratio, stages, unit]");
    }

    @Test
    void a_release_without_proof_is_no_policy() {
        assertThat(problems(SMALL.replace("needs: proof", "needs: no-breach")))
                .containsExactly("gate.stages[0].needs is not proof in the last stage under 100% (no-breach) — proof —"
                        + " absence of alarm proves nothing");
    }

    @Test
    void stages_must_grow_and_fit_beside_the_control() {
        String wrong = SMALL.replace("unit: request", "arms: {control: same-size}")
                .replace(
                        "    - {share: 100%",
                        "    - {share: 60%, needs: proof}\n    - {share: 5%, needs: proof}\n    - {share: 100%");
        assertThat(problems(wrong))
                .containsExactly(
                        "gate.stages[1].share leaves no room for a control of the same size (60.0%) — at most 50% —"
                                + " lower it or set arms.control: off",
                        "gate.stages[2].share is not larger than in the stage before (5.0%) — shares that grow —"
                                + " to lower it, degrade the release");
    }

    @Test
    void a_stage_longer_than_the_longest_hold_never_ends_well() {
        assertThat(problems(SMALL.replace("time: 1h", "time: 9d")))
                .containsExactly("gate.stages[0].at_least.time is longer than max_hold (216h) — at most 72h —"
                        + " shorten it, since the release would be rolled back first");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "unit: request | max_hold: 99999999999999999999h | gate.max_hold is not a duration (\"99999999999999999999h\") — a whole"
                        + " number of at most nine digits with ms, s, m, h or d — write e.g. 24h",
                "unit: request | alpha: [1] | gate.alpha is out of range ([1]) — over 0 and under 0.5 — write a number in between",
                "unit: request | auto_promote: maybe | gate.auto_promote is not true or false (\"maybe\") — true or false — write one"
                        + " of them",
                "unit: request | arms: both | gate.arms is not a mapping (\"both\") — keys with values — write gate.arms: {…}",
                "share: 10% | share: 110% | gate.stages[0].share is no share (110%) — 0% to 100%, or 0 to 1 — write e.g. 10%",
                "share: 10% | share: {} | gate.stages[0].share is no share ({}) — 0% to 100%, or 0 to 1 — write e.g. 10%",
                "share: 10% | share: 0% | gate.stages[0].share is missing or 0%, and no traffic is mirrored (0%) — over 0% —"
                        + " write e.g. share: 10%, since no record of the candidate could come",
                "share: 10% | name: {a: 1}, share: 10% | gate.stages[0].name is no name ({\"a\":1}) — a text — write e.g. name: canary",
                "share: 100%, holdback: 5% | share: 100%, holdback: 100% | gate.stages[1].holdback leaves nothing to the candidate (100%) — under"
                        + " 100% — write e.g. 5%",
            })
    void each_wrong_value_is_named_with_what_is_allowed(String right, String wrong, String problem) {
        String yaml = right.startsWith("unit")
                ? SMALL.replace(right, right + "\n  " + wrong)
                : SMALL.replaceFirst("\\{" + right, "{" + wrong);
        assertThat(problems(yaml)).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "risk: {stop_on: [pii_leak, 5, {}]} | gate.lines.risk.stop_on has an entry that is no name (5) — names — write"
                        + " stop_on: [a, b]",
                "risk: {stop_on: pii_leak} | gate.lines.risk.stop_on is not a list (\"pii_leak\") — names — write stop_on: [a, b]",
                "budget: {freeze_when: {slo_budget_remaining: <= 1.2.3}} | gate.lines.budget.freeze_when.slo_budget_remaining is not"
                        + " a limit (\"<= 1.2.3\") — <= and a share — write e.g. <= 0",
            })
    void each_wrong_line_is_named_with_what_is_allowed(String line, String problem) {
        assertThat(problems(SMALL + "    " + line + "\n")).contains(problem);
    }

    @Test
    void a_file_that_is_no_yaml_says_so() {
        assertThat(problems("gate: {")).singleElement().asString().startsWith("the file must be YAML, but ");
    }

    @Test
    void the_file_stands_in_the_message() {
        assertThat(catchThrowableOfType(InvalidGatePolicyException.class, () -> GatePolicy.parse("gate.yml", "{}")))
                .hasMessageStartingWith("gate.yml has ");
    }
}
