package dev.llmops.slo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.slo.engine.Cases;
import dev.llmops.slo.file.Lint;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.internal.Yaml;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class TierDerivationTest {

    @Test
    void thirtyDays_giveTheUsualTable() {
        assertThat(tiers("0.999", Duration.ofDays(30)))
                .containsExactly("page 1h/5m ×14.4", "page 6h/30m ×6", "ticket 1d/2h ×3", "ticket 3d/6h ×1");
    }

    @Test
    void fourWeeks_neverAlertBelowTheBudget() {
        assertThat(tiers("0.999", Duration.ofDays(28)))
                .containsExactly("page 1h/5m ×13.44", "page 6h/30m ×5.6", "ticket 1d/2h ×2.8", "ticket 3d/6h ×1");
    }

    @Test
    void week_keepsTheFactors() {
        assertThat(tiers("0.999", Duration.ofDays(7)))
                .containsExactly("page 1h/5m ×14.4", "page 6h/30m ×6", "ticket 1d/2h ×3", "ticket 3d/6h ×1");
    }

    @Test
    void day_shrinksTheWindows() {
        assertThat(tiers("0.999", Duration.ofDays(1)))
                .containsExactly("page 12m/1m ×14.4", "page 48m/4m ×6", "ticket 204m/17m ×3", "ticket 612m/51m ×1");
    }

    @Test
    void lowTarget_getsAProfileThatCanFire() {
        assertThat(tiers("0.95", Duration.ofDays(30)))
                .containsExactly("page 6h/30m ×4", "ticket 1d/2h ×1.5", "ticket 3d/6h ×1");
    }

    @Test
    void veryLowTarget_isCappedAtHalfOfTheEvents() {
        assertThat(tiers("0.8", Duration.ofDays(30)))
                .containsExactly("page 6h/30m ×2.5", "ticket 1d/2h ×1.5", "ticket 3d/6h ×1");
    }

    @Test
    void calendarMonth_countsAsThirtyDays() {
        AlertPolicy month =
                AlertPolicy.derived(new BigDecimal("0.999"), SloWindow.calendarMonth(ZoneId.of("Europe/Berlin")));
        assertThat(month).isEqualTo(AlertPolicy.derived(new BigDecimal("0.999"), SloWindow.THIRTY_DAYS));
    }

    @Property
    void derivedTiersCanAlwaysFire_andAlwaysMeanSomething(
            @ForAll @IntRange(min = 1, max = 99_999) int target,
            @ForAll @IntRange(min = 60, max = 600_000) int minutes) {
        BigDecimal share = BigDecimal.valueOf(target, 5);
        Objective objective = Objective.builder("derived")
                .indicator(Indicator.availability())
                .target(share)
                .window(SloWindow.rolling(Duration.ofMinutes(minutes)))
                .build();
        assertThat(Lint.check(ObjectiveSet.of(objective)))
                .extracting(Lint.Finding::code)
                .doesNotContain(
                        Lint.Code.THRESHOLD_UNREACHABLE,
                        Lint.Code.FACTOR_BELOW_ONE,
                        Lint.Code.SHORT_NOT_SHORTER,
                        Lint.Code.PERIOD_TOO_SHORT,
                        Lint.Code.DUPLICATE_ALERT_WINDOW,
                        Lint.Code.ALL_ALERTS_DISABLED);
    }

    @TestFactory
    Stream<DynamicTest> publishedCataloguesAreExpressible() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Cases.folder().resolve("sloth"))) {
            files = all.filter(file -> file.getFileName().toString().startsWith("windows-"))
                    .toList();
        }
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> assertCatalogue(file)));
    }

    private static void assertCatalogue(Path file) throws IOException {
        JsonNode spec = Yaml.readAll(Files.readString(file)).get(0).get("spec");
        Duration period = Durations.parse(spec.get("sloPeriod").asString());
        ErrorBudget budget = new ErrorBudget(new BigDecimal("0.999"), period);
        for (String severity : List.of("page", "ticket")) {
            for (String speed : List.of("quick", "slow")) {
                JsonNode row = spec.get(severity).get(speed);
                BigDecimal fraction =
                        row.get("errorBudgetPercent").decimalValue().movePointLeft(2);
                AlertTier tier = AlertTier.ofBudgetFraction(
                        severity,
                        Durations.parse(row.get("longWindow").asString()),
                        Durations.parse(row.get("shortWindow").asString()),
                        fraction,
                        period);
                assertThat(budget.budgetFraction(tier).doubleValue()).isEqualTo(fraction.doubleValue());
            }
        }
    }

    private static List<String> tiers(String target, Duration period) {
        return AlertPolicy.derived(new BigDecimal(target), SloWindow.rolling(period)).tiers().stream()
                .map(AlertTier::toString)
                .toList();
    }
}
