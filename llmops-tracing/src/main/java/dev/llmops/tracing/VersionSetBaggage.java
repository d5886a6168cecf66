package dev.llmops.tracing;

import dev.llmops.core.VersionBaggage;
import dev.llmops.core.VersionSet;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.BaggageBuilder;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.context.Context;

/** Puts version sets into OpenTelemetry's baggage and takes them out, in the form that {@link VersionBaggage} gives them. */
final class VersionSetBaggage {

    private record Entries(VersionSet versionSet, Baggage baggage) {}

    /** Nearly all calls of a process share one version set. */
    private volatile Entries last = new Entries(VersionSet.empty(), Baggage.empty());

    Context add(VersionSet versionSet, Context context) {
        Entries entries = last;
        if (!entries.versionSet.equals(versionSet)) {
            entries = new Entries(versionSet, baggageOf(versionSet));
            last = entries;
        }
        if (entries.baggage.isEmpty()) {
            return context;
        }
        Baggage present = Baggage.fromContext(context);
        if (present.isEmpty()) {
            return context.with(entries.baggage);
        }
        BaggageBuilder merged = present.toBuilder();
        entries.baggage.forEach((key, entry) -> merged.put(key, entry.getValue(), entry.getMetadata()));
        return context.with(merged.build());
    }

    private static Baggage baggageOf(VersionSet versionSet) {
        Context read = W3CBaggagePropagator.getInstance()
                .extract(Context.root(), VersionBaggage.encode(versionSet), (header, name) -> header);
        return Baggage.fromContext(read);
    }

    static Context remove(Context context) {
        BaggageBuilder others = Baggage.builder();
        Baggage.fromContext(context).forEach((key, entry) -> {
            if (!key.startsWith(VersionBaggage.KEY_PREFIX)) {
                others.put(key, entry.getValue(), entry.getMetadata());
            }
        });
        return context.with(others.build());
    }
}
