package dev.llmops.samples.gateway.http;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmCallBuilder;
import dev.llmops.core.version.VersionBaggage;
import dev.llmops.core.version.VersionSet;
import dev.llmops.samples.gateway.privacy.Privacy;
import dev.llmops.tracing.IncomingTrace;
import dev.llmops.tracing.TraceHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The trace and the versions that a request names. Clients are not trusted: nothing of theirs is private in views, or
 * breaks a header.
 */
public final class CallerTrace {

    /** The longest {@code x-trace-id} that is kept whole. */
    static final int MAX_LENGTH = 128;

    private final IncomingTrace trace;
    private final VersionSet versions;

    private CallerTrace(IncomingTrace trace, VersionSet versions) {
        this.trace = trace;
        this.versions = versions;
    }

    /**
     * Reads {@code x-trace-id}, {@code traceparent}, {@code tracestate} and {@code baggage}.
     *
     * @param header gives the value of a header by its lower-case name, or null
     */
    static CallerTrace read(Function<String, @Nullable String> header, Privacy privacy) {
        Map<String, String> fit = new HashMap<>();
        for (String name : List.of(TraceHeaders.X_TRACE_ID, "traceparent", "tracestate")) {
            String value = header.apply(name);
            if (value != null) {
                fit.put(name, name.equals(TraceHeaders.X_TRACE_ID) ? shown(value, privacy) : value);
            }
        }
        // Others put into it what they like, and spans show it.
        fit.computeIfPresent("tracestate", (name, state) -> privacy.isClean(state) ? state : null);
        // Of baggage, nothing but the versions is of use here, and OpenTelemetry logs a stack trace for each broken
        // entry.
        VersionSet versions = VersionBaggage.decode(header.apply("baggage"));
        return new CallerTrace(TraceHeaders.read(fit), privacy.versions(versions));
    }

    /** An id of the client's own as every view shows it: printable ASCII, since it goes back into a header. */
    public static String shown(String id, Privacy privacy) {
        String name = privacy.name(id.strip());
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            String next = character >= ' ' && character <= '~'
                    ? String.valueOf(character)
                    : String.format(character < 256 ? "%%%02X" : "%%u%04X", (int) character);
            if (shown.length() + next.length() > MAX_LENGTH) {
                break;
            }
            shown.append(next);
        }
        return shown.toString();
    }

    /** The trace's id as it is shown; null for a request that names none. */
    @Nullable
    String id() {
        return trace.traceId();
    }

    /**
     * Starts a call that belongs to this trace. Versions of a release come first, then the model, then the client's.
     *
     * @param released the versions that a release changes
     */
    public LlmCall start(LlmCallBuilder call, String model, VersionSet released) {
        VersionSet known = VersionSet.builder().model(model).build().orElse(versions);
        return trace.start(call.versionSet(released.orElse(known)));
    }
}
