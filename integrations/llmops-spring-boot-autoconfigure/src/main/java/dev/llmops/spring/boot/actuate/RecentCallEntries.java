package dev.llmops.spring.boot.actuate;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.privacy.ContentPolicyAware;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import dev.llmops.logging.CallLog;
import dev.llmops.logging.LogEntry;
import dev.llmops.logging.LogRing;
import java.util.List;
import java.util.Map;

/** Keeps the latest entries of a log of its own, so that sampling of the application's log leaves none out. */
final class RecentCallEntries implements LlmListener, TelemetryAware, ContentPolicyAware {

    private final LogRing ring;
    private final CallLog log;

    RecentCallEntries(int entries) {
        this.ring = LogRing.of(entries);
        this.log = CallLog.builder().sink(ring).build();
    }

    /** Returns the entries as they would stand in the log, latest last. */
    List<Map<String, Object>> entries() {
        return ring.entries().stream().map(LogEntry::fields).toList();
    }

    /** Returns the entries of calls alone, latest last. */
    List<Map<String, Object>> calls() {
        return ring.entries().stream()
                .filter(LogEntry::isCall)
                .map(LogEntry::fields)
                .toList();
    }

    @Override
    public void useTelemetry(Telemetry telemetry) {
        log.useTelemetry(telemetry);
    }

    @Override
    public void useContentPolicy(ContentPolicy policy) {
        log.useContentPolicy(policy);
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        log.callEnded(call, record);
    }

    @Override
    public void eventOccurred(LlmEvent event) {
        log.eventOccurred(event);
    }
}
