package dev.llmops.report.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.instrument.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DashboardsTest {

    private static final Path COMMITTED = Path.of("../dashboards");
    private static final Pattern LABELS = Pattern.compile("(by|on|group_left) \\([a-z_, ]*\\)");
    private static final Pattern METRIC = Pattern.compile("(?:llm|gen_ai)_[a-z_0-9]+(?=[{\\[)])");

    static Stream<Map.Entry<String, JsonNode>> boards() {
        return Arrays.stream(Profile.values())
                .flatMap(profile -> Dashboards.of(profile, "USD").files().entrySet().stream())
                .filter(file -> file.getKey().endsWith(".json"))
                .map(file -> Map.entry(file.getKey(), JsonMapper.shared().readTree(file.getValue())));
    }

    private static List<JsonNode> panels(Map.Entry<String, JsonNode> board) {
        return board.getValue().path("panels").valueStream().toList();
    }

    @ParameterizedTest
    @EnumSource
    void the_committed_files_are_those_that_are_generated(Profile profile) throws IOException {
        for (Map.Entry<String, String> file :
                Dashboards.of(profile, "USD").files().entrySet()) {
            assertThat(Files.readString(COMMITTED.resolve(file.getKey())))
                    .as(file.getKey())
                    .isEqualTo(file.getValue());
        }
    }

    @Test
    void nothing_else_is_committed() throws IOException {
        Set<String> generated = Arrays.stream(Profile.values())
                .flatMap(profile -> Dashboards.of(profile, "USD").files().keySet().stream())
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(COMMITTED)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(generated);
        }
    }

    @Test
    void files_are_written_to_a_folder(@TempDir Path temporary) throws IOException {
        Path folder = temporary.resolve("new");
        Dashboards.of(Profile.LLM, "EUR").writeTo(folder);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "overview.json",
                            "slo.json",
                            "cost.json",
                            "saturation.json",
                            "release.json",
                            "recording.rules.yml",
                            "keda.yml",
                            "hpa.yml");
        }
        assertThat(Files.readString(folder.resolve("cost.json"))).contains("llm_cost_eur_total", "currencyEUR");
    }

    @Test
    void a_currency_is_three_letters() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dashboards.of(Profile.LLM, "usd\"}"))
                .withMessage("currency is not known (usd\"}) — a code of ISO 4217 such as USD — pass three letters");
    }

    /** The series of objectives, which have no profile, from the table that the documentation shows. */
    private static Set<String> objectiveSeries() throws IOException {
        return Pattern.compile("\\| `(llm_slo_[a-z_]+)` \\|")
                .matcher(Files.readString(Path.of("../docs/slo.md")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource
    void every_metric_stands_in_a_table(Profile profile) throws IOException {
        Dashboards dashboards = Dashboards.of(profile, "USD");
        String all = dashboards.queries() + "" + dashboards.recordingRules() + dashboards.autoscalingQueries();
        Set<String> known = Arrays.stream(Instrument.values())
                .filter(instrument -> instrument.profiles().contains(profile))
                .map(instrument -> instrument.prometheusName().replace("{currency}", "usd"))
                .collect(Collectors.toSet());
        known.addAll(objectiveSeries());
        Set<String> used = METRIC.matcher(LABELS.matcher(all).replaceAll(""))
                .results()
                .map(found -> found.group().replaceFirst("_(bucket|sum|count)$", ""))
                .collect(Collectors.toSet());
        assertThat(used).isNotEmpty().isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("boards")
    void a_board_has_what_grafana_asks_for(Map.Entry<String, JsonNode> board) {
        JsonNode json = board.getValue();
        assertThat(json.path("schemaVersion").asInt()).isEqualTo(GrafanaJson.SCHEMA_VERSION);
        assertThat(json.path("uid").asString()).matches("llmops-[a-z-]{1,32}");
        assertThat(json.path("title").asString()).isNotBlank();
        assertThat(json.path("templating").path("list").get(0).path("type").asString())
                .isEqualTo("datasource");
        assertThat(json.path("time").path("from").asString()).isEqualTo("now-6h");
    }

    @ParameterizedTest
    @MethodSource("boards")
    void panels_have_ids_of_their_own_and_do_not_overlap(Map.Entry<String, JsonNode> board) {
        Set<Integer> ids = new HashSet<>();
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : panels(board)) {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            JsonNode at = panel.path("gridPos");
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(GrafanaJson.COLUMNS);
            for (int x = at.path("x").asInt();
                    x < at.path("x").asInt() + at.path("w").asInt();
                    x++) {
                for (int y = at.path("y").asInt();
                        y < at.path("y").asInt() + at.path("h").asInt();
                        y++) {
                    assertThat(cells.add(x + "," + y)).isTrue();
                }
            }
        }
        assertThat(ids).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("boards")
    void every_query_goes_to_the_chosen_source_under_an_id_of_its_own(Map.Entry<String, JsonNode> board) {
        for (JsonNode panel : panels(board)) {
            assertThat(panel.path("datasource").path("uid").asString()).isEqualTo("${datasource}");
            List<String> ids = panel.path("targets")
                    .valueStream()
                    .map(target -> target.path("refId").asString())
                    .toList();
            assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
            assertThat(panel.path("targets").valueStream())
                    .allSatisfy(target -> assertThat(
                                    target.path("datasource").path("uid").asString())
                            .isEqualTo("${datasource}"));
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void variables_are_declared_and_units_are_grafanas(Map.Entry<String, JsonNode> board) {
        String text = board.getValue().path("panels").toString();
        boolean hasModel = board.getValue().path("templating").path("list").size() == 2;
        assertThat(text.contains("$model")).isEqualTo(hasModel);
        for (JsonNode panel : panels(board)) {
            assertThat(panel.path("fieldConfig").path("defaults").path("unit").asString())
                    .isIn("s", "short", "percentunit", "reqps", "currencyUSD", "suffix:/s", "suffix:tokens/s");
        }
    }

    @Test
    void a_rule_is_named_and_quoted() {
        Matcher rule = Pattern.compile("record: llm:requests:rate5m\n {8}expr: \"(.*)\"\n")
                .matcher(Dashboards.of(Profile.LLM, "USD").files().get("recording.rules.yml"));
        assertThat(rule.find()).isTrue();
        assertThat(rule.group(1)).isEqualTo("sum by (model) (rate(llm_requests_total[5m]))");
    }

    @Test
    void a_quantile_is_that_of_the_classic_buckets_or_else_of_the_native_ones() {
        assertThat(Dashboards.of(Profile.LLM, "USD").recordingRules())
                .containsEntry(
                        "llm:request_latency_seconds:p95_5m",
                        "histogram_quantile(0.95, sum by (model, le) (rate(llm_request_latency_seconds_bucket[5m])))"
                                + " or histogram_quantile(0.95, sum by (model, le) (rate(llm_request_latency_seconds[5m])))");
    }

    @Test
    void what_did_nothing_has_no_share_of_bad_calls() {
        assertThat(Dashboards.of(Profile.LLM, "USD").recordingRules().get("llm:bad_requests:ratio_rate5m"))
                .endsWith(" / (sum by (model) (rate(llm_requests_total[5m])) > 0)");
    }

    @Test
    void a_scaler_asks_for_the_total_and_divides_it_by_the_replicas() {
        Map<String, String> files = Dashboards.of(Profile.LLM, "USD").files();
        assertThat(files.get("keda.yml"))
                .contains("metricType: AverageValue", "query: \"sum(llm_active_requests)\"", "threshold: \"20\"");
        assertThat(files.get("hpa.yml")).contains("target: {type: AverageValue, averageValue: \"800\"}");
    }
}
