package dev.llmops.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.Operation;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import org.junit.jupiter.api.Test;

class SloReportTest {

    @Test
    void text_of_users_cannot_become_markup() {
        SloRun run = SloRun.of(Objective.builder("availability")
                .indicator(Indicator.availability())
                .target(0.9)
                .build());
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
}
