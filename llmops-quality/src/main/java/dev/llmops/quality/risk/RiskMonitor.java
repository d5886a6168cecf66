package dev.llmops.quality.risk;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.quality.Rate;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Rates of risks by version set: the share of answered calls with a finding of each type, such as ungrounded answers and
 * refusals of harmless requests. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RiskMonitor implements LlmListener {

    private static final int MAX_NAMES = 200;
    private static final String OTHER = "other";

    private final Map<String, Counts> byVersionSet = new ConcurrentHashMap<>();

    private static final class Counts {
        private final LongAdder calls = new LongAdder();
        private final Map<String, LongAdder> byType = new ConcurrentHashMap<>();

        void add(String type) {
            String name = byType.containsKey(type) || byType.size() < MAX_NAMES ? type : OTHER;
            byType.computeIfAbsent(name, n -> new LongAdder()).increment();
        }

        Map<String, Rate> rates() {
            long total = calls.sum();
            Map<String, Rate> rates = new TreeMap<>();
            byType.forEach((type, count) -> rates.put(type, new Rate(count.sum(), Math.max(count.sum(), total))));
            return rates;
        }
    }

    /** Creates a monitor without counts. */
    public RiskMonitor() {}

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        if (record.info().purpose() != null
                || (record.outcome() != Outcome.COMPLETED && record.risks().isEmpty())) {
            return;
        }
        Counts counts = counts(record.info().versionSet().id());
        counts.calls.increment();
        if (!record.risks().isEmpty()) {
            record.risks().stream().map(RiskFinding::type).distinct().forEach(counts::add);
        }
    }

    @Override
    public void eventOccurred(LlmEvent event) {
        if (event instanceof LlmEvent.Risk risk && event.call().purpose() == null) {
            counts(event.call().versionSet().id()).add(risk.finding().type());
        }
    }

    private Counts counts(String versionSet) {
        Counts known = byVersionSet.get(versionSet);
        if (known != null) {
            return known;
        }
        return byVersionSet.computeIfAbsent(byVersionSet.size() < MAX_NAMES ? versionSet : OTHER, n -> new Counts());
    }

    /**
     * Returns the rates so far.
     *
     * @return by version set's id, the share of calls with a finding by type
     */
    public Map<String, Map<String, Rate>> rates() {
        return byVersionSet.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().rates()));
    }
}
