package dev.llmops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.LlmOpsBuilder;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.Operation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Money is shown as it adds up in decimals, and not in floating point. */
class ExactCostTest {

    private static final int THREADS = 4;

    private PrometheusRegistry prometheus;
    private PrometheusMeterRegistry micrometer;

    @BeforeEach
    @BeforeTry
    void begin() {
        prometheus = new PrometheusRegistry();
        micrometer = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @Property(tries = 200)
    void the_exposition_shows_the_exact_sum_of_any_amounts(@ForAll("amounts") List<BigDecimal> amounts)
            throws IOException {
        LlmOps llmops = llmops(PrometheusSignals.on(prometheus), GoldenSignals.on(micrometer));

        amounts.forEach(amount -> call(llmops, amount));

        assertShown(amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    @Test
    void the_exposition_shows_the_exact_sum_of_amounts_from_many_threads() throws Exception {
        LlmOps llmops = llmops(PrometheusSignals.on(prometheus), GoldenSignals.on(micrometer));
        int calls = 2_000;
        BigDecimal amount = new BigDecimal("0.000123457");

        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        for (int thread = 0; thread < THREADS; thread++) {
            threads.execute(() -> {
                for (int call = 0; call < calls; call++) {
                    call(llmops, amount);
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        assertShown(amount.multiply(BigDecimal.valueOf((long) THREADS * calls)));
    }

    @Test
    void a_sum_of_more_digits_than_a_double_has_is_the_nearest_double() throws IOException {
        LlmOps llmops = llmops(PrometheusSignals.on(prometheus), GoldenSignals.on(micrometer));

        call(llmops, new BigDecimal("123456789012345"));
        call(llmops, new BigDecimal("0.123456789"));

        assertShown(new BigDecimal(Double.toString(123456789012345.123456789)));
    }

    @Test
    void series_that_a_filter_makes_one_add_up_in_every_part_of_a_composite() {
        SimpleMeterRegistry withoutModel = new SimpleMeterRegistry();
        withoutModel.config().meterFilter(MeterFilter.ignoreTags("model"));
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        composite.add(withoutModel).add(micrometer);
        LlmOps llmops = llmops(GoldenSignals.on(composite));

        call(llmops, "m1", new BigDecimal("0.1"));
        call(llmops, "m2", new BigDecimal("0.2"));

        assertThat(cost(withoutModel)).isEqualTo(0.3);
        assertThat(micrometer
                        .get("llm.cost")
                        .tag("model", "m2")
                        .functionCounter()
                        .count())
                .isEqualTo(0.2);
    }

    /** Up to 100 amounts whose sum has no more than 15 digits. */
    @Provide
    Arbitrary<List<BigDecimal>> amounts() {
        return Combinators.combine(
                        Arbitraries.longs()
                                .between(0, 9_999_999_999_999L)
                                .list()
                                .ofMaxSize(100),
                        Arbitraries.integers().between(0, 15))
                .as((units, scale) -> units.stream()
                        .map(unit -> BigDecimal.valueOf(unit, scale))
                        .toList());
    }

    private static LlmOps llmops(SignalRecorder... signals) {
        LlmOpsBuilder builder = LlmOps.builder().enricher(ExactCostTest::cost);
        List.of(signals).forEach(builder::listener);
        return builder.build();
    }

    private static CallRecord cost(CallRecord record) {
        BigDecimal amount = new BigDecimal((String) record.attributes().get("amount"));
        return record.toBuilder()
                .cost(new Cost(CostState.EXACT, amount, "USD", List.of(), null))
                .build();
    }

    private static void call(LlmOps llmops, BigDecimal amount) {
        call(llmops, "m", amount);
    }

    private static void call(LlmOps llmops, String model, BigDecimal amount) {
        LlmCall call = llmops.call(Operation.CHAT, "openai", model).start();
        call.attribute("amount", amount.toString());
        call.finish("stop");
    }

    private static double cost(MeterRegistry registry) {
        return registry.get("llm.cost").functionCounter().count();
    }

    private void assertShown(BigDecimal sum) throws IOException {
        for (PrometheusRegistry registry : List.of(prometheus, micrometer.getPrometheusRegistry())) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            PrometheusTextFormatWriter.create().write(text, registry.scrape("llm_cost_usd"::equals));
            BigDecimal shown = text.toString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("llm_cost_usd_total{"))
                    .map(line -> new BigDecimal(line.substring(line.lastIndexOf(' ') + 1)))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(shown).isEqualByComparingTo(sum);
        }
    }
}
