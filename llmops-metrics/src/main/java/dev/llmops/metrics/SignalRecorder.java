package dev.llmops.metrics;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.Telemetry;
import dev.llmops.core.TelemetryAware;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.version.VersionSet;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.instrument.Layout;
import dev.llmops.metrics.instrument.Profile;
import dev.llmops.metrics.instrument.SloGroup;
import dev.llmops.metrics.internal.Backend;
import dev.llmops.metrics.internal.Backend.TimeRecorder;
import dev.llmops.metrics.internal.GuardedBackend;
import dev.llmops.metrics.internal.HistogramBackend.Trace;
import dev.llmops.metrics.internal.HistogramBackend.ValueRecorder;
import dev.llmops.metrics.internal.Memo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Turns calls into metrics: a listener for {@code LlmOps}, and the place where the application tells what no call can.
 * Made by {@link GoldenSignals}; one recorder may listen to several {@code LlmOps}.
 *
 * <p>Thread-safe. Series are made when they are first needed; after that, recording looks them up, does not lock, and
 * allocates little.
 *
 * @since 0.1.0
 */
public final class SignalRecorder implements LlmListener, TelemetryAware {

    private final Backend backend;
    private final Limits limits;
    private final SelfMetrics selfMetrics;
    private final boolean showsCalls;
    private final Memo<Limits.Target, CallSeries> calls;
    private final GenAiProjection genAi;
    private final Memo<List<String>, ValueRecorder> batchSizes;
    private final Memo<List<String>, TimeRecorder> coldStarts;

    SignalRecorder(Backend unguarded, Layout layout, Map<String, Integer> labelLimits, int defaultLabelLimit) {
        Telemetry own = new Telemetry();
        backend = new GuardedBackend(unguarded, own);
        limits = new Limits(labelLimits, defaultLabelLimit, own);
        selfMetrics = new SelfMetrics(backend);
        showsCalls = layout.has(Profile.LLM);
        calls = new Memo<>(target -> new CallSeries(new TargetMeters(backend, limits, target, own), layout));
        genAi = new GenAiProjection(backend, limits, layout);
        batchSizes = new Memo<>(model -> backend.distribution(Instrument.BATCH_SIZE, model));
        coldStarts = new Memo<>(model -> backend.timer(Instrument.COLD_START, model));
        if (showsCalls) {
            selfMetrics.show(own);
        }
    }

    @Override
    public void useTelemetry(Telemetry telemetry) {
        if (showsCalls) {
            selfMetrics.show(telemetry);
        }
    }

    @Override
    public void callStarted(LiveCall call) {
        if (showsCalls) {
            CallSeries series = calls.get(limits.target(call.info()));
            series.started(call.info());
            // The end takes back what the start added, from the very same series.
            call.attach(this, series);
        }
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        Trace trace = backend.traceOf(record.info());
        if (call.attachment(this) instanceof CallSeries series) {
            series.ended(record, trace);
        }
        genAi.record(record, trace);
    }

    @Override
    public void eventOccurred(LlmEvent event) {
        if (showsCalls) {
            calls.get(limits.target(event.call())).occurred(event, backend.traceOf(event.call()));
        }
    }

    /**
     * Makes the series of calls that are to be expected, so that their counters stand at 0 before the first call.
     * Prometheus does not see the increase of a series that is born above 0.
     *
     * @param operation what will be asked
     * @param provider who will be asked
     * @param model the model that will be asked for
     * @param versionSet what will answer, usually that of the {@code LlmOps}
     */
    public void expectCalls(Operation operation, String provider, String model, VersionSet versionSet) {
        if (showsCalls) {
            calls.get(limits.target(operation, provider, model)).expect(versionSet);
        }
    }

    /**
     * Shows the exact events of an objective as {@code llm.slo.events}.
     *
     * @param slo the objective's name
     * @param group what the series is about, by label: any of operation, provider, model, tenant, feature and
     *     version_set; empty for an objective without groups
     * @param good reads how many events were good; never decreases
     * @param bad reads how many events were bad; never decreases
     */
    public void sloEvents(String slo, Map<String, String> group, DoubleSupplier good, DoubleSupplier bad) {
        observe(Instrument.SLO_EVENTS, SloGroup.values(group, slo, "good"), good);
        observe(Instrument.SLO_EVENTS, SloGroup.values(group, slo, "bad"), bad);
    }

    /**
     * Shows how fast an objective's error budget burns as {@code llm.slo.burn.rate}.
     *
     * @param slo the objective's name
     * @param group what the series is about, as for {@link #sloEvents}
     * @param window what the rate is measured over, such as {@code 1h}
     * @param rate reads the rate, where 1 spends the budget exactly; not a number while nothing was measured
     */
    public void sloBurnRate(String slo, Map<String, String> group, String window, DoubleSupplier rate) {
        observe(Instrument.SLO_BURN_RATE, SloGroup.values(group, slo, window), rate);
    }

    /**
     * Shows what is left of an objective's error budget as {@code llm.slo.budget.remaining}.
     *
     * @param slo the objective's name
     * @param group what the series is about, as for {@link #sloEvents}
     * @param remaining reads the share, where 1 is untouched; not a number while nothing was measured
     */
    public void sloBudgetRemaining(String slo, Map<String, String> group, DoubleSupplier remaining) {
        observe(Instrument.SLO_BUDGET_REMAINING, SloGroup.values(group, slo), remaining);
    }

    private void observe(Instrument instrument, List<String> labels, DoubleSupplier value) {
        if (showsCalls) {
            backend.observed(instrument, labels, value);
        }
    }

    /**
     * Records how many requests ran as one batch.
     *
     * @param provider who ran them, such as {@code vllm}
     * @param model the model that ran them
     * @param requests how many; below 1 is ignored
     */
    public void batchSize(String provider, String model, int requests) {
        if (showsCalls && requests > 0) {
            batchSizes.get(modelLabels(provider, model)).record(requests, null);
        }
    }

    /**
     * Records how long it took until a model could answer.
     *
     * @param provider who runs the model
     * @param model the model
     * @param duration how long loading took; negative is ignored
     */
    public void coldStart(String provider, String model, Duration duration) {
        if (showsCalls && !duration.isNegative()) {
            coldStarts.get(modelLabels(provider, model)).record(duration.toNanos(), null);
        }
    }

    /**
     * Records what the application's answer cache said where no call is observed, such as an answer that needed none. A
     * call that knows its own result counts by itself: see {@code LlmCall.cache}.
     *
     * @param operation what was asked
     * @param provider who would have been asked
     * @param model the model that would have been asked for
     * @param result what the cache said
     */
    public void cacheRequest(Operation operation, String provider, String model, CacheResult result) {
        if (showsCalls) {
            calls.get(limits.target(operation, provider, model)).cacheRequest(result);
        }
    }

    private List<String> modelLabels(String provider, String model) {
        return List.of(limits.limit("provider", provider), limits.limit("model", model));
    }
}
