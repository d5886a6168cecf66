package dev.llmops.quality.drift;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.version.VersionSet;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records of calls without a live call. */
final class Traffic {

    static final VersionSet VERSIONS = VersionSet.builder().prompt("v1").build();
    static final Instant START = Instant.parse("2026-01-05T00:00:00Z"); // a Monday

    private Traffic() {}

    static CallInfo.Builder info(Instant at) {
        return CallInfo.builder(new UUID(7, at.toEpochMilli()), at, Operation.CHAT, "openai", "gpt-4o")
                .versionSet(VERSIONS);
    }

    static CallRecord tokens(Instant at, long input) {
        return record(info(at)).usage(TokenUsage.inclusive(input, 1)).build();
    }

    static CallRecord value(Instant at, double value, @Nullable String topic) {
        return record(info(at))
                .attributes(topic == null ? Map.of("value", value) : Map.of("value", value, "topic", topic))
                .build();
    }

    static CallRecord.Builder record(CallInfo.Builder info) {
        return CallRecord.builder(
                info.build(), Outcome.COMPLETED, Timing.builder(1).build());
    }
}
