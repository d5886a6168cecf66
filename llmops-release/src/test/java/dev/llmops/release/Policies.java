package dev.llmops.release;

import dev.llmops.release.evidence.CacheTerms;
import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.policy.GatePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Policies and profiles for tests. */
public final class Policies {

    private static final String FIVE_TESTS_YAML = """
        gate:
          unit: request
          mature_after: 60s
          stages:
            - {share: 1%, at_least: {units: 50, time: 1h}}
            - {share: 10%, at_least: {units: 500, time: 1h}}
            - {share: 50%, at_least: {units: 2000, time: 1h}, needs: proof}
            - {share: 100%, holdback: 5%, for: 24h}
          max_hold: 72h
          lines:
            quality:
              errors: {pause: {ratio: 1.5}, roll_back: {ratio: 2}, min_bad: 5}
              bad_answers: {pause: {ratio: 1.3}, roll_back: {ratio: 1.5}, min_bad: 10}
            latency:
              time_to_first_token: {quantile: 0.95, pause: 1.15, roll_back: 1.25, floor: 5ms}
            cost:
              per_call: {pause: 1.15, roll_back: 1.25}
            risk:
              stop_on: [pii_leak]
            budget: {freeze_when: {slo_budget_remaining: <= 0}, exempt: [security]}
        """;

    /** Five tests, as the tables of the simulations have them: a test decides at e = 100. */
    public static final GatePolicy FIVE_TESTS = GatePolicy.parse("five-tests.yml", FIVE_TESTS_YAML);

    /** The same with bad answers limited in points too, as the shipped policy has them. */
    public static final GatePolicy SIX_TESTS = GatePolicy.parse(
            "six-tests.yml",
            FIVE_TESTS_YAML.replace(
                    "bad_answers: {pause: {ratio: 1.3}, roll_back: {ratio: 1.5}",
                    "bad_answers: {pause: {points: 3, or_ratio: 1.3}, roll_back: {points: 5, or_ratio: 1.5}"));

    public static final GateProfile PROFILE = new GateProfile(
            1_000,
            Map.of("errors", new GateProfile.Rate(.02, 1), "bad_answers", new GateProfile.Rate(.1, .2)),
            Map.of("time_to_first_token", 2_000.0),
            1,
            List.of(.01, .02, .04),
            .012,
            .008,
            new CacheTerms(.9, .1, 4));

    public static final Duration MINUTE = Duration.ofMinutes(1);

    private Policies() {}
}
