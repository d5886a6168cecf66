package dev.llmops.slo.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.slo.Counts;
import dev.llmops.slo.Measurement;
import dev.llmops.slo.Replicas;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SloStatusTest {

    private static final Counts CLEAN = new Counts(0, 10_000);

    private static SloStatus status(Measurement.View view, Replicas replicas) {
        return Statuses.of(view, replicas, CLEAN, Instant.EPOCH);
    }

    @Test
    void one_instance_never_speaks_for_the_fleet() {
        SloStatus status = status(Measurement.View.INSTANCE, Replicas.UNKNOWN);
        assertThat(status)
                .hasToString(
                        "answers MET on this instance: 0 of 10,000 events were bad (0 %), and the 95 % upper bound of"
                                + " 0.02995 % lies within the budget of 1 %; 100 % of the budget is left as this instance counts"
                                + " it; 50 % of the 30d window was measured, by this instance alone, whose share of the fleet is"
                                + " unknown");
    }

    @Test
    void one_instance_says_how_much_of_the_fleet_it_saw() {
        assertThat(status(Measurement.View.INSTANCE, new Replicas(1, 4)).reason())
                .endsWith("by this instance, one of 4");
    }

    @Test
    void a_fleet_says_which_part_of_it_reports() {
        assertThat(status(Measurement.View.FLEET, new Replicas(3, 4)).reason())
                .contains("100 % of the budget is left;")
                .contains("only 3 of 4 instances report");
        assertThat(status(Measurement.View.FLEET, new Replicas(4, 4)).reason()).doesNotContain("instances");
    }
}
