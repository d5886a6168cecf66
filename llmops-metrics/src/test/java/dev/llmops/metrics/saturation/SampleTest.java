package dev.llmops.metrics.saturation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {

    @Test
    void a_line_without_labels_is_a_name_and_a_value() {
        assertThat(Sample.parse("tgi_queue_size 3")).isEqualTo(new Sample("tgi_queue_size", Map.of(), 3));
    }

    @Test
    void labels_timestamp_and_exemplar_may_follow() {
        assertThat(Sample.parse("vllm:x{engine=\"0\",model_name=\"m\"} 0.25 1700000000000"))
                .isEqualTo(new Sample("vllm:x", Map.of("engine", "0", "model_name", "m"), 0.25));
        assertThat(Sample.parse("x_bucket{le=\"1\"} 7 # {trace_id=\"a b\"} 0.5 1.0")
                        .value())
                .isEqualTo(7);
    }

    @Test
    void blanks_and_a_comma_at_the_end_are_allowed() {
        assertThat(Sample.parse("x { a = \"1\" , b = \"2\", }\t5").labels()).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void escapes_in_label_values_are_undone() {
        assertThat(Sample.parse("x{path=\"C:\\\\DIR\\n\\\"quoted\\\" {a=b},\"} 1")
                        .label("path"))
                .isEqualTo("C:\\DIR\n\"quoted\" {a=b},");
    }

    @Test
    void values_that_are_no_finite_number_are_read_as_what_they_are() {
        assertThat(Sample.parse("x NaN").value()).isNaN();
        assertThat(Sample.parse("x +Inf").value()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Sample.parse("x -Inf").value()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Sample.parse("x 1.5e3").value()).isEqualTo(1_500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x{", "x{a", "x{a=1} 2", "x{a=\"1} 2", "x{a=\"1\"", "x{a=\"1\"} two", "x{=\"1\" b} 3"})
    void a_line_that_breaks_the_format_is_refused_with_its_text(String line) {
        assertThatThrownBy(() -> Sample.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(line);
    }

    @Property
    void what_a_prometheus_client_writes_is_read_back(@ForAll @NotBlank String label, @ForAll double value)
            throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create()
                .write(
                        text,
                        MetricSnapshots.of(GaugeSnapshot.builder()
                                .name("x")
                                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                                        .labels(Labels.of("l", label))
                                        .value(value)
                                        .build())
                                .build()));
        String line = Arrays.stream(text.toString(StandardCharsets.UTF_8).split("\n"))
                .filter(each -> each.startsWith("x"))
                .findFirst()
                .orElseThrow();
        Sample read = Sample.parse(line);
        byte[] written = label.getBytes(StandardCharsets.UTF_8);
        assertThat(read.label("l").getBytes(StandardCharsets.UTF_8)).isEqualTo(written);
        assertThat(read.value()).isEqualTo(value);
    }
}
