package dev.llmops.slo.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.slo.Dimension;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.file.ObjectiveSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the alerts on what is missing fire, end, and stay quiet, as the real promtool evaluates them. */
class AbsenceRulesIT {

    private static final String STEADY = "0+10x300";
    private static final String REPLICA = ObjectiveRules.REPLICA_GONE_ALERT;
    private static final String GROUP = ObjectiveRules.GROUP_GONE_ALERT;

    @TempDir
    Path folder;

    private final StringBuilder series = new StringBuilder();
    private final StringBuilder expected = new StringBuilder();

    @BeforeEach
    void writeRules() throws IOException {
        Objective answers = Objective.builder("answers")
                .indicator(Indicator.availability())
                .target(0.99)
                .window(SloWindow.rolling(Duration.ofHours(2)))
                .groupBy(Dimension.TENANT)
                .build();
        Path rules = folder.resolve("rules.yml");
        Files.writeString(rules, PrometheusRules.yaml(ObjectiveSet.of(answers)));
        Tools.checkRules(folder, rules);
    }

    private AbsenceRulesIT counts(String instance, String tenant, String verdict, String values) {
        series.append(
                "      - {series: 'llm_slo_events_total{slo=\"answers\",job=\"chat\",instance=\"%s\",tenant=\"%s\",verdict=\"%s\"}', values: '%s'}\n"
                        .formatted(instance, tenant, verdict, values));
        return this;
    }

    private AbsenceRulesIT counts(String instance, String values) {
        return counts(instance, "acme", "good", values);
    }

    /** Expects how many alerts of a name fire at minutes. */
    private AbsenceRulesIT fire(String alert, int alerts, int... minutes) {
        for (int minute : minutes) {
            expect(
                    "count(ALERTS{alertname=~\"%s\",alertstate=\"firing\"}) or vector(0)".formatted(alert),
                    minute,
                    alerts);
        }
        return this;
    }

    private AbsenceRulesIT expect(String expression, int minute, double value) {
        expected.append("      - {expr: '%s', eval_time: %dm, exp_samples: [{labels: '{}', value: %s}]}\n"
                .formatted(expression, minute, value));
        return this;
    }

    private void asPromtoolSees() throws IOException {
        Path tests = folder.resolve("tests.yml");
        Files.writeString(tests, """
                rule_files: [rules.yml]
                evaluation_interval: 1m
                tests:
                  - interval: 1m
                    input_series:
                %s    promql_expr_test:
                %s""".formatted(series, expected));
        assertThat(Tools.run(folder, Tools.ofPrometheus("promtool"), "test", "rules", tests.toString()))
                .contains("SUCCESS");
    }

    @Test
    void a_replica_that_vanishes_is_told_after_ten_minutes_for_an_hour() throws IOException {
        counts("a", STEADY).counts("b", STEADY).counts("c", "0+10x120 stale");
        fire(REPLICA, 0, 119, 130).fire(REPLICA, 1, 132, 150, 179).fire(REPLICA, 0, 183, 240);
        fire(GROUP, 0, 132, 179);
        expect("sum(llm_slo:measured) * 3", 125, 2).expect("sum(llm_slo:measured)", 190, 1);
        asPromtoolSees();
    }

    @Test
    void a_deployment_that_starts_new_instances_before_it_stops_the_old_ones_misses_none() throws IOException {
        counts("a", "0+10x120 stale").counts("b", "0+10x125 stale").counts("c", "0+10x130 stale");
        counts("d", "_x119 0+10x180").counts("e", "_x124 0+10x180").counts("f", "_x129 0+10x180");
        for (int minute = 119; minute < 200; minute += 8) {
            fire(REPLICA + "|" + GROUP, 0, minute).expect("sum(llm_slo:measured)", minute, 1);
        }
        asPromtoolSees();
    }

    @Test
    void twice_as_many_instances_for_half_an_hour_are_no_loss_when_they_go() throws IOException {
        counts("a", STEADY).counts("b", STEADY);
        counts("c", "_x89 0+10x31 stale").counts("d", "_x89 0+10x31 stale");
        fire(REPLICA, 0, 125, 132, 150, 180, 200).expect("sum(llm_slo:measured)", 150, 1);
        asPromtoolSees();
    }

    @Test
    void a_planned_scale_down_ends_by_itself_within_an_hour() throws IOException {
        counts("a", STEADY).counts("b", "0+10x150 stale").counts("c", "0+10x150 stale");
        fire(REPLICA, 2, 162, 180, 209).fire(REPLICA, 0, 213, 260);
        asPromtoolSees();
    }

    @Test
    void an_instance_that_is_replaced_late_is_missed_until_then() throws IOException {
        counts("a", STEADY).counts("b", "0+10x120 stale").counts("c", "_x139 0+10x160");
        fire(REPLICA, 1, 132, 138).fire(REPLICA, 0, 139, 160, 180);
        asPromtoolSees();
    }

    @Test
    void a_service_that_is_gone_has_no_data_and_no_missing_parts() throws IOException {
        counts("a", "0+10x120 stale").counts("b", "0+10x120 stale");
        fire("LlmSloNoData", 1, 128, 240).fire(REPLICA, 0, 128, 140, 240);
        asPromtoolSees();
    }

    @Test
    void a_quiet_group_that_a_restart_forgets_is_not_missed() throws IOException {
        counts("a", STEADY).counts("a", "rare", "good", "0x30 5x60 60x30 stale");
        fire(GROUP, 0, 127, 140, 180);
        asPromtoolSees();
    }

    @Test
    void a_busy_group_that_its_instances_lose_is_missed() throws IOException {
        counts("a", STEADY).counts("a", "busy", "good", "0+2x120 stale");
        fire(GROUP, 0, 120).fire(GROUP, 1, 127, 140).fire(GROUP, 0, 185);
        asPromtoolSees();
    }

    @Test
    void a_quiet_group_that_goes_with_its_instance_is_missed() throws IOException {
        counts("a", STEADY).counts("b", "rare", "good", "0x30 5x90 stale");
        fire(GROUP, 1, 127, 150, 179).fire(GROUP, 0, 185);
        asPromtoolSees();
    }

    @Test
    void a_group_that_stops_to_call_is_silent_and_not_gone() throws IOException {
        counts("a", STEADY).counts("a", "left", "good", "0+10x60 600x240");
        fire(".*", 0, 70, 120, 200, 290);
        asPromtoolSees();
    }

    @Test
    void a_group_that_is_born_broken_burns_once_it_goes_on_failing() throws IOException {
        counts("a", STEADY).counts("a", "new", "bad", "_x119 500 500x20 500+5x60");
        counts("a", "new", "good", "_x119 0x90");
        fire("LlmSloBurn", 0, 121, 139)
                .expect("count(ALERTS{alertname=\"LlmSloBurn\",tenant=\"new\"}) > bool 0", 150, 1);
        asPromtoolSees();
    }

    @Test
    void excluded_time_holds_all_of_them_back() throws IOException {
        counts("a", STEADY).counts("b", "gone", "good", "0+10x120 stale");
        series.append("      - {series: 'llm_slo_excluded{slo=\"answers\"}', values: '0x100 1x60 0x100'}\n");
        fire(REPLICA + "|" + GROUP, 0, 127, 140, 160).fire(REPLICA, 1, 173).fire(GROUP, 1, 170);
        asPromtoolSees();
    }
}
