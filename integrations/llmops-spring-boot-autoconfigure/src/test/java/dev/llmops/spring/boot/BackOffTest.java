package dev.llmops.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.accounting.Accounts;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.budget.BudgetStore;
import dev.llmops.cost.budget.Budgets;
import dev.llmops.cost.ledger.Ledger;
import dev.llmops.logging.CallLog;
import dev.llmops.metrics.GoldenSignals;
import dev.llmops.metrics.SignalRecorder;
import dev.llmops.redaction.RedactionEnricher;
import dev.llmops.redaction.Redactor;
import dev.llmops.slo.alert.AlertWebhook;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.tracing.CallSpans;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BackOffTest {

    private static final String OBJECTIVES = """
            version: llmops.slo/v1
            service: answers
            objectives:
              - {name: available, indicator: {type: availability}, target: 99%, window: 30d}
            """;

    @TempDir
    static Path folder;

    static Stream<Arguments> beans() {
        return Stream.of(
                bean(SignalRecorder.class, () -> GoldenSignals.on(new SimpleMeterRegistry())),
                bean(CallSpans.class, () -> CallSpans.on(OpenTelemetry.noop())),
                bean(CallLog.class, CallLog::toSlf4j),
                bean(Redactor.class, Redactor::ofDefaults),
                bean(RedactionEnricher.class, () -> RedactionEnricher.using(Redactor.ofDefaults())),
                bean(PriceBook.class, PriceBook::bundled),
                bean(CostEnricher.class, () -> CostEnricher.using(PriceBook.bundled())),
                bean(Accounts.class, () -> Accounts.builder().build()),
                bean(BudgetStore.class, BudgetStore::inMemory),
                bean(
                        Budgets.class,
                        () -> Budgets.builder("EUR")
                                .store(BudgetStore.inMemory())
                                .build()),
                bean(Ledger.class, BackOffTest::ledger),
                bean(ObjectiveSet.class, () -> ObjectiveSet.parse(OBJECTIVES)),
                bean(
                        SloEngine.class,
                        () -> SloEngine.builder()
                                .objectives(ObjectiveSet.parse(OBJECTIVES))
                                .build()),
                bean(
                        AlertWebhook.class,
                        () -> AlertWebhook.builder(URI.create("http://localhost:1/"))
                                .build()));
    }

    private static <T> Arguments bean(Class<T> type, Supplier<T> own) {
        return arguments(type, own);
    }

    private static Ledger ledger() {
        try {
            return Ledger.at(folder.resolve("own")).open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("beans")
    <T> void a_bean_of_the_application_replaces_ours(Class<T> type, Supplier<T> own) {
        LlmOpsContexts.bare()
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(OpenTelemetry.class, OpenTelemetry::noop)
                .withPropertyValues(
                        "llmops.budgets.total=1/day",
                        "llmops.ledger.enabled=true",
                        "llmops.ledger.directory=" + folder.resolve("ours"),
                        "llmops.slo.webhook=http://localhost:1/",
                        "llmops.slo.service=answers",
                        "llmops.slo.objectives[0].name=available",
                        "llmops.slo.objectives[0].indicator.type=availability",
                        "llmops.slo.objectives[0].target=99%",
                        "llmops.slo.objectives[0].window=30d")
                .withBean("own", type, own)
                .run(context -> assertThat(context).hasSingleBean(type).hasBean("own"));
    }
}
