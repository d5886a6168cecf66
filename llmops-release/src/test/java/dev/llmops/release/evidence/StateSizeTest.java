package dev.llmops.release.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.llmops.core.testing.FakeTicker;
import dev.llmops.release.Policies;
import dev.llmops.release.arm.AssignmentUnit;
import dev.llmops.release.arm.Releases;
import dev.llmops.release.arm.VersionSwitch;
import dev.llmops.release.policy.GatePolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

/** What a release keeps in memory. */
class StateSizeTest {

    private static final long KIB = 1_024;

    static {
        // Records have no field offsets otherwise.
        System.setProperty("jol.magicFieldOffset", "true");
    }

    private static long bytes(Object state) {
        return GraphLayout.parseInstance(state).totalSize();
    }

    @Test
    void the_switch_of_a_release_takes_less_than_a_kibibyte() {
        try (VersionSwitch release = started()) {
            assertThat(bytes(release.state().orElseThrow())).isLessThan(KIB);
        }
    }

    /**
     * Those that decide are three dozen by the standard policy; histograms, which are shown and decide nothing, and the mix of the
     * traffic are the rest.
     */
    @Test
    void evidence_grows_with_its_sums_and_not_with_the_calls() {
        GateEvidence thousand = evidence(1_000);
        GateEvidence more = evidence(4_000);
        assertThat(bytes(more)).isLessThan(4 * KIB).isLessThan(20L * more.sums().size());
        assertThat(more.sums().keySet())
                .filteredOn(key ->
                        !key.series().contains("/bucket/") && !key.series().startsWith("mix/"))
                .hasSizeLessThanOrEqualTo(40);
        assertThat(more.sums()).hasSizeLessThan(thousand.sums().size() + 20);
    }

    /** Beyond its memory a table keeps the places of its chunks in the file, and a chunk for each partition. */
    @Test
    void a_log_takes_memory_that_does_not_grow_with_its_calls() {
        List<String> lines = MessyLog.lines(1, 100_000);
        long few = tableBytes(lines.subList(0, lines.size() / 2));
        assertThat(tableBytes(lines)).isCloseTo(few, within(few / 20));
    }

    private static long tableBytes(List<String> lines) {
        try (CallTable table = new CallTable(0, 1 << 20)) {
            assertThat(LogEntries.read(lines.stream(), "r1", AssignmentUnit.USER, table))
                    .isPositive();
            return bytes(table);
        }
    }

    private static VersionSwitch started() {
        return Releases.started(
                "r1", Policies.FIVE_TESTS.exposure(Policies.FIVE_TESTS.stages().get(2)));
    }

    private static GateEvidence evidence(int units) {
        FakeTicker ticker = new FakeTicker();
        GateRecorder recorder = new GateRecorder("r1", GatePolicy.standard(), Policies.PROFILE, ticker.clock(), 10_000);
        try (VersionSwitch release = started();
                Traffic calls = new Traffic(release, ticker, recorder)) {
            for (int i = 0; i < units; i++) {
                calls.call("request-" + i);
            }
            ticker.advance(Duration.ofHours(2));
            return recorder.evidence();
        }
    }
}
