package dev.llmops.samples.gateway.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.release.policy.GatePolicy;
import dev.llmops.samples.gateway.release.SimulatedService.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Releases under the demo's policy: the scripted ones, and those that fool simpler gates. */
class ReleasesTest {

    private static final int MAX_REQUESTS = 6_000;
    private static final Consumer<Answer> AS_GOOD = answer -> {};

    /** The demo's policy; as the calls of these tests follow one another, they take more time. */
    private static String policy() {
        try (InputStream yaml = Policies.class.getResourceAsStream("demo-policy.yml")) {
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("max_hold: 75s", "max_hold: 1h")
                    .replace("time: 6s", "time: 60s")
                    .replace("for: 6s", "for: 60s");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static SimulatedService service(String policy, long seed) {
        return new SimulatedService(GatePolicy.parse("test", policy), seed);
    }

    private static String actions(ObjectNode gate) {
        return gate.path("actions")
                .valueStream()
                .map(action -> action.path("action").asString())
                .collect(Collectors.joining(" "));
    }

    private static long requests(ObjectNode gate) {
        return gate.path("arms")
                .valueStream()
                .mapToLong(arm -> arm.path("calls").asLong())
                .sum();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void a_good_version_is_proved_and_promoted(long seed) {
        try (SimulatedService service = service(policy(), seed)) {
            ObjectNode gate = service.release(AS_GOOD, MAX_REQUESTS);
            assertThat(actions(gate)).isEqualTo("start promote promote complete");
            assertThat(gate.path("verdict").asString()).isEqualTo("PROMOTE");
            assertThat(gate.path("share").asDouble()).isEqualTo(1);
            assertThat(gate.path("lines"))
                    .extracting(line -> line.path("verdict").asString())
                    .containsOnly("PASS");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void a_slow_version_is_held_within_the_plan(long seed) {
        assertHeld(answer -> answer.ttftMillis *= 2.5, "time_to_first_token", seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void a_dear_version_is_held_within_the_plan(long seed) {
        assertHeld(answer -> answer.outputTokens *= 3, "per_call", seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void a_worse_version_is_held_within_the_plan(long seed) {
        assertHeld(answer -> answer.faithfulness = answer.happens(.4) ? .2 : answer.faithfulness, "faithfulness", seed);
    }

    private static void assertHeld(Consumer<Answer> candidate, String metric, long seed) {
        try (SimulatedService service = service(policy(), seed)) {
            ObjectNode gate = service.release(candidate, MAX_REQUESTS);
            assertThat(gate.path("verdict").asString()).isIn("PAUSE", "ROLL_BACK");
            assertThat(gate.path("reason").asString()).startsWith(metric + ": ");
            assertThat(gate.path("stage").asString()).isEqualTo("20%");
            assertThat((double) requests(gate)).isLessThanOrEqualTo(service.plannedRequests(metric));
        }
    }

    @Test
    void a_leak_stops_the_release_at_once() {
        try (SimulatedService service = service(policy(), 1)) {
            ObjectNode gate = service.release(answer -> answer.leaks = answer.happens(.1), MAX_REQUESTS);
            assertThat(gate.path("verdict").asString()).isEqualTo("STOP");
            assertThat(gate.path("reason").asString()).startsWith("pii_leak happened 1 times");
            assertThat(actions(gate)).isEqualTo("start close_entrance");
            assertThat(gate.path("share").asDouble()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void a_cold_cache_is_no_fault_of_the_version(long seed) {
        String standardised = policy().replace("cache: as-billed", "cache: standardised");
        try (SimulatedService service = service(standardised, seed)) {
            service.where(answer -> answer.cachedTokens = answer.happens(.95) ? 190 : 0);
            ObjectNode gate = service.release(answer -> answer.cachedTokens = answer.happens(.05) ? 190 : 0, 2_000);
            assertThat(actions(gate)).doesNotContain("pause").doesNotContain("roll_back");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void users_who_are_always_unhappy_do_not_condemn_a_version(long seed) {
        String byUser = policy().replace("unit: request", "unit: user");
        try (SimulatedService service = service(byUser, seed)) {
            // One user in seven is never content, and some of those ask very often.
            service.where(answer -> answer.faithfulness = answer.user % 7 == 0 ? .2 : 1);
            ObjectNode gate = service.release(AS_GOOD, 2_000);
            assertThat(actions(gate)).doesNotContain("pause").doesNotContain("roll_back");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void a_version_that_is_slow_in_the_tail_alone_is_held(long seed) {
        String tail = policy().replace("quantile: 0.8", "quantile: 0.95");
        try (SimulatedService service = service(tail, seed)) {
            // The median stays as it is.
            ObjectNode gate = service.release(answer -> answer.ttftMillis *= answer.happens(.2) ? 4 : 1, MAX_REQUESTS);
            assertThat(gate.path("reason").asString()).startsWith("time_to_first_token: ");
            assertThat(gate.path("verdict").asString()).isIn("PAUSE", "ROLL_BACK");
        }
    }

    @Test
    void a_judge_that_likes_length_proves_nothing_without_a_calibration() {
        String judged = policy().replace(
                        "faithfulness: {pause: {points: 8}",
                        "faithfulness: {judge: {card: required-for-proof}, pause: {points: 8}");
        try (SimulatedService service = service(judged, 1)) {
            service.where(answer -> answer.faithfulness = answer.outputTokens > 20 || answer.happens(.7) ? 1 : .2);
            ObjectNode gate = service.release(answer -> answer.outputTokens += 8, 1_500);
            assertThat(actions(gate)).isEqualTo("start promote");
            assertThat(gate.path("reason").asString()).contains("faithfulness is not proved");
            assertThat(line(gate, "faithfulness").path("reason").asString())
                    .endsWith("the judge has no certified calibration");
        }
    }

    private static JsonNode line(ObjectNode gate, String metric) {
        return gate.path("lines")
                .valueStream()
                .filter(line -> line.path("metric").asString().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void a_fallback_does_not_hide_the_failure_of_a_version(long seed) {
        try (SimulatedService service = service(policy(), seed)) {
            ObjectNode gate = service.release(answer -> answer.fallsBack = answer.happens(.3), MAX_REQUESTS);
            assertThat(gate.path("verdict").asString()).isIn("PAUSE", "ROLL_BACK");
            assertThat(gate.path("reason").asString()).startsWith("errors: ");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void records_that_are_lost_on_one_arm_make_the_comparison_invalid(long seed) {
        try (SimulatedService service = service(policy(), seed)) {
            ObjectNode gate = service.release(answer -> answer.isLost = answer.happens(.4), MAX_REQUESTS);
            assertThat(gate.path("verdict").asString()).isEqualTo("INVALID");
            assertThat(gate.path("reason").asString()).startsWith("the arms did not get their shares of the units at ");
        }
    }
}
