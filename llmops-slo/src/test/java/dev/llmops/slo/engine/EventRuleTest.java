package dev.llmops.slo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.slo.CallFilter;
import dev.llmops.slo.EventRule;
import dev.llmops.slo.alert.AlertListener;
import dev.llmops.slo.file.ObjectiveSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventRuleTest {

    private final FakeTicker time = new FakeTicker();

    private SloEngine engine(EventRule rule) {
        return SloEngine.builder()
                .objectives(new ObjectiveSet(List.of(), List.of(rule)))
                .clock(time.clock())
                .ticker(time)
                .evaluateEvery(Duration.ZERO)
                .build();
    }

    private Instant now() {
        return time.clock().instant();
    }

    @Test
    void forbiddenEvent_firesAtOnce_andEndsWithItsWindow() {
        SloEngine engine = engine(EventRule.never("no-leak", "leak"));
        engine.record(Calls.completed(now()));
        assertThat(engine.evaluate()).isEmpty();
        assertThat(engine.eventRuleStatuses().get(0).reason())
                .isEqualTo("none of 1 calls in the last 1d broke it; at 95 % confidence at most 95 % of calls do");
        engine.record(Calls.risky(now(), "leak", "reported"));
        assertThat(engine.evaluate())
                .extracting(AlertListener.Change::kind)
                .containsExactly(AlertListener.Change.Kind.FIRING);
        time.advance(Duration.ofDays(1));
        engine.record(Calls.completed(now()));
        assertThat(engine.evaluate())
                .extracting(AlertListener.Change::kind)
                .containsExactly(AlertListener.Change.Kind.RESOLVED);
    }

    @Test
    void riskThatIsFoundLater_breaksTheRuleToo() {
        EventRule rule = new EventRule(
                "no-injection",
                "",
                "page",
                Set.of("prompt_injection"),
                Set.of("reported"),
                CallFilter.ALL,
                Duration.ofHours(2));
        SloEngine engine = engine(rule);
        CallInfo call = Calls.info(now()).build();
        engine.eventOccurred(new LlmEvent.Risk(call, now(), new RiskFinding("prompt_injection", "blocked", null)));
        assertThat(engine.eventRuleStatuses().get(0).events()).isZero();
        engine.eventOccurred(new LlmEvent.Risk(call, now(), new RiskFinding("prompt_injection", "reported", null)));
        assertThat(engine.eventRuleStatuses().get(0).events()).isEqualTo(1);
    }
}
