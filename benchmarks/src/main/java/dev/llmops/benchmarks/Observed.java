package dev.llmops.benchmarks;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.LlmOpsBuilder;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.cost.CostEnricher;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.logging.CallLog;
import dev.llmops.metrics.GoldenSignals;
import dev.llmops.quality.EvaluationDefinition;
import dev.llmops.quality.QualityMonitor;
import dev.llmops.redaction.RedactionEnricher;
import dev.llmops.redaction.Redactor;
import dev.llmops.release.arm.Arm;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.evidence.CacheTerms;
import dev.llmops.release.evidence.GateProfile;
import dev.llmops.release.evidence.GateRecorder;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.slo.Indicator;
import dev.llmops.slo.Objective;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.tracing.CallSpans;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The library with the views that a benchmark asks for. */
final class Observed {

    private static final Assignment CANDIDATE = new Assignment(
            SampleCall.CHANGE, "5%", Arm.CANDIDATE, SampleCall.UNIT, true, false, false, SampleCall.VERSIONS);

    private Observed() {}

    static LlmOps with(View view, OpenTelemetry openTelemetry, PrometheusMeterRegistry registry) {
        LlmOpsBuilder builder = LlmOps.builder().ticker(SampleCall::nanos).versionSet(SampleCall.VERSIONS);
        view.parts().forEach(part -> add(builder, part, openTelemetry, registry));
        return builder.build();
    }

    private static void add(
            LlmOpsBuilder builder, View part, OpenTelemetry openTelemetry, PrometheusMeterRegistry registry) {
        switch (part) {
            case METRICS -> builder.listener(GoldenSignals.on(registry));
            case SPAN -> builder.listener(CallSpans.on(openTelemetry));
            case LOG -> builder.listener(CallLog.toSlf4j());
            case COST -> builder.enricher(CostEnricher.using(PriceBook.bundled()));
            case SLO ->
                builder.listener(SloEngine.builder()
                        .objective(Objective.builder("ttft")
                                .indicator(Indicator.timeToFirstToken(Duration.ofMillis(500)))
                                .target(0.99)
                                .build())
                        .build());
            case REDACTION ->
                builder.contentPolicy(
                                ContentPolicy.builder().captureContent(true).build())
                        .enricher(RedactionEnricher.using(Redactor.ofDefaults()));
            case QUALITY_AND_GATE ->
                builder.listener(new QualityMonitor(EvaluationDefinition.standard()))
                        .listener(new GateRecorder(SampleCall.CHANGE, GatePolicy.standard(), lastWeek()));
            case NONE, ALL -> {}
        }
    }

    private static GateProfile lastWeek() {
        return new GateProfile(
                2_000,
                Map.of("errors", new GateProfile.Rate(.02, 1)),
                Map.of("time_to_first_token", 1_800.0),
                1,
                List.of(.008, .014, .03),
                .01,
                .008,
                new CacheTerms(.6, .1, 4));
    }

    /** Tells a live call what its view shows. */
    static void tell(View view, LlmCall call) {
        if (view == View.REDACTION) {
            call.input(SampleCall.PROMPT).output(SampleCall.ANSWER);
        } else if (view == View.QUALITY_AND_GATE) {
            CANDIDATE.mark(call);
        }
    }
}
