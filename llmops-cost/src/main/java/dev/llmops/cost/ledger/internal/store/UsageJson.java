package dev.llmops.cost.ledger.internal.store;

import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.record.UsageKind;
import dev.llmops.core.record.UsageOrigin;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** Usage as JSON, details inside the totals: its origin, and what is known by {@link UsageKind#key()}. */
final class UsageJson {

    private static final String ORIGIN = "origin";
    private static final List<UsageKind> TOTALS = List.of(UsageKind.INPUT_TOKENS, UsageKind.OUTPUT_TOKENS);
    private static final List<UsageKind> PARTS =
            List.of(UsageKind.CACHE_READ_TOKENS, UsageKind.CACHE_WRITE_TOKENS, UsageKind.OUTPUT_REASONING_TOKENS);

    private UsageJson() {}

    static void write(TokenUsage usage, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty(ORIGIN, usage.origin().name());
        for (UsageKind total : TOTALS) {
            if (usage.count(total) >= 0) {
                json.writeNumberProperty(total.key(), usage.count(total));
            }
        }
        for (UsageKind part : PARTS) {
            if (usage.count(part) > 0) {
                json.writeNumberProperty(part.key(), usage.count(part));
            }
        }
        usage.details().forEach((kind, count) -> json.writeNumberProperty(kind.key(), count));
        json.writeEndObject();
    }

    /** The parser stands at the start of the object. */
    static TokenUsage read(JsonParser json) {
        UsageOrigin origin = UsageOrigin.UNKNOWN;
        Map<UsageKind, Long> counts = new TreeMap<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            if (name.equals(ORIGIN)) {
                origin = UsageOrigin.valueOf(json.getString());
            } else {
                counts.put(UsageKind.named(name), json.getLongValue());
            }
        }
        return usage(origin, counts);
    }

    private static TokenUsage usage(UsageOrigin origin, Map<UsageKind, Long> counts) {
        OptionalLong input = known(counts.remove(UsageKind.INPUT_TOKENS));
        OptionalLong output = known(counts.remove(UsageKind.OUTPUT_TOKENS));
        TokenUsage usage =
                switch (origin) {
                    case UNKNOWN -> TokenUsage.unknown();
                    case ESTIMATED -> TokenUsage.estimated(input, output);
                    case REPORTED -> TokenUsage.inclusive(input.orElse(-1), output.orElse(-1));
                };
        for (Map.Entry<UsageKind, Long> part : counts.entrySet()) {
            usage = usage.with(part.getKey(), part.getValue());
        }
        return usage;
    }

    private static OptionalLong known(@Nullable Long count) {
        return count == null ? OptionalLong.empty() : OptionalLong.of(count);
    }
}
