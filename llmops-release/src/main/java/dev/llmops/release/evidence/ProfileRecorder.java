package dev.llmops.release.evidence;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.telemetry.Backlog;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.arm.AssignmentUnit;
import dev.llmops.release.evidence.ProfileMeasurement.JudgedCall;
import dev.llmops.release.policy.GatePolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Measures the baseline's profile from live calls that belong to no release, as the plan and the thresholds of the next one
 * need it. Keeps the first call of each of the latest units. Calls with a purpose, such as those of judges, are left out.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class ProfileRecorder implements LlmListener, TelemetryAware {

    /** The default number of units that are kept: {@value}. */
    public static final int DEFAULT_UNITS = 20_000;

    private final AssignmentUnit unit;
    private final int capacity;
    private final Backlog<Object> told = new Backlog<>("ProfileRecorder.booking", this::book);

    // Guarded by the monitor of what was told.
    private final Map<String, JudgedCall> byUnit = new LinkedHashMap<>();
    private final Map<String, CallVerdicts> verdicts = new LinkedHashMap<>();

    /**
     * Creates a recorder.
     *
     * @param unit what a release assigns as a whole
     * @param capacity how many units are kept, ≥ 1; about 500 bytes each
     */
    public ProfileRecorder(AssignmentUnit unit, int capacity) {
        this.unit = unit;
        this.capacity = capacity;
    }

    @Override
    public void useTelemetry(Telemetry telemetry) {
        told.useTelemetry(telemetry);
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        if (record.info().purpose() == null && !record.attributes().containsKey(Assignment.CHANGE)) {
            told.add(record);
        }
    }

    @Override
    public void eventOccurred(LlmEvent event) {
        told.add(event);
    }

    private void book(Object callOrEvent) {
        if (callOrEvent instanceof CallRecord ended) {
            keep(ended);
        } else {
            judge((LlmEvent) callOrEvent);
        }
    }

    private void keep(CallRecord record) {
        String callId = record.info().callId().toString();
        String unitId = Objects.requireNonNullElse(unit.idOf(record.info()), callId);
        if (byUnit.containsKey(unitId)) {
            return;
        }
        JudgedCall judged = new JudgedCall(RecordFacts.of(record), new CallVerdicts());
        byUnit.put(unitId, judged);
        verdicts.put(callId, judged.verdicts());
        if (byUnit.size() > capacity) {
            JudgedCall eldest = byUnit.remove(byUnit.keySet().iterator().next());
            verdicts.remove(eldest.call().callId());
        }
    }

    private void judge(LlmEvent event) {
        CallVerdicts known = verdicts.get(event.call().callId().toString());
        if (known != null) {
            RecordFacts.apply(event, known);
        }
    }

    /**
     * Returns the number of units that were measured.
     *
     * @return at most the capacity
     */
    public int units() {
        synchronized (told) {
            told.settle();
            return byUnit.size();
        }
    }

    /**
     * Returns the profile so far.
     *
     * @param policy the policy of the release to come
     * @param cachedPriceRatio price of a cached input token ÷ price of an uncached one, in (0, 1]
     * @param outputPriceRatio price of an output token ÷ price of an uncached input token, &gt; 0
     * @return the profile
     * @throws IllegalArgumentException if no call was measured
     */
    public GateProfile profile(GatePolicy policy, double cachedPriceRatio, double outputPriceRatio) {
        synchronized (told) {
            told.settle();
            return new ProfileMeasurement(policy, List.copyOf(byUnit.values()))
                    .profile(cachedPriceRatio, outputPriceRatio);
        }
    }
}
