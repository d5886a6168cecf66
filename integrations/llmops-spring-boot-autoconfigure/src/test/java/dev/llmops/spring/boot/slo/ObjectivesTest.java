package dev.llmops.spring.boot.slo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Objective;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.spring.boot.LlmOpsContexts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ObjectivesTest {

    private final ApplicationContextRunner contexts =
            LlmOpsContexts.bare().withInitializer(new ConfigDataApplicationContextInitializer());

    @Test
    void objectives_in_yaml_have_the_words_of_a_file() {
        ObjectiveSet file = ObjectiveSet.parse("""
                version: llmops.slo/v1
                service: answers
                objectives:
                  - name: fast
                    description: People see an answer begin.
                    indicator: {type: timeToFirstToken, threshold: 500ms}
                    target: 99%
                    window: 30d
                    filter: {provider: openai, tenant: [acme, globex]}
                    groupBy: model
                  - name: month
                    indicator: {type: availability}
                    target: 0.995
                    window: {calendar: month, zone: Europe/Berlin}
                eventRules:
                  - {name: no-leak, risk: [pii_leak, secret_leak], severity: page, window: 1d}
                """);
        contexts.withPropertyValues("spring.config.name=objectives-inline")
                .run(context ->
                        assertThat(context.getBean(ObjectiveSet.class).toYaml()).isEqualTo(file.toYaml()));
    }

    @Test
    void a_file_and_the_properties_add_up() {
        contexts.withPropertyValues(
                        "spring.config.name=objectives-inline", "llmops.slo.file=classpath:objectives-file.yml")
                .run(context -> assertThat(context.getBean(ObjectiveSet.class).objectives())
                        .extracting(Objective::name)
                        .containsExactly("available", "fast", "month"));
    }

    @Test
    void the_name_of_the_application_is_the_service() {
        contexts.withPropertyValues(
                        "spring.application.name=shop",
                        "llmops.slo.objectives[0].name=available",
                        "llmops.slo.objectives[0].indicator.type=availability",
                        "llmops.slo.objectives[0].target=99%",
                        "llmops.slo.objectives[0].window=30d")
                .run(context ->
                        assertThat(context.getBean(ObjectiveSet.class).toYaml()).contains("shop"));
    }

    @Test
    void calls_are_judged_and_shown_as_metrics_with_an_edge_at_the_threshold() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        contexts.withPropertyValues("spring.config.name=objectives-inline")
                .withBean(MeterRegistry.class, () -> registry)
                .run(context -> {
                    LlmOps llmops = context.getBean(LlmOps.class);
                    try (LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt-4o")
                            .tenant("acme")
                            .streaming(true)
                            .start()) {
                        call.chunk(1);
                        call.finish("stop");
                    }
                    assertThat(context.getBean(SloEngine.class).statuses("fast"))
                            .singleElement()
                            .satisfies(status -> assertThat(status.group()).containsEntry(Dimension.MODEL, "gpt-4o"));
                    assertThat(registry.scrape())
                            .containsPattern(
                                    "llm_slo_events_total\\{.*model=\"gpt-4o\".*slo=\"fast\".*verdict=\"good\".*} 1.0")
                            .containsPattern("llm_slo_budget_remaining\\{.*model=\"gpt-4o\".*slo=\"fast\".*} 1.0")
                            .containsPattern("llm_time_to_first_token_seconds_bucket\\{.*le=\"0.5\"");
                });
    }
}
