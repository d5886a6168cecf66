package dev.llmops.cost;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.cost.book.Costs;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.usage.UsageReader;
import dev.llmops.cost.usage.UsageReading;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CostEnricherTest {

    private static final Instant START = Instant.parse("2026-08-21T12:00:00Z");

    private final CostEnricher enricher = CostEnricher.using(PriceBook::bundled, InstantSource.fixed(START));
    private final Telemetry telemetry = new Telemetry();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("llmops");

    @BeforeEach
    void listen() {
        enricher.useTelemetry(telemetry);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void reported_usage_of_a_known_model_gives_an_exact_cost() {
        Cost cost = enrich(call("gpt-4o").usage(TokenUsage.inclusive(1_248, 10).cachedInput(1_152)));

        assertThat(cost.state()).isEqualTo(CostState.EXACT);
        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo("0.00178");
        assertThat(cost.priceBookVersion()).isEqualTo(PriceBook.bundled().version());
        assertThat(cost.components()).extracting(c -> c.priceId()).contains("openai/gpt-4o#cache_read_tokens");
    }

    @Test
    void the_model_that_answered_decides_if_the_book_knows_it() {
        TokenUsage million = TokenUsage.inclusive(1_000_000, 0);

        assertThat(enrich(call("gpt-4o").responseModel("gpt-4o-mini").usage(million))
                        .amount()
                        .orElseThrow())
                .isEqualByComparingTo("0.15");
        assertThat(enrich(call("gpt-4o").responseModel("ft:secret").usage(million))
                        .amount()
                        .orElseThrow())
                .isEqualByComparingTo("2.5");
    }

    @Test
    void tier_and_region_come_from_the_response() {
        Cost cost = enrich(call("gpt-5.5")
                .usage(TokenUsage.inclusive(200_000, 0))
                .attributes(Map.of(
                        UsageReading.SERVICE_TIER_ATTRIBUTE, "fast",
                        UsageReading.REGION_ATTRIBUTE, "EU")));

        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo("2.2");
    }

    @Test
    void the_providers_own_figure_is_the_cost_and_the_computed_one_stays_visible() {
        Cost cost = enrich(call("gpt-4o")
                .usage(TokenUsage.inclusive(1_000, 0))
                .attributes(Map.of(UsageReading.REPORTED_COST_ATTRIBUTE, "0.0026")));

        assertThat(cost.state()).isEqualTo(CostState.PROVIDER_REPORTED);
        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo("0.0026");
        assertThat(Costs.replay(cost)).isEqualByComparingTo("0.0025");
        assertThat(Costs.reportedMinusComputed(cost).orElseThrow()).isEqualByComparingTo("0.0001");
    }

    @Test
    void a_providers_figure_that_cannot_be_is_no_figure() {
        UsageReading reading = UsageReader.read(
                UsageReader.Shape.OPENAI_CHAT,
                "openrouter",
                "{\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":0,\"cost\":1e999999999}}");
        assertThat(reading.attributes()).isEmpty();

        for (String figure : List.of("1E+999999999", "-0.01", "free")) {
            Cost cost = enrich(call("gpt-4o")
                    .usage(TokenUsage.inclusive(1_000, 0))
                    .attributes(Map.of(UsageReading.REPORTED_COST_ATTRIBUTE, figure)));

            assertThat(cost.state()).isEqualTo(CostState.EXACT);
            assertThat(cost.amount().orElseThrow()).isEqualByComparingTo("0.0025");
        }
    }

    @Test
    void estimated_usage_gives_an_estimate() {
        Cost cost = enrich(call("gpt-4o").usage(TokenUsage.estimated(OptionalLong.of(1_000_000), OptionalLong.of(0))));

        assertThat(cost.state()).isEqualTo(CostState.ESTIMATED);
        assertThat(cost.reason()).isEqualTo("usage is estimated");
        assertThat(cost.amount().orElseThrow()).isEqualByComparingTo("2.5");
    }

    @Test
    void an_unknown_model_is_unpriced_counted_and_logged_once() {
        TokenUsage usage = TokenUsage.inclusive(10, 10);

        assertThat(enrich(call("gpt-99").usage(usage)).state()).isEqualTo(CostState.UNPRICED);
        assertThat(enrich(call("gpt-99").usage(usage)).amount()).isEmpty();

        assertThat(enricher.counts()).containsEntry(CostState.UNPRICED, 2L).containsEntry(CostState.EXACT, 0L);
        assertThat(telemetry.value(Telemetry.Kind.DROPPED, CostEnricher.UNPRICED))
                .isEqualTo(2);
        assertThat(log.list).hasSize(1);
        assertThat(log.list.get(0).getFormattedMessage())
                .startsWith("A call of openai/gpt-99 is unpriced: unknown model openai/gpt-99.");
    }

    @Test
    void a_model_that_a_stranger_names_forges_no_line() {
        enrich(call("x\nERROR forged\u001b[31m\u202e").usage(TokenUsage.inclusive(10, 10)));

        assertThat(log.list.get(0).getFormattedMessage())
                .startsWith("A call of openai/x ERROR forged is unpriced: unknown model openai/x ERROR forged. Its");
    }

    @Test
    void completed_without_usage_is_unpriced_and_failed_without_usage_is_a_lower_bound() {
        assertThat(enrich(call("gpt-4o").usage(TokenUsage.unknown())).state()).isEqualTo(CostState.UNPRICED);

        Cost failed = enrich(call("gpt-4o", Outcome.FAILED).usage(TokenUsage.unknown()));
        assertThat(failed.state()).isEqualTo(CostState.ESTIMATED);
        assertThat(failed.amount().orElseThrow()).isEqualByComparingTo("0");
    }

    @Test
    void a_refused_call_and_an_answer_from_the_cache_cost_nothing() {
        TokenUsage usage = TokenUsage.inclusive(1_000_000, 0);

        assertThat(enrich(call("gpt-4o", Outcome.REJECTED).usage(usage))
                        .amount()
                        .orElseThrow())
                .isEqualByComparingTo("0");
        assertThat(enrich(call("gpt-4o").cache(CacheResult.HIT).usage(usage))
                        .amount()
                        .orElseThrow())
                .isEqualByComparingTo("0");
    }

    @Test
    void what_caches_saved_can_be_told() {
        CallRecord prompt = call("gpt-4o")
                .usage(TokenUsage.inclusive(1_000_000, 0).cachedInput(400_000))
                .build();
        CallRecord answer = call("gpt-4o")
                .cache(CacheResult.HIT)
                .usage(TokenUsage.inclusive(0, 1_000_000))
                .build();
        CallRecord neither = call("gpt-4o").usage(TokenUsage.inclusive(10, 10)).build();

        assertThat(CacheSavings.of(prompt, PriceBook.bundled()).orElseThrow().promptCache())
                .isEqualByComparingTo("0.5");
        assertThat(CacheSavings.of(answer, PriceBook.bundled()).orElseThrow().answerCache())
                .isEqualByComparingTo("10");
        assertThat(CacheSavings.of(neither, PriceBook.bundled())).isEmpty();
    }

    @Test
    void an_old_book_is_warned_of() {
        CostEnricher.using(PriceBook::bundled, InstantSource.fixed(Instant.parse("2027-01-21T00:00:00Z")));

        assertThat(log.list.get(0).getFormattedMessage()).startsWith("The price book is 120 days old");
    }

    private Cost enrich(CallRecord.Builder call) {
        return enricher.enrich(call.build()).cost();
    }

    private static CallRecord.Builder call(String model) {
        return call(model, Outcome.COMPLETED);
    }

    private static CallRecord.Builder call(String model, Outcome outcome) {
        CallInfo info = CallInfo.builder(UUID.randomUUID(), START, Operation.CHAT, "openai", model)
                .build();
        return CallRecord.builder(info, outcome, Timing.builder(1_000_000).build());
    }
}
