package dev.llmops.slo.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.harrel.jsonschema.ValidatorFactory;
import dev.llmops.slo.AlertPolicy;
import dev.llmops.slo.CompositeObjective;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Durations;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.MetricSource;
import dev.llmops.slo.Objective;
import dev.llmops.slo.SloWindow;
import dev.llmops.slo.internal.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectiveFileTest {

    private static final String RICH = """
            version: llmops.slo/v1
            service: answers
            objectives:
              - name: availability
                description: People get an answer.
                indicator: {type: availability}
                target: 99.9%
              - name: fast
                indicator: {type: timeToFirstToken, threshold: 500ms}
                target: 0.99
                window: {calendar: month, zone: Europe/Berlin}
                filter: {provider: openai, tenant: [acme, globex]}
                groupBy: model
                groupLimit: 5
                labels: {team: search}
                annotations: {runbook_url: https://wiki.example/fast}
              - name: faithful
                displayName: Faithful answers
                service: rag
                indicator: {type: score, evaluation: faithfulness, minimum: 0.8}
                target: 0.95
                window: 7d
                evaluationDelay: 15m
                expectedEventsPerHour: 600
                alerts:
                  tiers:
                    - {severity: page, long: 6h, short: 30m, factor: 4}
                    - {severity: ticket, long: 1d, short: 2h, budgetFraction: 20%}
                  guard: {minimumBadEvents: 3, confidence: 0.9}
              - name: good
                indicator:
                  type: goodput
                  parts:
                    - {type: availability}
                    - {type: latency, threshold: 5s}
                    - {type: timePerOutputToken, threshold: 50ms}
                    - {type: cost, limit: 0.02, currency: USD}
                target: 0.9
                alerts: none
              - name: liked
                indicator: {type: feedback}
                target: 0.8
              - name: mean
                indicator: {type: meanScore, evaluation: tone}
                target: 0.9
                groupBy: [model, version_set]
              - name: own
                indicator: {type: reported}
                target: 0.99
                source:
                  badOverTotal:
                    bad: sum(rate(errors_total[{{.window}}]))
                    total: sum(rate(requests_total[{{.window}}]))
              - name: buckets
                indicator: {type: reported}
                target: 0.99
                source: {classicHistogram: {metric: http_seconds, matchers: 'job="web"', threshold: 0.5, edges: [0.1, 0.5]}}
              - name: natively
                indicator: {type: reported}
                target: 0.99
                source: {nativeHistogram: {metric: http_seconds, threshold: 0.5}}
            eventRules:
              - name: no-leak
                description: Secrets stay inside.
                risk: [pii_leak, secret_leak]
                actions: reported
                window: 12h
            composites:
              - {name: served, description: People are served., members: [availability, own]}
              - {name: assistant, members: [availability, own, buckets], sliceTarget: 99%}
            exclusions:
              - from: 2026-11-28T20:00:00Z
                to: 2026-11-28T23:00:00+01:00
                objectives: [availability, served]
                by: ana
                reason: the index was moved
              - {from: 2026-11-29T20:00:00Z, to: 2026-11-29T20:30:00Z, by: ben, reason: planned}
            """;

    @Test
    void excluded_time_is_read_with_who_and_why() {
        assertThat(ObjectiveSet.parse(RICH).exclusions())
                .containsExactly(
                        new Exclusion(
                                Instant.parse("2026-11-28T20:00:00Z"),
                                Instant.parse("2026-11-28T22:00:00Z"),
                                Set.of("availability", "served"),
                                "ana",
                                "the index was moved"),
                        Exclusion.ofAll(
                                Instant.parse("2026-11-29T20:00:00Z"),
                                Instant.parse("2026-11-29T20:30:00Z"),
                                "ben",
                                "planned"));
    }

    @Test
    void composites_are_read_with_their_budgets() {
        assertThat(ObjectiveSet.parse(RICH).composites())
                .containsExactly(
                        new CompositeObjective("served", "People are served.", List.of("availability", "own"), null),
                        CompositeObjective.ofTimeSlices(
                                "assistant", new BigDecimal("0.99"), "availability", "own", "buckets"));
    }

    @Test
    void problems_of_excluded_time_name_line_index_and_remedy() {
        String yaml = RICH.replace("20:30:00Z", "20:30:30Z").replace("[availability, served]", "[avail]");
        assertThatThrownBy(() -> ObjectiveSet.parse(yaml))
                .hasMessageContaining("line 77: exclusions[1] to is 2026-11-29T20:30:30Z — a whole minute such as"
                        + " 2026-11-28T20:00:00Z — round it")
                .hasMessageContaining("line 72: exclusions[0] UNKNOWN_NAME: objectives [avail] are not there"
                        + " — allowed are [assistant, availability, buckets, faithful, fast, good, liked, mean, natively,"
                        + " own, served] — correct the name");
    }

    @Test
    void everyPropertyIsRead() {
        ObjectiveSet set = ObjectiveSet.parse(RICH);
        assertThat(set.objectives()).hasSize(9);
        Objective fast = set.objectives().get(1);
        assertThat(fast.service()).isEqualTo("answers");
        assertThat(fast.target()).isEqualByComparingTo("0.99");
        assertThat(fast.indicator()).isEqualTo(Indicator.timeToFirstToken(Duration.ofMillis(500)));
        assertThat(fast.window()).isEqualTo(SloWindow.calendarMonth(ZoneId.of("Europe/Berlin")));
        assertThat(fast.filter().allowed())
                .isEqualTo(Map.of(Dimension.PROVIDER, Set.of("openai"), Dimension.TENANT, Set.of("acme", "globex")));
        assertThat(fast.groupBy()).containsExactly(Dimension.MODEL);
        assertThat(fast.groupLimit()).isEqualTo(5);
        Objective faithful = set.objectives().get(2);
        assertThat(faithful.service()).isEqualTo("rag");
        assertThat(faithful.evaluationDelay()).isEqualTo(Duration.ofMinutes(15));
        assertThat(faithful.alerts().guard()).isEqualTo(new AlertPolicy.Guard(3, 0.9));
        assertThat(faithful.alerts().tiers().get(1).factor()).isEqualByComparingTo("1.4");
        assertThat(set.eventRules().get(0).riskTypes()).containsExactlyInAnyOrder("pii_leak", "secret_leak");
        assertThat(set.eventRules().get(0).severity()).isEqualTo("page");
    }

    @Test
    void percentAndRatioAreTheSameExactTarget() {
        assertThat(ObjectiveSet.parse(RICH).objectives().get(0).budget().ratio())
                .isEqualByComparingTo("0.001");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        ObjectiveSet set = ObjectiveSet.parse(RICH);
        ObjectiveSet again = ObjectiveSet.parse(set.toYaml());
        assertThat(again.toYaml()).isEqualTo(set.toYaml());
        assertThat(again.eventRules()).isEqualTo(set.eventRules());
    }

    @Test
    void thresholdsAreCollectedForHistogramEdges() {
        assertThat(ObjectiveSet.parse(RICH).histogramEdges())
                .isEqualTo(Map.of(
                        "llm.request.latency",
                        new TreeSet<>(List.of(5.0)),
                        "llm.time.to.first.token",
                        new TreeSet<>(List.of(0.5)),
                        "llm.time.per.output.token",
                        new TreeSet<>(List.of(0.05)),
                        "llm.evaluation.score",
                        new TreeSet<>(List.of(0.8))));
    }

    @Test
    void schemaAcceptsTheExample_andWhatIsWritten() throws IOException {
        assertThat(schemaErrors(RICH)).isEmpty();
        assertThat(schemaErrors(ObjectiveSet.parse(RICH).toYaml())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "target: 99.9%|target: 99.9|objectives[0].target is 99.9 — in (0, 1] — pass 0.999 for 99.9 %",
                "target: 99.9%|targt: 99.9%|objectives[0].targt is unknown here",
                "target: 99.9%||objectives[0].target is missing",
                "name: fast|name: Fast!|objectives[1].name is 'Fast!' — allowed are 1 to 63 lower-case letters",
                "threshold: 500ms|threshold: soon|objectives[1].indicator.threshold is 'soon' — a duration",
                "type: timeToFirstToken|type: ttft|objectives[1].indicator.type is 'ttft' — one of availability",
                "zone: Europe/Berlin|zone: Berlin|objectives[1].window.zone is 'Berlin' — an IANA zone",
                "calendar: month|calendar: moon|objectives[1].window.calendar is 'moon' — day, week",
                "window: 7d|window: 7 days|objectives[2].window is '7 days' — a duration",
                "window: 7d|window: 5m|objectives[2].window is PT5M — at least 1h",
                "filter: {provider|filter: {user|objectives[1].filter.user cannot be 'user'",
                "groupBy: model|groupBy: user|objectives[1].groupBy cannot be 'user'",
                "groupLimit: 5|groupLimit: 0|objectives[1].groupLimit is 0 — 1 or more",
                "groupLimit: 5|groupLimit: many|objectives[1].groupLimit is 'many' — a number",
                "evaluationDelay: 15m|evaluationDelay: 2d|objectives[2].evaluationDelay",
                "factor: 4}|factor: 4, budgetFraction: 0.1}|objectives[2].alerts.tiers[0].factor and budgetFraction are both there",
                "factor: 4}|factor: -4}|objectives[2].alerts.tiers[0] factor is -4 — above 0",
                "factor: 4}|factor: 40}|faithful: THRESHOLD_UNREACHABLE",
                "confidence: 0.9}|confidence: 95}|objectives[2].alerts.guard confidence is 95.0 — in [0, 1)",
                "alerts: none|alerts: never|objectives[3].alerts is 'never' — none or a mapping",
                "limit: 0.02|limit: -1|objectives[3].indicator.parts[3].limit is -1 — above 0",
                "currency: USD|currency: dollars|currency is dollars — an ISO 4217 code",
                "minimum: 0.8|minimum: high|objectives[2].indicator.minimum is 'high' — a number",
                "threshold: 0.5, edges|threshold: 0.4, edges|buckets: THRESHOLD_NOT_A_BUCKET",
                "bad: sum(rate(errors_total[{{.window}}]))|bad: sum(rate(errors_total[5m]))|WINDOW_PLACEHOLDER_MISSING",
                "risk: [pii_leak, secret_leak]|risk: []|eventRules[0] event rule 'no-leak' names no risk type",
                "name: no-leak|name: fast|fast: DUPLICATE_NAME",
                "version: llmops.slo/v1|version: v9|version is 'v9' — llmops.slo/v1",
            })
    void problemNamesItsProperty(String from, String to, String problem) {
        assertThat(RICH).contains(from);
        assertThatThrownBy(() -> ObjectiveSet.parse(
                        RICH.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to == null ? "" : to))))
                .isInstanceOf(InvalidObjectivesException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void allProblemsAreReportedTogether() {
        String broken = RICH.replace("target: 99.9%", "target: 2").replace("groupBy: model\n", "groupBy: user\n");
        assertThatThrownBy(() -> ObjectiveSet.parse(broken))
                .isInstanceOfSatisfying(
                        InvalidObjectivesException.class,
                        error -> assertThat(error.problems()).hasSize(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[]", "'a: b: c'", "''", "'version: llmops.slo/v1\n---\nversion: llmops.slo/v1'", "'a: 1\na: 2'"})
    void textThatIsNoSingleMapping_isRefused(String text) {
        assertThatThrownBy(() -> ObjectiveSet.parse(text)).isInstanceOf(InvalidObjectivesException.class);
    }

    private static List<?> schemaErrors(String yaml) throws IOException {
        try (InputStream schema = Objective.class.getResourceAsStream("objectives.schema.json")) {
            String schemaText = new String(schema.readAllBytes(), StandardCharsets.UTF_8);
            String json = Yaml.writeJson(Yaml.readAll(yaml).get(0));
            return new ValidatorFactory().validate(schemaText, json).getErrors();
        }
    }

    @TempDir
    Path folder;

    @Test
    void a_problem_names_file_line_and_objective_first() throws IOException {
        Path file = Files.writeString(folder.resolve("slo.yml"), """
                version: llmops.slo/v1
                objectives:
                  - name: first
                    indicator: {type: availability}
                    target: 99%
                  - name: second
                    indicator: {type: availability}
                    target: 99
                """);
        assertThatThrownBy(() -> ObjectiveSet.read(file))
                .hasMessageContaining(file + ":8: objectives[1].target is 99 — in (0, 1]");
    }

    @Test
    void a_lint_error_names_line_and_index() {
        assertThatThrownBy(() -> ObjectiveSet.parse("""
                version: llmops.slo/v1
                objectives:
                  - {name: a, indicator: {type: availability}, target: 99%}
                  - {name: b, indicator: {type: availability}, target: 100%}
                """))
                .hasMessageContaining("line 4: objectives[1] b: OBJECTIVE_100");
    }

    @Test
    void a_month_is_shown_as_the_calendar_it_is() {
        assertThatThrownBy(() -> ObjectiveSet.parse(RICH.replace("window: 7d", "window: 1M")))
                .hasMessageContaining("window is '1M'")
                .hasMessageContaining("write {calendar: month, zone: UTC}");
    }

    @ParameterizedTest
    @CsvSource({"0.8s, 800", "1.5h, 5400000", "2.5ms, 0", "0.5m, 30000"})
    void decimals_of_a_unit_are_durations_of_whole_milliseconds(String text, long millis) {
        if (millis == 0) {
            assertThatThrownBy(() -> Durations.parse(text)).hasMessageContaining("— whole milliseconds");
        } else {
            assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"version: llmops.slo/v1", "version: llmops.slo/v1\nobjectives: []"})
    void an_empty_list_is_refused(String yaml) {
        assertThatThrownBy(() -> ObjectiveSet.parse(yaml))
                .hasMessageContaining("objectives is empty — at least one objective or event rule is needed");
    }

    @Test
    void the_place_of_a_problem_is_that_of_the_file_also_behind_others() {
        assertThatThrownBy(() -> ObjectiveSet.parse("""
                        version: llmops.slo/v1
                        objectives:
                          - {name: a, indicator: {type: availability}, target: 99%}
                        exclusions:
                          - {from: 2026-11-28T20:00:00Z, to: soon, by: ana, reason: x}
                          - {from: 2026-11-28T20:00:00Z, to: 2026-11-28T22:00:00Z, by: ana, reason: x, objectives: [b]}
                        """))
                .hasMessageContaining("line 6: exclusions[1] UNKNOWN_NAME: objectives [b] are not there");
        assertThatThrownBy(() -> ObjectiveSet.parse("""
                        version: llmops.slo/v1
                        objectives:
                          - {name: A b, indicator: {type: availability}, target: 99%}
                          - {name: C d, indicator: {type: availability}, target: 99%}
                        """))
                .hasMessageContaining("2 problems")
                .hasMessageNotContaining("DUPLICATE_NAME");
        assertThatThrownBy(
                        () -> ObjectiveSet.parse("version: llmops.slo/v1\nobjectives:\n  - name: a\n\twindow: 30d\n"))
                .hasMessageContaining("line 4: is no YAML (");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            groupLimit: 1.5                                 | groupLimit is '1.5' — a whole number
            groupLimit: 1e30                                | groupLimit is '1E+30' — a whole number
            alerts: {guard: {minimumBadEvents: 2.5}}        | alerts.guard.minimumBadEvents is '2.5' — a whole number
            alerts: {tiers: []}                             | alerts.tiers is empty — one tier or more — write alerts: none to have none
            target: "99,9%"                                 | target is '99,9%' — a share such as 99.9% or 0.999
            source: {classicHistogram: {metric: 'h{}', threshold: 1}} | metric is 'h{}' — letters, digits, '_' and ':' — write labels under matchers
            source: {classicHistogram: {metric: h_bucket, threshold: 1}} | metric is 'h_bucket' — the name without _bucket — pass 'h'
            source: {nativeHistogram: {metric: h, threshold: -1}} | threshold is -1.0 — above 0, in the histogram's unit
            source: {nativeHistogram: {metric: h, threshold: 1, matchers: '{a="b"}'}} | matchers are '{a="b"}' — label matchers without braces
            """)
    void what_would_be_read_as_something_else_is_refused(String property, String problem) {
        String target = property.startsWith("target") ? "" : "target: 99%, ";

        assertThatThrownBy(() -> ObjectiveSet.parse("version: llmops.slo/v1\nobjectives:\n"
                        + "  - {name: a, indicator: {type: availability}, " + target + property + "}\n"))
                .hasMessageContaining("line 3: objectives[0]")
                .hasMessageContaining(problem);
    }

    @Test
    void the_edge_of_the_last_bucket_may_be_named() {
        assertThat(ObjectiveSet.parse("""
                                version: llmops.slo/v1
                                objectives:
                                  - name: a
                                    indicator: {type: latency, threshold: 500ms}
                                    target: 99%
                                    source: {classicHistogram: {metric: h, threshold: 0.5, edges: [0.1, 0.5, +Inf]}}
                                """).objectives().get(0).source())
                .isEqualTo(new MetricSource.ClassicHistogram("h", "", 0.5, List.of(0.1, 0.5)));
    }

    @Test
    void an_encoding_is_named() throws IOException {
        Path file = Files.write(folder.resolve("slo.yml"), RICH.getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> ObjectiveSet.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " is UTF-16, big endian — configuration is read as UTF-8 — save the file as UTF-8");
    }
}
