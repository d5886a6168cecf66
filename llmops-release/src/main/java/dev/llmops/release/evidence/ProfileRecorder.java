package dev.llmops.release.evidence;

import dev.llmops.core.RecordListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.release.arm.Assignment;
import dev.llmops.release.arm.AssignmentUnit;
import dev.llmops.release.evidence.ProfileMeasurement.JudgedCall;
import dev.llmops.release.policy.GatePolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Measures the baseline's profile from live calls that belong to no release, as the plan and the thresholds of the next one
 * need it. Keeps the first call of each of the latest units. Calls with a purpose, such as those of judges, are left out.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class ProfileRecorder extends RecordListener {

    /** The default number of units that are kept: {@value}. */
    public static final int DEFAULT_UNITS = 20_000;

    private final AssignmentUnit unit;
    private final int capacity;

    // Guarded by this monitor.
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
    protected synchronized void recorded(CallRecord record) {
        if (record.info().purpose() != null || record.attributes().containsKey(Assignment.CHANGE)) {
            return;
        }
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

    @Override
    protected synchronized void recorded(LlmEvent event) {
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
        settle();
        synchronized (this) {
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
        settle();
        synchronized (this) {
            ProfileMeasurement measurement = new ProfileMeasurement(policy, Math.max(1, byUnit.size()));
            byUnit.values().forEach(measurement::add);
            return measurement.profile(cachedPriceRatio, outputPriceRatio, 0);
        }
    }
}
