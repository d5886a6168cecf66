package dev.llmops.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.spring.boot.MeasurementReport.UnmeasuredArea;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.FilteredClassLoader;

class OptionalModulesTest {

    @ParameterizedTest
    @CsvSource({
        "dev.llmops.metrics,metrics",
        "io.micrometer.core,metrics",
        "dev.llmops.tracing,spans",
        "io.opentelemetry,spans",
        "dev.llmops.logging,logs",
        "dev.llmops.redaction,redaction",
        "dev.llmops.cost,cost",
        "dev.llmops.cost,budgets",
        "dev.llmops.cost,ledger",
        "dev.llmops.slo,objectives",
        "dev.llmops.aspect,@LlmObserved",
        "org.aspectj.weaver,@LlmObserved",
        "dev.llmops.langchain4j,LangChain4j",
        "dev.langchain4j,LangChain4j",
        "dev.llmops.springai,Spring AI",
        "org.springframework.ai,Spring AI",
        "org.springframework.boot.data.redis,",
        "javax.sql,",
    })
    void an_absent_library_leaves_out_its_area_and_says_so(String absent, String area) {
        LlmOpsContexts.bare()
                .withClassLoader(new FilteredClassLoader(absent))
                .withPropertyValues("llmops.ledger.enabled=" + absent.equals("dev.llmops.cost"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(LlmOps.class)
                            .call(Operation.CHAT, "openai", "gpt-4o")
                            .start()
                            .finish("stop");
                    assertThat(context.getBean(MeasurementReport.class).unmeasured())
                            .filteredOn(each -> each.name().equals(area))
                            .extracting(UnmeasuredArea::reason)
                            .allMatch(reason -> reason.startsWith("did not find required class"))
                            .hasSize(area == null ? 0 : 1);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "llmops.metrics.enabled,metrics",
        "llmops.tracing.enabled,spans",
        "llmops.logging.enabled,logs",
        "llmops.redaction.enabled,redaction",
        "llmops.cost.enabled,cost",
        "llmops.cost.enabled,budgets",
        "llmops.budgets.enabled,budgets",
        "llmops.slo.enabled,objectives",
    })
    void a_property_leaves_out_an_area_and_says_so(String property, String area) {
        LlmOpsContexts.bare()
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(OpenTelemetry.class, OpenTelemetry::noop)
                .withPropertyValues(property + "=false")
                .run(context -> assertThat(
                                context.getBean(MeasurementReport.class).unmeasured())
                        .filteredOn(each -> each.name().equals(area))
                        .singleElement()
                        .extracting(UnmeasuredArea::reason)
                        .asString()
                        .contains(property));
    }
}
