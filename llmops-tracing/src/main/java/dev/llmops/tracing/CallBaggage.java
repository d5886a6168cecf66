package dev.llmops.tracing;

import dev.llmops.core.telemetry.Telemetry;
import dev.llmops.core.version.VersionBaggage;
import dev.llmops.core.version.VersionSet;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.BaggageBuilder;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.context.Context;
import java.util.function.Predicate;

/**
 * Builds the baggage under a call: its version set in the form of {@link VersionBaggage}, and those entries of the
 * caller's baggage that may go on.
 *
 * <p>See docs/decisions/tracing.md#under-a-call-that-leaves-the-process-the-callers-baggage-is-left-out.
 */
final class CallBaggage {

    private record Entries(VersionSet versionSet, Baggage baggage) {}

    private final boolean tellsVersionSet;
    private final Predicate<String> passesOn;
    private volatile Telemetry telemetry = new Telemetry();

    /** Nearly all calls of a process share one version set. */
    private volatile Entries last = new Entries(VersionSet.empty(), Baggage.empty());

    CallBaggage(boolean tellsVersionSet, Predicate<String> passesOn) {
        this.tellsVersionSet = tellsVersionSet;
        this.passesOn = passesOn;
    }

    void useTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** Returns a context with that baggage. Local work keeps all entries, since they do not leave the process. */
    Context in(Context context, VersionSet versionSet, boolean isLocal) {
        Baggage own = tellsVersionSet ? entriesOf(versionSet) : Baggage.empty();
        Baggage present = Baggage.fromContext(context);
        if (present.isEmpty()) {
            return own.isEmpty() ? context : context.with(own);
        }
        BaggageBuilder merged = own.toBuilder();
        present.forEach((key, entry) -> {
            if (!isVersion(key) && (isLocal || mayPass(key))) {
                merged.put(key, entry.getValue(), entry.getMetadata());
            }
        });
        return context.with(merged.build());
    }

    private boolean mayPass(String key) {
        try {
            return passesOn.test(key);
        } catch (RuntimeException e) {
            telemetry.failure(
                    "CallSpans.passBaggage", e, "the entry was left out; fix the predicate given to passBaggage");
            return false;
        }
    }

    private Baggage entriesOf(VersionSet versionSet) {
        Entries entries = last;
        if (!entries.versionSet.equals(versionSet)) {
            Context read = W3CBaggagePropagator.getInstance()
                    .extract(Context.root(), VersionBaggage.encode(versionSet), (header, name) -> header);
            entries = new Entries(versionSet, Baggage.fromContext(read));
            last = entries;
        }
        return entries.baggage;
    }

    static Context withoutVersionSet(Context context) {
        BaggageBuilder others = Baggage.builder();
        Baggage.fromContext(context).forEach((key, entry) -> {
            if (!isVersion(key)) {
                others.put(key, entry.getValue(), entry.getMetadata());
            }
        });
        return context.with(others.build());
    }

    private static boolean isVersion(String key) {
        return key.startsWith(VersionBaggage.KEY_PREFIX);
    }
}
