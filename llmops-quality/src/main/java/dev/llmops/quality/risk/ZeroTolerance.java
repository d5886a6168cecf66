package dev.llmops.quality.risk;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Alerts at the first event of risks for which there is no tolerable rate, and may shut out the user behind it.
 *
 * <p>A finding that a guardrail blocked or redacted did no harm, so it is no event here. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ZeroTolerance implements LlmListener, TelemetryAware {

    /** The types that stop a release by default. */
    public static final Set<String> STANDARD_TYPES = Set.of(
            Risk.Type.PROMPT_INJECTION_SUCCEEDED,
            Risk.Type.UNAUTHORIZED_TOOL,
            Risk.Type.PII_LEAK,
            Risk.Type.SECRET_LEAK,
            Risk.Type.CROSS_TENANT_RETRIEVAL);

    private static final Set<String> HARMLESS = Set.of(Risk.Action.BLOCKED.label(), Risk.Action.REDACTED.label());

    private final Set<String> types;
    private final Consumer<Event> onEvent;
    private final @Nullable Quarantine quarantine;
    private Telemetry telemetry = new Telemetry();

    /**
     * Event for which there is no tolerance.
     *
     * @param call the call
     * @param finding what was found
     * @param quarantined the user who was shut out, or null
     */
    public record Event(
            CallInfo call, RiskFinding finding, @Nullable String quarantined) {}

    /**
     * Creates the rule.
     *
     * @param types the types, such as {@link #STANDARD_TYPES}
     * @param onEvent receives every event, on the thread that saw it
     * @param quarantine shuts out the users behind events, or null
     */
    public ZeroTolerance(Set<String> types, Consumer<Event> onEvent, @Nullable Quarantine quarantine) {
        this.types = Set.copyOf(types);
        this.onEvent = onEvent;
        this.quarantine = quarantine;
    }

    @Override
    public void useTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        for (RiskFinding finding : record.risks()) {
            look(record.info(), finding);
        }
    }

    @Override
    public void eventOccurred(LlmEvent event) {
        if (event instanceof LlmEvent.Risk risk) {
            look(risk.call(), risk.finding());
        }
    }

    private void look(CallInfo call, RiskFinding finding) {
        if (!types.contains(finding.type()) || HARMLESS.contains(finding.action())) {
            return;
        }
        String user = call.user();
        String shutOut = quarantine == null ? null : user;
        if (quarantine != null && user != null) {
            quarantine.add(user);
        }
        try {
            onEvent.accept(new Event(call, finding, shutOut));
        } catch (RuntimeException e) {
            telemetry.failure("zero_tolerance_listener", e, "fix the listener; this event raised no alert");
        }
    }
}
