package dev.llmops.report.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Index.atIndex;

import dev.llmops.core.record.CallRecord;
import dev.llmops.redaction.Redactor;
import dev.llmops.report.Block;
import dev.llmops.report.Page;
import dev.llmops.report.Svg;
import dev.llmops.slo.CompositeObjective;
import dev.llmops.slo.Dimension;
import dev.llmops.slo.Exclusion;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.status.Incident;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
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
        assertThat(top(html))
                .contains("<h1>AnswersTest.quick</h1>")
                .contains("<span class=\"badge bad\">FAILED</span>")
                .contains("2026-11-28T20:00:00Z", "0 of 1 objectives met", "<p>ttft BREACHED</p>");
    }

    private static String top(String html) {
        return html.substring(html.indexOf("<main>"), html.indexOf("<section"));
    }

    @Test
    void one_line_sums_the_run_up() {
        Traffic traffic = new Traffic().answers(3, 100);
        for (int i = 0; i < 100; i++) {
            traffic.failure("gpt-4o", "failed");
        }
        assertThat(top(traffic.html(AVAILABILITY, TTFT)))
                .contains(
                        "FAILED</span> 0 of 2 objectives met, breached: availability; 2 alerts fire: page for availability,"
                                + " ticket for availability; 103 calls and 0 later events until 2026-11-28T20:00:00Z</p>");
    }

    @Test
    void alerts_say_which_tier_fires_and_since_when() {
        Traffic traffic = new Traffic();
        for (int i = 0; i < 100; i++) {
            traffic.failure("gpt-4o", "failed");
        }
        Instant onset = Instant.parse("2026-11-28T19:00:00Z");
        Incident open =
                new Incident("i", "availability", Map.of(), "page", onset, onset.plusSeconds(300), null, 0.1, null);
        String html = traffic.report(ObjectiveSet.of(AVAILABILITY))
                .incidents(List.of(open))
                .build()
                .toPage()
                .toHtml();
        assertThat(html.substring(html.indexOf("<h2>Alerts"), html.indexOf("<h2>availability")))
                .contains("<span class=\"badge bad\">page</span></td><td>6h and 30m, ×4</td>")
                .contains("<td>2026-11-28T19:05:00Z, trouble since 2026-11-28T19:00:00Z</td>", "not recorded");
        assertThat(new Traffic().answers(3, 100).html(AVAILABILITY)).contains("No alert fires.");
    }

    @Test
    void error_messages_are_shown_after_redaction_only() {
        Traffic traffic = new Traffic().failure("gpt-4o", "failed");
        assertThat(traffic.html(AVAILABILITY)).doesNotContain("down</td>").doesNotContain(">message</th>");

        String redacted = traffic.report(ObjectiveSet.of(AVAILABILITY))
                .redactor(text -> text.replace("down", "[STATE]"))
                .build()
                .toPage()
                .toHtml();
        assertThat(redacted).contains(">message</th>", "<td>[STATE]</td>");
    }

    @Test
    void a_report_of_an_engine_has_all_of_it() {
        Traffic traffic = new Traffic().answers(3, 100).failure("gpt-4o", "failed");
        List<CallRecord> calls = traffic.calls();
        Redactor redactor = Redactor.ofDefaults();
        Instant now = traffic.now();
        try (SloEngine engine = traffic.engine(ObjectiveSet.of(AVAILABILITY))) {
            String page = SloReport.builder("Load test", now, engine.statuses())
                    .composites(engine.compositeStatuses())
                    .calls(calls)
                    .incidents(engine.history("fast").incidents())
                    .redactor(message -> redactor.redact(message).text())
                    .build()
                    .toPage()
                    .toHtml();
            assertThat(page).contains("PASSED</span>", "<td>down</td>");
        }
    }

    @Test
    void a_message_that_cannot_be_redacted_is_left_out() {
        String html = new Traffic()
                .failure("gpt-4o", "failed")
                .report(ObjectiveSet.of(AVAILABILITY))
                .redactor(text -> {
                    throw new IllegalStateException("no dictionary");
                })
                .build()
                .toPage()
                .toHtml();
        assertThat(html).contains("<td>(left out: redaction failed)</td>");
    }

    @Test
    void sections_are_chosen_by_their_state_without_a_script() {
        Traffic traffic = new Traffic().answers(60, 100).failure("o9", "failed");
        Objective strict = Objective.builder("strict")
                .indicator(Indicator.availability())
                .target(0.999)
                .build();
        String html = traffic.html(AVAILABILITY, strict);
        assertThat(html)
                .contains("id=\"show-all\" checked><label for=\"show-all\">all</label>")
                .contains("<label for=\"show-warning\">undecided 1</label>", "<label for=\"show-good\">met 1</label>")
                .doesNotContain("<script");
        assertThat(html.indexOf("<h2>Alerts")).isLessThan(html.indexOf("id=\"show-all\""));
    }

    @Test
    void the_share_of_good_events_has_a_trend() {
        assertThat(new Traffic().answers(10, 100).answers(10, 900).html(TTFT))
                .contains("Share of good events over the run: from 0 % to 100 %, 0 % at its end; target 90 %");
        assertThat(new Traffic().html(TTFT)).contains("Share of good events over the run: no events");
    }

    @Test
    void a_trend_has_a_point_for_each_part_with_events() {
        assertThat(TrendChart.points(
                        new Traffic().answers(1, 100).failure("o9", "failed").judged(AVAILABILITY)))
                .extracting(TrendChart.Point::good)
                .containsExactly(1.0, 0.0);
    }

    @Test
    void excluded_time_is_shown_with_who_and_why_and_its_offenders_are_not() {
        Traffic traffic = new Traffic().answers(3, 100).failure("gpt-4o", "lost");
        Instant minute = traffic.now().truncatedTo(ChronoUnit.MINUTES);
        Exclusion move = Exclusion.ofAll(minute.minusSeconds(60), minute.plusSeconds(60), "ana", "the index was moved");
        String html = traffic.html(new ObjectiveSet(List.of(AVAILABILITY), List.of(), List.of(), List.of(move)));
        assertThat(html)
                .contains("<td>" + move.to() + "</td><td>ana</td><td>the index was moved</td>")
                .contains("No event spent the budget.")
                .doesNotContain("<code>lost</code>");
    }

    @Test
    void a_composite_shows_its_members() {
        ObjectiveSet set = new ObjectiveSet(
                List.of(AVAILABILITY, TTFT),
                List.of(),
                List.of(CompositeObjective.ofEvents("served", "availability", "ttft")),
                List.of());
        assertThat(new Traffic().answers(3, 100).html(set))
                .contains(
                        "<h2>served",
                        "availability is INSUFFICIENT_DATA, ttft is INSUFFICIENT_DATA; 100 % of the budget is left")
                .contains("<td>First token</td>");
    }

    @Test
    void the_name_for_people_and_the_description_are_shown() {
        assertThat(new Traffic().answers(3, 100).html(TTFT))
                .contains("<h2>First token", "<p>People leave after half a second.</p>");
    }

    @Test
    void the_distribution_stands_with_its_threshold() {
        assertThat(new Traffic().answers(90, 100).answers(10, 900).html(TTFT))
                .contains("p50 100 ms", "max 900 ms; threshold 500 ms")
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
                .contains("threshold 500 ms; 1 without a value");
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
                .contains(">0 %</text>", ">-9,900 %</text>")
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
                .hasSize(4)
                .satisfies(fine -> assertThat(fine).contains("model=gpt-4o", "No event spent the budget"), atIndex(2))
                .satisfies(bad -> assertThat(bad).contains("model=o9", "<code>failed</code>"), atIndex(3));
    }
}
