package dev.llmops.kafka.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Outcome;
import dev.llmops.cost.accounting.Account;
import dev.llmops.cost.accounting.AccountDimension;
import dev.llmops.cost.accounting.AccountTotals;
import dev.llmops.quality.drift.DriftReport;
import dev.llmops.quality.drift.DriftWindow;
import dev.llmops.release.GateDecision;
import dev.llmops.release.ReleaseGate;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.evidence.GateEvidence;
import dev.llmops.slo.status.SloStatus;
import dev.llmops.slo.status.StatusJson;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Published figures, held against what counted the same calls in this process. */
record Figures(Map<String, String> published) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final List<String> OF_STATUS = List.of(
            "name",
            "status",
            "events",
            "bad_events",
            "error_ratio",
            "error_ratio_lower",
            "error_ratio_upper",
            "budget_remaining",
            "seconds_to_exhaustion",
            "burn_rates");

    JsonNode json(String key) {
        return MAPPER.readTree(published.getOrDefault(key, "{}"));
    }

    void mustEqualThoseOf(Fleet fleet, DriftWindow day) {
        objectives(fleet);
        release(fleet);
        drift(fleet, day);
        cost(fleet);
        latency(fleet);
    }

    private void objectives(Fleet fleet) {
        List<SloStatus> statuses = fleet.slo.statuses();
        JsonNode objectives = json("slo").path("objectives");
        assertThat(objectives.size()).isEqualTo(3);
        for (int i = 0; i < statuses.size(); i++) {
            JsonNode own = MAPPER.readTree(MAPPER.writeValueAsString(StatusJson.toMap(statuses.get(i))));
            for (String field : OF_STATUS) {
                assertThat(objectives.get(i).get(field))
                        .as("%s of %s", field, own.get("name"))
                        .isEqualTo(own.get(field));
            }
            assertThat(objectives.get(i).get("bad_events").asDouble()).isPositive();
            assertThat(objectives.get(i).get("view").asString()).isEqualTo("FLEET");
        }
    }

    private void release(Fleet fleet) {
        GateEvidence evidence = fleet.gate.evidence();
        GateDecision decision = ReleaseGate.judge(
                Fleet.POLICY, evidence, fleet.situation(fleet.clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        assertThat(json("gate/r1").path("evidence")).isEqualTo(MAPPER.readTree(evidence.toJson()));
        assertThat(json("gate/r1").path("explanation").asString()).isEqualTo(decision.explain());
        assertThat(decision.units().get(Arm.CANDIDATE)).isGreaterThan(100);
    }

    private void drift(Fleet fleet, DriftWindow day) {
        DriftReport report = fleet.judged(day);
        assertThat(json("drift").path("counts"))
                .isEqualTo(MAPPER.readTree(MAPPER.writeValueAsString(new TreeMap<>(day.counts()))));
        assertThat(json("drift").path("findings"))
                .isEqualTo(MAPPER.readTree(MAPPER.writeValueAsString(report.findings())));
        assertThat(json("drift").path("other_version_sets").size()).isEqualTo(1);
    }

    /** Counts are equal; percentiles are as near to those of the calls themselves as a histogram of two digits is. */
    private void latency(Fleet fleet) {
        Map<String, List<Long>> nanos = new TreeMap<>();
        for (CallRecord call : fleet.records.records()) {
            if (call.info().purpose() == null && call.outcome() == Outcome.COMPLETED) {
                nanos.computeIfAbsent(
                                "latency/" + call.endedAt().truncatedTo(ChronoUnit.HOURS), hour -> new ArrayList<>())
                        .add(call.timing().durationNanos());
            }
        }
        assertThat(nanos).hasSizeGreaterThan(1);
        nanos.forEach((hour, durations) -> {
            JsonNode figures = json(hour).path("duration_ms");
            Collections.sort(durations);
            long p95 = durations.get((95 * durations.size() + 99) / 100 - 1);
            assertThat(figures.path("calls").asLong()).isEqualTo(durations.size());
            assertThat(figures.path("p95").asDouble()).isCloseTo(p95 / 1e6, withinPercentage(1));
            Histogram own = Latencies.none();
            durations.forEach(each -> own.add(Latencies.of(each)));
            assertThat(figures.path("histogram").asString()).isEqualTo(Latencies.write(own));
        });
    }

    private void cost(Fleet fleet) {
        AccountTotals sum = AccountTotals.NONE;
        Map<String, AccountTotals> accounts = new TreeMap<>();
        for (String key : published.keySet()) {
            if (key.startsWith("cost/")) {
                sum = sum.plus(AccountTotals.fromJson(json(key).path("total").toString()));
                json(key)
                        .path("accounts")
                        .values()
                        .forEach(account -> accounts.merge(
                                account.path("values").toString(),
                                AccountTotals.fromJson(account.path("totals").toString()),
                                AccountTotals::plus));
            }
        }
        Map<String, AccountTotals> own = new TreeMap<>();
        for (Account account : fleet.accounts.accounts(AccountDimension.TENANT, AccountDimension.FEATURE)) {
            own.put(MAPPER.writeValueAsString(account.values()), account.totals());
        }
        mustEqual(Map.of("sum", sum), Map.of("sum", fleet.accounts.total()));
        mustEqual(accounts, own);
    }

    /** Amounts are equal as numbers; accounts in memory keep no trailing zeros. */
    private static void mustEqual(Map<String, AccountTotals> fleet, Map<String, AccountTotals> own) {
        assertThat(fleet)
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(own);
    }
}
