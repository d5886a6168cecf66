package dev.llmops.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.release.GateDecision;
import dev.llmops.release.LineResult;
import dev.llmops.release.arm.Actor;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Exposure;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.release.arm.SwitchState;
import dev.llmops.release.policy.GateLine;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.release.stats.Interval;
import dev.llmops.report.LivePage;
import dev.llmops.report.live.LiveState.Money;
import dev.llmops.report.live.LiveState.ObjectiveState;
import dev.llmops.report.live.LiveState.Sample;
import dev.llmops.report.live.LiveState.Spender;
import dev.llmops.slo.Counts;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Measurement;
import dev.llmops.slo.Objective;
import dev.llmops.slo.Replicas;
import dev.llmops.slo.status.SloStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveStateTest {

    private static final Instant NOW = Instant.parse("2026-11-28T18:00:00Z");
    private static final Instant DAY = Instant.parse("2026-11-28T00:00:00Z");
    private static final String HOSTILE = "<script>alert('x')</script>";

    private static String html(LiveState state) {
        return state.toPage().toHtml();
    }

    private static LiveState nothing() {
        return new LiveState(NOW, "Service", null, List.of(), List.of(), null, List.of(), null);
    }

    private static String with(Money money) {
        return html(new LiveState(NOW, "Service", null, List.of(), List.of(), money, List.of(), null));
    }

    private static String with(List<Map<String, Object>> calls) {
        return html(new LiveState(NOW, "Service", null, List.of(), List.of(), null, calls, "ui/traces/"));
    }

    private static String with(LiveState.Release release) {
        return html(new LiveState(NOW, "Service", release, List.of(), List.of(), null, List.of(), null));
    }

    private static String fact(String label, String value) {
        return "<dt>" + label + "</dt><dd>" + value + "</dd>";
    }

    private static Money money(String user) {
        return new Money(
                "USD",
                DAY,
                DAY.plus(Duration.ofDays(1)),
                new BigDecimal("9.00"),
                4_500,
                List.of(new Sample(DAY, 0), new Sample(NOW, 9)),
                new BigDecimal("0.50"),
                Duration.ofHours(1),
                Map.of("failed", new BigDecimal("0.45"), "cancelled", new BigDecimal("0.90")),
                List.of(new Spender(user, new BigDecimal("4.5"), 10, 0)),
                List.of(),
                0);
    }

    private static Map<String, Object> call(String traceId) {
        return Map.of(
                "timestamp", "2026-11-28T17:59:58.120Z",
                "trace_id", traceId,
                "model_id", "gpt-4o",
                "status", "timeout",
                "latency_ms", Map.of("total", 800.0, "queue", 80.0, "first_token", 200.0));
    }

    private static LineResult latency() {
        return new LineResult(
                GateLine.LATENCY,
                "time_to_first_token",
                1_800,
                1_000,
                1.8,
                new Interval(1.4, 2.3),
                143,
                60,
                118,
                100,
                LineResult.Verdict.ROLL_BACK,
                "P95 1800 ms against 1000 ms");
    }

    private static LiveState.Release release(GateDecision.Verdict verdict, String reason, LineResult... lines) {
        Exposure exposure = Exposure.of("10%", .1);
        return new LiveState.Release(
                GatePolicy.standard(),
                new GateDecision(
                        "v13",
                        "10%",
                        .1,
                        verdict,
                        reason,
                        false,
                        Map.of(Arm.CANDIDATE, 143L),
                        List.of(lines),
                        Map.of(),
                        null),
                verdict,
                reason,
                new SwitchState("v13", 1, SwitchState.Status.RUNNING, exposure, 1, false, DAY, DAY, Set.of(), Set.of()),
                List.of(new SwitchEvent(
                        "v13", 1, DAY, SwitchEvent.Action.START, Actor.person("ada"), "10%", .1, "shorter answers")),
                Map.of(Arm.CANDIDATE, 143L),
                "pack.zip");
    }

    @Test
    void what_is_not_known_is_said_and_not_drawn() {
        assertThat(html(nothing()))
                .contains(
                        "NO RELEASE",
                        "No objective of this line.",
                        "No rule on risks.",
                        "No objective is defined.",
                        "No call of today is in the ledger, or there is no ledger that answers.",
                        "No call has ended yet.",
                        "No release has started.")
                .doesNotContain("<polyline", "<table");
    }

    private static SloStatus status(double target, Counts counts, Map<Duration, Counts> windows) {
        Objective objective = Objective.builder("answers")
                .indicator(Indicator.availability())
                .target(target)
                .build();
        return SloStatus.of(
                objective,
                new Measurement(
                        Map.of(),
                        Measurement.View.INSTANCE,
                        Replicas.UNKNOWN,
                        NOW,
                        counts,
                        1,
                        windows,
                        List.of(),
                        List.of()));
    }

    private static String html(ObjectiveState objective) {
        return html(new LiveState(NOW, "S", null, List.of(objective), List.of(), null, List.of(), null));
    }

    @Test
    void an_objective_shows_its_budget_over_time() {
        SloStatus status = status(0.99, new Counts(40, 10_000), Map.of());
        assertThat(html(new ObjectiveState(status, List.of(new Sample(DAY, 1), new Sample(NOW, .6)))))
                .contains("1 OF 1 MET", fact("events", "10,000"), fact("bad", "0.4 %"), fact("budget left", "60 %"))
                // 100 % lies at the top, 0 % at 142; 60 % two fifths below the top
                .contains("<polyline class=\"curve\" points=\"58.0,12.0 366.0,64.0\"/>");
    }

    @Test
    void an_objective_without_a_window_of_an_hour_shows_the_burn_of_its_next_longer_one() {
        Counts counts = new Counts(100, 10_000);
        SloStatus status =
                status(0.95, counts, Map.of(Duration.ofMinutes(30), Counts.NONE, Duration.ofHours(2), counts));
        assertThat(html(new ObjectiveState(status, List.of()))).contains(fact("burn rate, 2h", "0.2"));
    }

    @Test
    void the_day_ends_as_the_last_hour_goes_on() {
        // Six hours are left, at half a dollar an hour.
        assertThat(with(money("u")))
                .contains(
                        fact("today so far", "9.000 USD"),
                        fact("expected by midnight UTC", "12.00 USD"),
                        fact("per million calls", "2,000.00 USD"));
    }

    @Test
    void waste_is_what_other_endings_cost() {
        assertThat(with(money("u")))
                .contains(fact("wasted", "1.350 USD, 15 %"), "<td>cancelled</td><td class=\"number\">0.9000 USD</td>");
    }

    @Test
    void calls_without_a_price_are_not_free() {
        Money priced = money("u");
        String html = with(new Money(
                "USD",
                DAY,
                priced.to(),
                priced.amount(),
                4_500,
                priced.course(),
                priced.recent(),
                priced.recentTime(),
                Map.of(),
                List.of(new Spender("new", BigDecimal.ZERO, 7, 7)),
                List.of(),
                1_500));
        assertThat(html)
                .contains(fact("per million calls", "3,000.00 USD"), fact("calls without a price", "1,500"))
                .contains("<td>new</td><td class=\"number\">unpriced</td><td class=\"number\">7</td>");
        assertThat(with(priced))
                .contains(fact("per million calls", "2,000.00 USD"))
                .doesNotContain("without a price");
    }

    @Test
    void a_call_is_drawn_by_its_phases_and_links_to_its_trace() {
        assertThat(with(List.of(call("a b/c"))))
                .contains("<a href=\"ui/traces/a%20b%2Fc\">17:59:58</a>")
                .contains("aria-label=\"queue 80 ms, first token after 200 ms, total 800 ms\"")
                // 420 units for 800 ms
                .contains(
                        "<rect class=\"wait\" x=\"0.0\" y=\"6.0\" width=\"42.0\" height=\"4.0\"/>",
                        "<rect class=\"first\" x=\"42.0\" y=\"4.0\" width=\"63.0\" height=\"8.0\"/>",
                        "<rect class=\"rest\" x=\"105.0\" y=\"2.0\" width=\"315.0\" height=\"12.0\"/>");
    }

    @Test
    void a_trace_named_like_a_folder_is_reached_by_its_w3c_id() {
        assertThat(with(List.of(call(".."))))
                .contains("<a href=\"ui/traces/5ec1f7e700f37c3d0b2981d04855fc34\">17:59:58</a>");
    }

    @Test
    void a_call_without_a_trace_has_no_link() {
        assertThat(with(List.of(Map.of("timestamp", "2026-11-28T17:59:58.120Z"))))
                .contains("<td>17:59:58</td>")
                .doesNotContain("ui/traces/");
    }

    @Test
    void a_call_that_did_not_succeed_says_so_in_words() {
        assertThat(with(List.of(call("t")))).contains("<span class=\"badge bad\">timeout</span>");
    }

    @Test
    void the_candidate_stands_beside_its_control() {
        assertThat(with(release(GateDecision.Verdict.ROLL_BACK, "it is slow", latency())))
                .contains("<h3>Latency <span class=\"badge bad\">ROLL BACK</span></h3>")
                .contains(fact("candidate", "1.8 s"), fact("control", "1 s"), fact("ratio", "× 1.8"))
                .contains(fact("evidence against it", "e = 118 of 100"), "Not excluded: × 1.4 to × 2.3")
                .contains("at stage 10%: it is slow");
    }

    @Test
    void a_line_without_a_metric_is_not_judged() {
        assertThat(with(release(GateDecision.Verdict.CONTINUE, "more is needed", latency())))
                .contains("<h3>Cost <span class=\"badge neutral\">NOT JUDGED</span></h3>");
    }

    @Test
    void a_risk_stops() {
        assertThat(with(release(GateDecision.Verdict.STOP, "a secret leaked", latency())))
                .contains("<h3>Risk <span class=\"badge bad\">STOP</span></h3>\n<p>a secret leaked</p>");
    }

    @Test
    void the_timeline_has_stages_actions_and_the_pack() {
        assertThat(with(release(GateDecision.Verdict.CONTINUE, "more is needed")))
                .contains("<td>00:00:00</td><td>start</td><td>10%</td><td class=\"number\">10 %</td>")
                .contains("<td>10%</td><td class=\"number\">10 %</td><td class=\"number\">1,000 units, 21600 s</td>")
                .contains("<span class=\"badge neutral\">HERE</span>")
                .contains("<a href=\"pack.zip\">Download the evidence pack</a>");
    }

    @Test
    void a_live_page_goes_on_where_its_document_ends() {
        LiveState state = nothing();
        LivePage live = new LivePage("state/events", Duration.ofSeconds(10));
        String document =
                live.toHtml(state.toPage()); // with LivePage.contentSecurityPolicy() as Content-Security-Policy
        String event = LivePage.toEvent(state.toPage()); // data of the next server-sent event
        assertThat(document).contains("data-events=\"state/events\"", "<h1>Service</h1>");
        assertThat(event).startsWith("\"<h1>Service</h1>");
    }

    @Test
    void no_text_becomes_markup() {
        assertThat(with(money(HOSTILE))
                        + with(List.of(call(HOSTILE), Map.of("status", HOSTILE, "model_id", HOSTILE)))
                        + with(release(GateDecision.Verdict.PAUSE, HOSTILE)))
                .doesNotContain("<script")
                .contains("&lt;script&gt;");
    }

    @Test
    void a_trace_shows_texts_versions_and_what_came_later() {
        String html = LiveTrace.toPage(
                        "t",
                        List.of(Map.of(
                                "status",
                                "success",
                                "output",
                                HOSTILE,
                                "version_set",
                                Map.of("prompt", "v13"),
                                "latency_ms",
                                Map.of("total", 30.0))),
                        List.of(Map.of("schema", "llmops.feedback/1", "trace_id", "t", "verdict", "up")),
                        Map.of("Back", "../ui"))
                .toHtml();
        assertThat(html)
                .contains("<h1>Trace t</h1>", "<td>prompt</td><td><code>v13</code></td>", "<code>verdict up</code>")
                .contains("&lt;script&gt;alert(&#39;x&#39;)")
                .doesNotContain("<script");
    }
}
