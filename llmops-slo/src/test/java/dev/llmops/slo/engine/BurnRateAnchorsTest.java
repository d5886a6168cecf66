package dev.llmops.slo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.slo.AlertPolicy;
import dev.llmops.slo.AlertTier;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Durations;
import dev.llmops.slo.ErrorBudget;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.status.TierVerdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class BurnRateAnchorsTest {

    private static final String ANCHORS = "burn-rate-anchors.json";
    private static final Duration MONTH = Duration.ofDays(30);

    private static final Map<String, AlertTier> TIERS = new LinkedHashMap<>();

    static {
        TIERS.put("page-fast", AlertTier.of("page", Duration.ofHours(1), Duration.ofMinutes(5), 14.4));
        TIERS.put("page-slow", AlertTier.of("page", Duration.ofHours(6), Duration.ofMinutes(30), 6));
        TIERS.put("ticket-fast", AlertTier.of("ticket", Duration.ofDays(1), Duration.ofHours(2), 3));
        TIERS.put("ticket-slow", AlertTier.of("ticket", Duration.ofDays(3), Duration.ofHours(6), 1));
    }

    @TestFactory
    Stream<DynamicTest> factorsFollowFromBudgetFractions() {
        return Cases.rows(ANCHORS, "tierTables").stream()
                .flatMap(table -> table.get("tiers").values().stream()
                        .map(row -> DynamicTest.dynamicTest(
                                table.get("name").asString() + " "
                                        + row.get("long").asString(),
                                () -> assertFactor(
                                        row, Durations.parse(table.get("period").asString())))));
    }

    private static void assertFactor(JsonNode row, Duration period) {
        AlertTier tier = AlertTier.ofBudgetFraction(
                "page",
                Durations.parse(row.get("long").asString()),
                Durations.parse(row.get("short").asString()),
                new BigDecimal(row.get("budgetFraction").asString()),
                period);
        assertThat(tier.factor()).isEqualByComparingTo(Cases.exact(row.get("factor")));
        assertThat(tier.factor().doubleValue())
                .isEqualTo(row.get("factor").get("value").asDouble());
    }

    @TestFactory
    Stream<DynamicTest> timesToFireAndToClearAreExact() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode row : Cases.rows(ANCHORS, "timeToFire")) {
            TIERS.forEach((name, tier) -> tests.add(DynamicTest.dynamicTest(
                    row.get("target").asString() + " at "
                            + row.get("errorRatio").asString() + " " + name,
                    () -> assertTimes(row, row.get(name), tier))));
        }
        return tests.stream();
    }

    private static void assertTimes(JsonNode row, JsonNode expected, AlertTier tier) {
        ErrorBudget budget = new ErrorBudget(new BigDecimal(row.get("target").asString()), MONTH);
        BigDecimal ratio = new BigDecimal(row.get("errorRatio").asString());
        if (!expected.get("fires").asBoolean()) {
            assertThat(budget.timeToFire(tier, ratio)).isEmpty();
            assertThat(budget.timeToClear(tier, ratio)).isEmpty();
            return;
        }
        assertThat(budget.timeToFire(tier, ratio)).contains(nanos(expected.get("secondsToCross")));
        assertThat(budget.timeToClear(tier, ratio)).contains(nanos(expected.get("secondsToClear")));
    }

    private static Duration nanos(JsonNode seconds) {
        return Duration.ofNanos(Cases.exact(seconds).movePointRight(9).longValue());
    }

    @TestFactory
    Stream<DynamicTest> discreteMinutesFireAndClearWhenTheArithmeticSays() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode row : Cases.rows(ANCHORS, "timeToFire")) {
            TIERS.forEach((name, tier) -> tests.add(DynamicTest.dynamicTest(
                    row.get("target").asString() + " at "
                            + row.get("errorRatio").asString() + " " + name,
                    () -> assertMinutes(row, row.get(name), tier))));
        }
        return tests.stream();
    }

    /** Runs minute by minute through real cells: clean traffic, then the incident, then clean traffic again. */
    private static void assertMinutes(JsonNode row, JsonNode expected, AlertTier tier) {
        BigDecimal ratio = new BigDecimal(row.get("errorRatio").asString());
        Objective objective = Objective.builder("anchor")
                .indicator(Indicator.reported())
                .target(new BigDecimal(row.get("target").asString()))
                .alerts(new AlertPolicy(List.of(tier), AlertPolicy.Guard.NONE))
                .build();
        long perMinute = 1_000_000;
        long badPerMinute = ratio.multiply(BigDecimal.valueOf(perMinute)).longValueExact();
        long longMinutes = tier.longWindow().toMinutes();
        Trace trace = new Trace(objective);
        for (long minute = 1; minute <= longMinutes; minute++) {
            trace.minute(perMinute, 0);
        }
        boolean fires = expected.get("fires").asBoolean();
        long first = fires ? expected.get("firstWholeMinute").asLong() : longMinutes;
        for (long minute = 1; minute < first; minute++) {
            trace.minute(perMinute - badPerMinute, badPerMinute);
        }
        assertThat(trace.state()).isNotEqualTo(TierVerdict.State.FIRING);
        trace.minute(perMinute - badPerMinute, badPerMinute);
        assertThat(trace.state() == TierVerdict.State.FIRING).isEqualTo(fires);
        if (!fires) {
            return;
        }
        long shortMinutes = tier.shortWindow().toMinutes();
        for (long minute = first; minute < Math.max(first, shortMinutes) + longMinutes / 4; minute++) {
            trace.minute(perMinute - badPerMinute, badPerMinute);
        }
        long clear = expected.get("firstClearMinute").asLong();
        for (long minute = 1; minute < clear; minute++) {
            trace.minute(perMinute, 0);
        }
        assertThat(trace.state()).isEqualTo(TierVerdict.State.FIRING);
        trace.minute(perMinute, 0);
        assertThat(trace.state()).isEqualTo(TierVerdict.State.CLEAR);
    }

    @TestFactory
    Stream<DynamicTest> oneFailureStaysUnderTheThresholdFromTheStatedTraffic() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode row : Cases.rows(ANCHORS, "eventsSoThatOneFailureStaysUnder")) {
            BigDecimal target = new BigDecimal(row.get("target").asString());
            TIERS.forEach((name, tier) -> tests.add(DynamicTest.dynamicTest(target + " " + name, () -> {
                double threshold = new ErrorBudget(target, MONTH).threshold(tier.factor());
                if (row.get(name).isNull()) {
                    assertThat(threshold).isGreaterThanOrEqualTo(1);
                    return;
                }
                long enough = row.get(name).asLong();
                assertThat(1.0 / enough > threshold).isFalse();
                assertThat(1.0 / (enough - 1) >= threshold).isTrue();
            })));
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> guardAdmitsTheStatedNumberOfBadEvents() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode row : Cases.json(ANCHORS).get("guard").get("rows").values()) {
            AlertTier tier = TIERS.get(row.get("tier").asString());
            double threshold =
                    new ErrorBudget(new BigDecimal(row.get("target").asString()), MONTH).threshold(tier.factor());
            row.get("minBad")
                    .propertyStream()
                    .forEach(entry -> tests.add(DynamicTest.dynamicTest(
                            row.get("target").asString() + " " + row.get("tier").asString() + " of " + entry.getKey(),
                            () -> assertGuard(threshold, Integer.parseInt(entry.getKey()), entry.getValue()))));
        }
        return tests.stream();
    }

    private static void assertGuard(double threshold, int n, JsonNode expected) {
        assertThat(smallest(threshold, n, AlertPolicy.Guard.NONE))
                .isEqualTo(expected.get("bare").asInt());
        int guarded = expected.get("guarded").isNull()
                ? n + 1
                : expected.get("guarded").asInt();
        assertThat(smallest(threshold, n, AlertPolicy.Guard.STANDARD)).isEqualTo(guarded);
    }

    private static int smallest(double threshold, int n, AlertPolicy.Guard guard) {
        int bad = 0;
        while (bad <= n && !((double) bad / n > threshold && guard.admits(new Counts(bad, n), threshold, true))) {
            bad++;
        }
        return bad;
    }
}
