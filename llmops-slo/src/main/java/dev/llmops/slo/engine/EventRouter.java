package dev.llmops.slo.engine;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Brings calls and later events to the series that they count for. */
final class EventRouter {

    private final List<ObjectiveSeries> objectives;
    private final List<EventRuleSeries> eventRules;
    private final Consumer<String> dropped;
    private final ScoreDeduplicator scores = new ScoreDeduplicator();

    EventRouter(AllSeries series, Consumer<String> dropped) {
        objectives = series.objectives;
        eventRules = series.eventRules;
        this.dropped = dropped;
    }

    void record(CallRecord call) {
        if (call.info().purpose() != null) {
            return;
        }
        long minute = Minutes.of(call.endedAt());
        for (ObjectiveSeries series : objectives) {
            if (series.matches(call.info())) {
                double badness = series.objective().indicator().badnessOf(call);
                if (!Double.isNaN(badness)) {
                    series.seriesOf(call.info()).add(minute, badness);
                }
            }
        }
        for (EventRuleSeries rule : eventRules) {
            rule.callEnded(call, minute);
        }
    }

    void event(LlmEvent event) {
        CallInfo call = event.call();
        if (call.purpose() != null) {
            return;
        }
        for (int i = 0; i < objectives.size(); i++) {
            ObjectiveSeries series = objectives.get(i);
            double badness = series.objective().indicator().badnessOf(event);
            if (!Double.isNaN(badness) && series.matches(call)) {
                addScore(series, i, call, badness);
            }
        }
        if (event instanceof LlmEvent.Risk risk) {
            long minute = Minutes.of(risk.at());
            eventRules.forEach(rule -> rule.riskFound(call, risk.finding(), minute));
        }
    }

    private void addScore(ObjectiveSeries series, int index, CallInfo call, double badness) {
        if (badness < 0 || badness > 1) {
            dropped.accept("slo.score_range");
        } else if (!scores.isFirst(call.callId(), index)) {
            dropped.accept("slo.second_score");
        } else {
            series.seriesOf(call).add(Minutes.of(call.startedAt()), badness);
        }
    }

    void report(String objective, Instant at, boolean good) {
        for (ObjectiveSeries series : objectives) {
            if (series.objective().name().equals(objective)
                    && series.objective().groupBy().isEmpty()) {
                series.all().iterator().next().add(Minutes.of(at), good ? 0 : 1);
                return;
            }
        }
        dropped.accept("slo.unknown_objective");
    }
}
