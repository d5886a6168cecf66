package dev.llmops.report.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Index.atIndex;

import dev.llmops.report.Block;
import dev.llmops.report.Page;
import dev.llmops.report.Svg;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SloReportTest {

    private static final Objective AVAILABILITY = Objective.builder("availability")
            .indicator(Indicator.availability())
            .target(0.9)
            .build();
    private static final Objective TTFT = Objective.builder("ttft")
            .displayName("First token")
            .description("People leave after half a second.")
            .indicator(Indicator.timeToFirstToken(Duration.ofMillis(500)))
            .target(0.9)
            .build();

    private static String html(Svg svg) {
        return Page.titled("t").add(new Block.Figure("d", svg)).build().toHtml();
    }

    @Test
    void test_name_date_and_verdict_stand_on_top() {
        String html = new Traffic().answers(3, 100).html(AVAILABILITY);
        assertThat(html.substring(html.indexOf("<main>"), html.indexOf("<section")))
                .contains("<h1>AnswersTest.quick</h1>")
                .contains("<span class=\"badge bad\">FAILED</span>")
                .contains("2026-11-28T20:00:00Z", "0 of 1 objectives met", "<p>ttft BREACHED</p>");
    }

    @Test
    void the_name_for_people_and_the_description_are_shown() {
        assertThat(new Traffic().answers(3, 100).html(TTFT))
                .contains("<h2>First token", "<p>People leave after half a second.</p>");
    }

    @Test
    void the_distribution_stands_with_its_threshold() {
        assertThat(new Traffic().answers(90, 100).answers(10, 900).html(TTFT))
                .contains("p50 100.0 ms", "max 900.0 ms; threshold 500.0 ms")
                .contains("class=\"bar\"", "class=\"bar bad\"", "class=\"limit\"");
    }

    private static final Objective GOODPUT = Objective.builder("goodput")
            .indicator(Indicator.goodput(
                    Indicator.timeToFirstToken(Duration.ofMillis(500)), Indicator.latency(Duration.ofSeconds(2))))
            .target(0.9)
            .build();

    @Test
    void events_without_a_value_are_counted() {
        assertThat(new Traffic().answers(3, 100).timeout(600).html(TTFT))
                .contains("threshold 500.0 ms; 1 without a value");
    }

    @Test
    void every_part_of_a_goodput_has_its_distribution() {
        assertThat(new Traffic().answers(3, 100).html(GOODPUT))
                .contains("Distribution of time to first token: ", "Distribution of duration: ");
    }

    @Test
    void a_run_without_events_is_drawn_as_empty() {
        assertThat(new Traffic().html(TTFT))
                .contains("INSUFFICIENT DATA", ">no events</text>", ">no values</text>", "No event spent the budget.")
                .doesNotContain("class=\"curve\"", "class=\"bar\"");
    }

    @Test
    void a_report_without_objectives_says_so() {
        assertThat(new Traffic().html()).contains("No objective was judged.");
    }

    @Test
    void text_of_users_cannot_become_markup() {
        assertThat(new Traffic().failure("gpt-4o", "<script>alert(1)</script>").html(AVAILABILITY))
                .contains("<code>&lt;script&gt;")
                .doesNotContain("<script>");
    }

    @Test
    void the_burn_down_ends_at_what_is_left_of_the_budget() {
        Objective objective = Objective.builder("availability")
                .indicator(Indicator.availability())
                .target(0.5)
                .build();
        Traffic traffic = new Traffic().answers(3, 100).failure("gpt-4o", "failed");
        // Half of the budget of two bad events is left: the middle of the plot's 140 points, below its top of 12.
        assertThat(html(BurnDownChart.of(traffic.judged(objective), 0.5))).contains(",82.0\"/>");
    }

    @Test
    void a_budget_that_is_far_overspent_has_readable_labels() {
        Traffic traffic = new Traffic();
        for (int i = 0; i < 100; i++) {
            traffic.failure("gpt-4o", "failed");
        }
        assertThat(html(BurnDownChart.of(traffic.judged(AVAILABILITY), 0.01)))
                .contains(">0 %</text>", ">-9900 %</text>")
                .doesNotContain(">100 %</text>");
    }

    @Test
    void each_group_has_its_own_offenders() {
        Objective grouped = Objective.builder("availability")
                .indicator(Indicator.availability())
                .target(0.9)
                .groupBy(Dimension.MODEL)
                .build();
        String html = new Traffic().answers(3, 100).failure("o9", "failed").html(grouped);
        assertThat(List.of(html.split("<section", -1)))
                .hasSize(3)
                .satisfies(fine -> assertThat(fine).contains("model=gpt-4o", "No event spent the budget"), atIndex(1))
                .satisfies(bad -> assertThat(bad).contains("model=o9", "<code>failed</code>"), atIndex(2));
    }
}
