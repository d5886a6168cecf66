package dev.llmops.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Index.atIndex;

import dev.llmops.core.record.Operation;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import java.util.List;
import org.junit.jupiter.api.Test;

class SloReportTest {

    private static final Objective AVAILABILITY = Objective.builder("availability")
            .indicator(Indicator.availability())
            .target(0.9)
            .build();

    @Test
    void text_of_users_cannot_become_markup() {
        SloRun run = SloRun.of(AVAILABILITY);
        Traffic traffic = new Traffic(run);
        traffic.llmops()
                .call(Operation.CHAT, "openai", "gpt-4o")
                .requestId("<script>alert(1)</script>")
                .start()
                .fail(new IllegalStateException("down"));
        assertThat(SloReport.of(run)).contains("&lt;script&gt;").doesNotContain("<script>");
    }

    @Test
    void the_burn_down_ends_at_what_is_left_of_the_budget() {
        Objective objective = Objective.builder("availability")
                .indicator(Indicator.availability())
                .target(0.5)
                .build();
        SloRun run = SloRun.of(objective);
        Traffic traffic = new Traffic(run);
        traffic.answers(3, 100);
        traffic.llmops().call(Operation.CHAT, "openai", "gpt-4o").start().fail(new IllegalStateException("down"));
        // Half of the budget of two bad events is left: the middle of the plot's 140 points, below its top of 12.
        assertThat(BurnDownChart.of(run.judged(objective), 0.5)).contains(",82.0\"/>");
    }

    @Test
    void a_budget_that_is_far_overspent_has_readable_labels() {
        SloRun run = SloRun.of(AVAILABILITY);
        Traffic traffic = new Traffic(run);
        for (int i = 0; i < 100; i++) {
            traffic.llmops().call(Operation.CHAT, "openai", "gpt-4o").start().fail(new IllegalStateException("down"));
        }
        assertThat(BurnDownChart.of(run.judged(AVAILABILITY), 0.01))
                .contains(">0 %</text>", ">-9900 %</text>")
                .doesNotContain(">100 %</text>");
    }

    @Test
    void each_group_has_its_own_offenders() {
        SloRun run = SloRun.of(Objective.builder("availability")
                .indicator(Indicator.availability())
                .target(0.9)
                .groupBy(Dimension.MODEL)
                .build());
        Traffic traffic = new Traffic(run);
        traffic.answers(3, 100);
        traffic.llmops()
                .call(Operation.CHAT, "openai", "o9")
                .requestId("failed")
                .start()
                .fail(new IllegalStateException("down"));
        assertThat(List.of(SloReport.of(run).split("<section", -1)))
                .hasSize(3)
                .satisfies(fine -> assertThat(fine).contains("model=gpt-4o", "No event spent the budget"), atIndex(1))
                .satisfies(bad -> assertThat(bad).contains("model=o9", "<td>failed</td>"), atIndex(2));
    }
}
