package dev.llmops.release.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.release.Policies;
import dev.llmops.release.arm.Arm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProfileMeasurementTest {

    private static final int UNITS = 20_000;

    /** Units that are numbered, the first tokens of which take 1 to 20,000 ms; each tenth failed. */
    private static List<ProfileMeasurement.JudgedCall> calls() {
        List<ProfileMeasurement.JudgedCall> calls = new ArrayList<>();
        for (int i = 1; i <= UNITS; i++) {
            boolean isBad = i % 10 == 0;
            CallFacts call = new CallFacts(
                    "call-" + i,
                    i * 1_000L,
                    "",
                    Arm.BASELINE,
                    "unit-" + i,
                    null,
                    false,
                    true,
                    i,
                    i,
                    isBad ? "error" : "success",
                    isBad,
                    false,
                    false,
                    false,
                    i / 1e6,
                    1_000,
                    900,
                    0,
                    "",
                    "chat",
                    Set.of());
            calls.add(new ProfileMeasurement.JudgedCall(call, CallVerdicts.NONE));
        }
        return calls;
    }

    private static GateProfile profile(List<ProfileMeasurement.JudgedCall> calls, int sampledUnits) {
        ProfileMeasurement measurement = new ProfileMeasurement(Policies.FIVE_TESTS, sampledUnits);
        calls.forEach(measurement::add);
        return measurement.profile(.1, 4, 0);
    }

    @Test
    void rates_traffic_and_cache_hits_are_counted_from_all_units() {
        GateProfile all = profile(calls(), UNITS);
        GateProfile sampled = profile(calls(), 4_000);

        assertThat(sampled.rates()).isEqualTo(all.rates()).containsEntry("errors", new GateProfile.Rate(.1, 1));
        assertThat(sampled.unitsPerHour()).isEqualTo(all.unitsPerHour()).isCloseTo(3_600.2, within(.1));
        assertThat(sampled.cache()).isEqualTo(all.cache());
    }

    /** Three standard errors of a share of 95 % among 4,000 are a point, and those of the mean a twentieth of the deviation. */
    @Test
    void quantiles_and_moments_of_the_sample_are_those_of_all_within_its_error() {
        GateProfile all = profile(calls(), UNITS);
        GateProfile sampled = profile(calls(), 4_000);

        assertThat(all.quantilesMillis()).containsEntry("time_to_first_token", 19_000.0);
        assertThat(sampled.quantilesMillis().get("time_to_first_token")).isBetween(.94 * UNITS, .96 * UNITS);
        assertThat(sampled.costMean()).isCloseTo(all.costMean(), within(all.costDeviation() / 20));
        assertThat(sampled.costDeviation()).isCloseTo(all.costDeviation(), within(all.costDeviation() / 20));
        assertThat(sampled.latencySigma()).isCloseTo(all.latencySigma(), within(.1));
    }

    @Test
    void the_sample_follows_from_the_ids_and_not_from_the_order() {
        List<ProfileMeasurement.JudgedCall> calls = calls();
        GateProfile before = profile(calls, 1_000);
        Collections.shuffle(calls, new Random(1));

        assertThat(profile(calls, 1_000)).isEqualTo(before);
    }
}
