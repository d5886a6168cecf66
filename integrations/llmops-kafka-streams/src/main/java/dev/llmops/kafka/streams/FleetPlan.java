package dev.llmops.kafka.streams;

import dev.llmops.cost.accounting.AccountDimension;
import dev.llmops.quality.drift.DriftMonitor;
import dev.llmops.quality.drift.DriftPolicy;
import dev.llmops.quality.drift.DriftReport;
import dev.llmops.quality.drift.ReferenceProfile;
import dev.llmops.release.GateSituation;
import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.slo.Objective;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The figures that a topology keeps. */
record FleetPlan(
        List<Objective> objectives,
        Map<String, Release> releases,
        @Nullable Drift drift,
        List<AccountDimension> costBy,
        Duration publishEvery,
        Duration retention) {

    private static final Duration MARGIN = Duration.ofDays(1);

    /** A release that is judged. */
    record Release(GatePolicy policy, GateProfile profile, Function<Instant, GateSituation> situation) {}

    /** A reference with which windows of a fixed length are compared. */
    record Drift(ReferenceProfile reference, DriftPolicy policy, Duration window) {

        DriftMonitor monitor() {
            return DriftMonitor.builder(reference)
                    .policy(policy)
                    .onChange((DriftReport report) -> {})
                    .build();
        }
    }

    /** The minute before which totals are forgotten. */
    long oldest(Instant now) {
        Duration kept = retention;
        for (Objective objective : objectives) {
            Duration window = objective.window().longestLength();
            kept = kept.compareTo(window) < 0 ? window : kept;
        }
        return now.minus(kept).minus(MARGIN).getEpochSecond() / 60;
    }

    /** Forgets what is too old in a store of totals. */
    void forget(KeyValueStore<String, String> totals, Instant now) {
        long oldest = oldest(now);
        for (TotalKind<?> kind : List.of(TotalKind.EVENTS, TotalKind.COST, TotalKind.DRIFT, TotalKind.LATENCY)) {
            ShardTotals.forget(totals, kind, oldest);
        }
    }
}
