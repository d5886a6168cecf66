package dev.llmops.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MeasurementReportTest {

    @Test
    void one_line_at_start_up_says_what_is_measured_what_is_not_and_why(CapturedOutput output) {
        LlmOpsContexts.bare()
                .withBean(MeterRegistry.class, MeasurementReportTest::composite)
                .withPropertyValues("llmops.budgets.user=2.00/day")
                .run(context -> assertThat(output.getAll().lines().filter(line -> line.contains("llmops measures")))
                        .singleElement()
                        .asString()
                        .containsPattern("llmops measures metrics \\(simple\\), logs \\(message_json\\), redaction, "
                                + "cost \\(prices [0-9a-f]+\\), budgets \\(in memory\\), .*; it does not measure")
                        .contains(
                                "spans (there is no bean of type io.opentelemetry.api.OpenTelemetry)",
                                "ledger (did not find property 'llmops.ledger.enabled')",
                                "objectives (neither llmops.slo.file nor llmops.slo.objectives is set)"));
    }

    @Test
    void the_line_can_be_switched_off(CapturedOutput output) {
        LlmOpsContexts.bare()
                .withPropertyValues("llmops.startup-line=false")
                .run(context -> assertThat(output.getAll()).doesNotContain("llmops measures"));
    }

    @Test
    void a_prometheus_registry_is_named(CapturedOutput output) {
        LlmOpsContexts.bare()
                .withBean(MeterRegistry.class, () -> new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
                .run(context -> assertThat(output.getAll()).contains("metrics (prometheus)"));
    }

    private static MeterRegistry composite() {
        CompositeMeterRegistry registry = new CompositeMeterRegistry();
        registry.add(new SimpleMeterRegistry());
        return registry;
    }
}
