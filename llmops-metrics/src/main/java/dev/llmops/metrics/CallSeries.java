package dev.llmops.metrics;

import dev.llmops.core.record.CacheResult;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.version.VersionSet;
import dev.llmops.metrics.instrument.Instrument;
import dev.llmops.metrics.internal.Backend.Adder;
import dev.llmops.metrics.internal.HistogramBackend.Trace;
import dev.llmops.metrics.internal.Layout;
import dev.llmops.metrics.internal.Memo;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All series of one operation, provider and model in the profile {@code llm}. They are made when its first call starts,
 * so that counters stand at 0 before they move: Prometheus does not see the increase of a series that is born above 0,
 * and the first error of a rare kind matters most.
 *
 * <p>See docs/decisions/metrics.md#counters-of-a-model-are-created-at-0-when-its-first-call-starts.
 */
final class CallSeries {

    private final Limits limits;
    private final Adder active;
    private final Memo<String, Map<Outcome, Adder>> requests;
    private final Memo<String, Adder> errors;
    private final Memo<CacheResult, Adder> cache;
    private final Adder retries;
    private final TokenSeries tokens;
    private final LatencySeries latency;
    private final ToolSeries tools;
    private final CostSeries cost;
    private final EventSeries events;
    private final VersionSetInfo versionSets;

    CallSeries(TargetMeters meters, Layout layout, VersionSetInfo versionSets) {
        this.versionSets = versionSets;
        limits = meters.limits();
        active = meters.backend().gauge(Instrument.ACTIVE_REQUESTS, meters.labels());
        requests = new Memo<>(versionSet -> requests(meters, versionSet));
        errors = new Memo<>(kind -> meters.counter(Instrument.ERRORS, kind));
        cache = new Memo<>(result -> meters.counter(Instrument.CACHE_REQUESTS, LabelValues.of(result)));
        retries = meters.counter(Instrument.RETRIES);
        tokens = new TokenSeries(meters);
        latency = new LatencySeries(meters);
        tools = new ToolSeries(meters);
        cost = new CostSeries(meters, layout);
        events = new EventSeries(meters);
        ErrorKind.standard().forEach(kind -> errors.get(kind.name()));
    }

    private static Map<Outcome, Adder> requests(TargetMeters meters, String versionSet) {
        Map<Outcome, Adder> byOutcome = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            byOutcome.put(outcome, meters.counter(Instrument.REQUESTS, LabelValues.of(outcome), versionSet));
        }
        return byOutcome;
    }

    /** Makes the series of a version set, at 0. */
    void expect(VersionSet versionSet) {
        requests(versionSet);
    }

    private Map<Outcome, Adder> requests(VersionSet versionSet) {
        String id = limits.limit("version_set", versionSet.id());
        versionSets.show(id, versionSet);
        return requests.get(id);
    }

    void started(CallInfo call) {
        active.add(1);
        expect(call.versionSet());
        if (call.isStreaming()) {
            latency.expectStream();
        }
    }

    void ended(CallRecord call, @Nullable Trace trace) {
        active.add(-1);
        tokens.record(call);
        cost.record(call);
        if (call.info().purpose() == null) {
            recordProduct(call, trace);
        }
    }

    /** Records what a call of a judge or a probe leaves out: it costs, but users do not wait for it. */
    private void recordProduct(CallRecord call, @Nullable Trace trace) {
        Objects.requireNonNull(requests(call.info().versionSet()).get(call.outcome()))
                .add(1);
        CallError error = call.error();
        if (error != null) {
            errors.get(limits.limit("kind", error.kind().name())).add(1);
        }
        CacheResult result = call.cache();
        if (result != null) {
            cacheRequest(result);
        }
        if (call.retries() > 0) {
            retries.add(call.retries());
        }
        latency.record(call, trace);
        tools.record(call, trace);
        events.record(call);
    }

    void cacheRequest(CacheResult result) {
        // A hit rate needs hits and misses from the start.
        for (CacheResult each : CacheResult.values()) {
            cache.get(each).add(each == result ? 1 : 0);
        }
    }

    void occurred(LlmEvent event, @Nullable Trace trace) {
        events.occurred(event, trace);
    }
}
