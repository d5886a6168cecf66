package dev.llmops.metrics;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import dev.llmops.core.version.VersionSet;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.instrument.Profile;
import dev.llmops.metrics.internal.Backend;
import dev.llmops.metrics.internal.Backend.TimeRecorder;
import dev.llmops.metrics.internal.GuardedBackend;
import dev.llmops.metrics.internal.HistogramBackend.Trace;
import dev.llmops.metrics.internal.HistogramBackend.ValueRecorder;
import dev.llmops.metrics.internal.Layout;
import dev.llmops.metrics.internal.Memo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Records calls as metrics: a listener for {@code LlmOps} with methods for values that no call carries. Created by
 * {@link GoldenSignals} or {@link PrometheusSignals}; one recorder may listen to several {@code LlmOps}.
 *
 * <p>Safe for use by many threads. Series are created when first needed; after that, recording does not lock and
 * allocates little. A meter that fails is counted as {@code llm.telemetry.failures} and keeps no other from recording.
 *
 * <p>See docs/decisions/metrics.md#goldensignals-creates-signalrecorder-records.
 *
 * @since 0.1.0
 */
public final class SignalRecorder implements LlmListener, TelemetryAware {

    private final Backend backend;
    private final Limits limits;
    private final SelfMetrics selfMetrics;
    private final boolean showsCalls;
    private final Supplier<SignalRecorder> scratch;
    private final Memo<Limits.Target, CallSeries> calls;
    private final GenAiProjection genAi;
    private final Memo<List<String>, ValueRecorder> batchSizes;
    private final Memo<List<String>, TimeRecorder> coldStarts;

    SignalRecorder(
            Backend unguarded, Layout layout, Telemetry own, Map<String, Integer> labelLimits, int defaultLabelLimit) {
        backend = new GuardedBackend(unguarded, own);
        scratch =
                () -> new SignalRecorder(unguarded.scratch(), layout, new Telemetry(), labelLimits, defaultLabelLimit);
        VersionSetInfo versionSets = new VersionSetInfo(backend);
        limits = new Limits(labelLimits, defaultLabelLimit, own);
        selfMetrics = new SelfMetrics(backend);
        showsCalls = layout.has(Profile.LLM);
        calls = new Memo<>(
                target -> new CallSeries(new TargetMeters(backend, limits, target, own), layout, versionSets));
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

    @Override
    public void warmUp(CallRecord sample) {
        scratch.get().tryOn(sample);
    }

    private void tryOn(CallRecord sample) {
        if (showsCalls) {
            CallSeries series = calls.get(limits.target(sample.info()));
            series.started(sample.info());
            series.ended(sample, null);
        }
        genAi.record(sample, null);
    }

    /**
     * Creates the series of expected calls, so that their counters stand at 0 before the first call. Prometheus does not
     * see the increase of a series whose first sample is above 0.
     *
     * @param operation the operation
     * @param provider the provider
     * @param model the requested model
     * @param versionSet the version set, usually that of the {@code LlmOps}
     */
    public void expectCalls(Operation operation, String provider, String model, VersionSet versionSet) {
        if (showsCalls) {
            calls.get(limits.target(operation, provider, model)).expect(versionSet);
        }
    }

    /**
     * Records the size of a batch of requests.
     *
     * @param provider the server, such as {@code vllm}
     * @param model the model
     * @param requests the number of requests; ignored below 1
     */
    public void batchSize(String provider, String model, int requests) {
        if (showsCalls && requests > 0) {
            batchSizes.get(modelLabels(provider, model)).record(requests, null);
        }
    }

    /**
     * Records the time until a model could answer.
     *
     * @param provider the server
     * @param model the model
     * @param duration the time; ignored if negative
     */
    public void coldStart(String provider, String model, Duration duration) {
        if (showsCalls && !duration.isNegative()) {
            coldStarts.get(modelLabels(provider, model)).record(duration.toNanos(), null);
        }
    }

    /**
     * Records a lookup in the application's answer cache where no call is observed, such as a hit that needs none. A call
     * with {@code LlmCall.cache} is recorded by itself.
     *
     * @param operation the operation
     * @param provider the provider of the call that a miss would make
     * @param model the model of that call
     * @param result the result of the lookup
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
