package dev.llmops.metrics.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstrumentTest {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");

    @Test
    void no_name_is_used_twice() {
        assertThat(Instrument.values()).extracting(Instrument::meterName).doesNotHaveDuplicates();
        assertThat(Instrument.values()).extracting(Instrument::prometheusName).doesNotHaveDuplicates();
    }

    @Test
    void names_that_alert_rules_and_dashboards_use_are_kept_exactly() {
        assertThat(Instrument.values())
                .extracting(Instrument::prometheusName)
                .contains(
                        "llm_requests_total",
                        "llm_request_latency_seconds",
                        "llm_active_requests",
                        "llm_tokens_total",
                        "llm_gpu_memory_bytes",
                        "llm_gpu_utilization",
                        "llm_errors_total",
                        "llm_time_to_first_token_seconds");
    }

    @ParameterizedTest
    @EnumSource
    void buckets_ascend_and_only_histograms_have_them(Instrument instrument) {
        assertThat(instrument.buckets()).isSorted().doesNotHaveDuplicates();
        assertThat(instrument.buckets().isEmpty()).isEqualTo(instrument.kind() != Instrument.Kind.HISTOGRAM);
    }

    @ParameterizedTest
    @EnumSource
    void micrometers_own_convention_gives_the_name_in_the_table(Instrument instrument) {
        Meter.Type type =
                switch (instrument.kind()) {
                    case COUNTER -> Meter.Type.COUNTER;
                    case GAUGE -> Meter.Type.GAUGE;
                    case HISTOGRAM -> instrument.isTime() ? Meter.Type.TIMER : Meter.Type.DISTRIBUTION_SUMMARY;
                };
        String name = new PrometheusNamingConvention().name(instrument.meterName(), type, null);
        // Micrometer shows a gauge of this name as an info, whose suffix the client adds.
        String suffix = instrument == Instrument.VERSION_SET_INFO ? "_info" : "";
        assertThat(name + suffix).isEqualTo(instrument.prometheusBaseName());
    }

    private static String row(Instrument instrument) {
        return "| `" + instrument.meterName() + "` | `" + instrument.prometheusName() + "` | "
                + instrument.kind().name().toLowerCase(Locale.ROOT) + " | "
                + (instrument.unit().isEmpty() ? "" : "`" + instrument.unit() + "`") + " | "
                + instrument.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", ")) + " | "
                + instrument.description() + " |";
    }

    @Test
    void the_documentation_has_the_table_of_the_code_row_by_row() throws IOException {
        List<String> documented = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `llm.") || line.startsWith("| `gen_ai."))
                .toList();
        assertThat(documented)
                .containsExactlyElementsOf(Arrays.stream(Instrument.values())
                        .map(InstrumentTest::row)
                        .toList());
    }
}
