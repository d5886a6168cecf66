package dev.llmops.release.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.release.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogProfileTest {

    @TempDir
    Path folder;

    private GateProfile profile;

    /** A hundred calls within an hour, of 1 to 100 ms, each tenth failed, a fifth judged and half of those bad. */
    @BeforeEach
    void measure() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            String status = i % 10 == 0 ? "error" : "success";
            String at = String.format("2026-01-01T00:%02d:%02d.000Z", i * 35 / 60, i * 35 % 60);
            lines.add("{\"schema\":\"llmops.call/1\",\"timestamp\":\"" + at + "\",\"call_id\":\"" + (100 + i)
                    + "\",\"streaming\":true,\"status\":\"" + status
                    + "\",\"error\":{\"kind\":\"overloaded\"},\"tokens_in\":1000,"
                    + "\"tokens\":{\"cached_input\":900},\"tokens_out\":0,\"latency_ms\":{\"total\":" + i
                    + ",\"first_token\":" + i
                    + "},\"cost\":{\"amount\":\"0.0" + (100 + i) + "\"}}");
            if (i % 5 == 0) {
                lines.add("{\"schema\":\"llmops.feedback/1\",\"timestamp\":\"" + at + "\",\"call_id\":\"" + (100 + i)
                        + "\",\"verdict\":\"" + (i % 2 == 0 ? "down" : "up") + "\"}");
            }
        }
        Path log = Files.write(folder.resolve("calls.jsonl"), lines);
        profile = LogEvidence.profile(Policies.FIVE_TESTS, .1, 4, List.of(log));
    }

    @Test
    void rates_and_shares_judged_are_measured() {
        assertThat(profile.rates().get("errors")).isEqualTo(new GateProfile.Rate(.1, 1));
        assertThat(profile.rates().get("bad_answers")).isEqualTo(new GateProfile.Rate(.5, .2));
    }

    @Test
    void the_quantiles_of_the_policy_become_thresholds() {
        assertThat(profile.quantilesMillis()).containsExactly(java.util.Map.entry("time_to_first_token", 95.0));
        assertThat(profile.costQuantiles()).hasSize(3);
        assertThat(profile.costQuantiles().get(0)).isCloseTo(.0150, within(1e-9));
    }

    @Test
    void traffic_and_cache_hits_are_measured() {
        assertThat(profile.unitsPerHour()).isCloseTo(103.9, within(.1));
        assertThat(profile.cache()).isEqualTo(new CacheTerms(.9, .1, 4));
    }

    @Test
    void a_log_without_calls_is_no_profile() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.jsonl"), "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogEvidence.profile(Policies.FIVE_TESTS, .1, 4, List.of(empty)))
                .withMessageStartingWith("no call belongs to no release — ");
    }

    @Test
    void a_line_whose_timestamp_is_none_is_left_out() {
        Stream<String> lines = Stream.of("yesterday", "+999999999-12-31T23:59:59Z")
                .map(at -> "{\"schema\":\"llmops.call/1\",\"timestamp\":\"" + at
                        + "\",\"call_id\":\"1\",\"status\":\"success\"}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogEvidence.profile(Policies.FIVE_TESTS, .1, 4, lines))
                .withMessageStartingWith("no call belongs to no release (2 lines cannot be read) — ");
    }
}
