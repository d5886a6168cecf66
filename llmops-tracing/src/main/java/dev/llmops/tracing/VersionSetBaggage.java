package dev.llmops.tracing;

import dev.llmops.core.VersionSet;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.BaggageBuilder;
import io.opentelemetry.context.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/** Carries a version set in W3C baggage, one entry a part. */
final class VersionSetBaggage {

    private VersionSetBaggage() {}

    static Context add(VersionSet versionSet, Context context) {
        if (versionSet.parts().isEmpty()) {
            return context;
        }
        BaggageBuilder baggage = Baggage.fromContext(context).toBuilder();
        versionSet.parts().forEach((part, version) -> baggage.put(Keys.VERSION_SET_PREFIX + part, version));
        return context.with(baggage.build());
    }

    static VersionSet read(Baggage baggage) {
        Map<String, String> parts = new LinkedHashMap<>();
        baggage.forEach((key, entry) -> {
            String part =
                    key.startsWith(Keys.VERSION_SET_PREFIX) ? key.substring(Keys.VERSION_SET_PREFIX.length()) : "";
            if (!part.isBlank() && part.indexOf('=') < 0 && !entry.getValue().isBlank()) {
                parts.put(part, entry.getValue());
            }
        });
        return VersionSet.of(parts);
    }
}
