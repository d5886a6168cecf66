package dev.llmops.quality.drift.model;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.telemetry.TelemetryAware;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports when a provider changes the model behind a name: another response model, or another system fingerprint.
 *
 * <p>A value is reported when it first appears after another one; the last {@value #REMEMBERED} values of a name count as
 * known, since providers serve several fingerprints at a time. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ModelWatch implements LlmListener, TelemetryAware {

    /** The call attribute with the provider's fingerprint, as OpenTelemetry names it. */
    public static final String FINGERPRINT_ATTRIBUTE = "openai.response.system_fingerprint";

    /** The number of values of a model's name that count as known. */
    public static final int REMEMBERED = 16;

    private static final int MAX_NAMES = 1_000;

    private final Map<Name, Seen> seen = new ConcurrentHashMap<>();
    private final Consumer<Change> onChange;
    private Telemetry telemetry = new Telemetry();

    private record Name(Change.Kind kind, String provider, String requestModel) {}

    /** The values of one name, the latest last. */
    private static final class Seen {
        private final Deque<String> values = new ArrayDeque<>();
        private volatile @Nullable String latest;

        /** Returns the former value if this one is new after another. */
        @Nullable
        String next(String value) {
            return value.equals(latest) ? null : changeTo(value);
        }

        private synchronized @Nullable String changeTo(String value) {
            String before = latest;
            latest = value;
            if (values.contains(value)) {
                return null;
            }
            values.addLast(value);
            if (values.size() > REMEMBERED) {
                values.removeFirst();
            }
            return before;
        }
    }

    /**
     * Creates a watch.
     *
     * @param onChange receives each change, on the thread that ended the call
     */
    public ModelWatch(Consumer<Change> onChange) {
        this.onChange = onChange;
    }

    @Override
    public void useTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        add(record);
    }

    /**
     * Looks at a call.
     *
     * @param record the call
     */
    public void add(CallRecord record) {
        String model = record.responseModel();
        if (model != null) {
            look(Change.Kind.RESPONSE_MODEL, model, record);
        }
        if (record.attributes().get(FINGERPRINT_ATTRIBUTE) instanceof String fingerprint) {
            look(Change.Kind.FINGERPRINT, fingerprint, record);
        }
    }

    private void look(Change.Kind kind, String value, CallRecord record) {
        CallInfo info = record.info();
        Name name = new Name(kind, info.provider(), info.requestModel());
        Seen values = seen.get(name);
        if (values == null) {
            if (seen.size() >= MAX_NAMES) {
                telemetry.count(Telemetry.Kind.DROPPED, "model_watch_name");
                return;
            }
            values = seen.computeIfAbsent(name, n -> new Seen());
        }
        String before = values.next(value);
        if (before != null) {
            onChange.accept(
                    new Change(kind, info.provider(), info.requestModel(), before, value, record.endedAt(), null));
        }
    }

    /**
     * Change of the model behind a name that the application did not change itself.
     *
     * @param kind the signal
     * @param provider the provider
     * @param requestModel the model that is asked for
     * @param before the former value: a response model, a fingerprint, or the share of probes that agreed
     * @param after the new value
     * @param at when it was seen
     * @param evidence a sentence for people, or null
     */
    public record Change(
            Kind kind,
            String provider,
            String requestModel,
            String before,
            String after,
            Instant at,
            @Nullable String evidence) {

        /** Signal of a change. */
        public enum Kind {
            /** The provider names another model in its answers. */
            RESPONSE_MODEL,
            /** The provider's fingerprint of model and serving stack is another one. */
            FINGERPRINT,
            /** Probe prompts are answered differently than before. */
            PROBE
        }
    }
}
