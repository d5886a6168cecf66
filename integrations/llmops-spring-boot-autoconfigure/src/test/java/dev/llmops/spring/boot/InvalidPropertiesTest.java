package dev.llmops.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

class InvalidPropertiesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            llmops.recent-calls=-1 | 'llmops' | recentCalls is out of range (-1) | Correct each
            llmops.content.id-key=short | llmops.content.id-key | too short (5 characters) | long random text
            llmops.content.user-ids=keyed-hash | llmops.content.id-key | there is no key | plain
            llmops.logging.sample-rate=2 | llmops.logging.sample-rate | out of range (2.0) | 0.1
            llmops.kafka.bootstrap-servers=nowhere | llmops.kafka | producer refuses | under llmops.kafka
            llmops.metrics.label-limit=0 | llmops.metrics.label-limit | too small (0) | 100
            llmops.redaction.phone-regions=Atlantis | llmops.redaction | Atlantis | Correct it
            llmops.cost.price-books=classpath:absent.yml | llmops.cost.price-books | absent.yml | place
            llmops.cost.price-books=classpath:broken-prices.yml | llmops.cost.price-books | broken-prices.yml | docs/cost.md
            llmops.cost.bundled=false | llmops.cost.price-books | there is no price book | llmops.cost.enabled
            llmops.budgets.user=2 a day | llmops.budgets.user | cannot be read (2 a day) | 2.00/day
            llmops.budgets.total=0/day | llmops.budgets | total-day | Correct the limit
            llmops.budgets.warn-at=1.5 | llmops.budgets.warn-at | out of range (1.5) | 0.8
            llmops.slo.file=classpath:absent.yml | llmops.slo.file | absent.yml | place
            llmops.slo.objectives[0].name=fast | llmops.slo.objectives | indicator | docs/slo.md
            llmops.slo.objectives[0].nmae=fast | llmops.slo.objectives | nmae | docs/slo.md
            """)
    void the_start_names_the_property_the_problem_and_the_remedy(
            String property, String name, String problem, String remedy) {
        LlmOpsContexts.bare()
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues(property, "llmops.budgets.model=1/day")
                .run(context -> {
                    FailureAnalysis analysis = analysis(context);
                    assertThat(analysis.getDescription()).contains(name, problem);
                    assertThat(analysis.getAction()).contains(remedy);
                });
    }

    @Test
    void budgets_on_redis_name_the_starter_to_add() {
        LlmOpsContexts.bare()
                .withClassLoader(new FilteredClassLoader("io.lettuce.core"))
                .withPropertyValues("llmops.budgets.store=redis", "llmops.budgets.model=1/day")
                .run(context -> assertThat(analysis(context).getAction()).contains("spring-boot-starter-data-redis"));
    }

    @Test
    void budgets_on_redis_ask_for_its_address() {
        LlmOpsContexts.bare()
                .withPropertyValues("llmops.budgets.store=redis", "llmops.budgets.model=1/day")
                .run(context -> assertThat(analysis(context).getAction()).contains("spring.data.redis"));
    }

    @Test
    void an_embedded_ledger_names_the_database_to_add() {
        LlmOpsContexts.bare()
                .withPropertyValues("llmops.ledger.enabled=true", "llmops.ledger.directory=/dev/null/ledger")
                .run(context -> assertThat(analysis(context).getAction()).contains("com.h2database:h2"));
    }

    private static FailureAnalysis analysis(AssertableApplicationContext context) {
        assertThat(context).hasFailed();
        return new InvalidLlmOpsPropertyFailureAnalyzer().analyze(context.getStartupFailure());
    }
}
