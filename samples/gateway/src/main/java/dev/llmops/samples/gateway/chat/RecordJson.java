package dev.llmops.samples.gateway.chat;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.Timing;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.version.VersionSet;
import dev.llmops.samples.gateway.calls.ModelAnswer;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A call's record as the gateway's answers show it, under the names that the call log uses. */
final class RecordJson {

    private RecordJson() {}

    static ObjectNode answer(ObjectNode body, ModelAnswer answer) {
        CallRecord record = answer.record();
        body.put("answer", answer.text());
        versionSet(body.putObject("version_set"), record.info().versionSet());
        usage(body.putObject("usage"), record.usage());
        cost(body, record.cost());
        latency(body.putObject("latency_ms"), record.timing());
        return body;
    }

    private static void versionSet(ObjectNode json, VersionSet versions) {
        versions.parts().forEach(json::put);
        json.put("id", versions.id()); // a part of that name, which a client may send, must not hide the id of the set
    }

    private static void usage(ObjectNode json, TokenUsage usage) {
        putIfKnown(json, "tokens_in", usage.inputTokens());
        putIfKnown(json, "tokens_out", usage.outputTokens());
        json.put("cached_input", usage.cachedInputTokens())
                .put("cache_write", usage.cacheWriteTokens())
                .put("reasoning", usage.reasoningTokens())
                .put("origin", lowerCase(usage.origin()));
    }

    private static void cost(ObjectNode body, @Nullable Cost cost) {
        if (cost == null) {
            body.putNull("cost");
        } else {
            body.putObject("cost")
                    .put("amount", cost.amount().map(BigDecimal::toPlainString).orElse(null))
                    .put("currency", cost.currency())
                    .put("state", lowerCase(cost.state()));
        }
    }

    private static void latency(ObjectNode json, Timing timing) {
        json.put("total", millis(timing.durationNanos()));
        for (Timing.Phase phase : timing.phases()) {
            json.put(phase.name(), millis(phase.durationNanos()));
        }
        timing.timeToFirstTokenNanos().ifPresent(nanos -> json.put("first_token", millis(nanos)));
        timing.generationNanos().ifPresent(nanos -> json.put("generation", millis(nanos)));
        timing.timePerOutputTokenNanos().ifPresent(nanos -> json.put("per_output_token", millis(nanos)));
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    private static void putIfKnown(ObjectNode json, String name, OptionalLong count) {
        if (count.isPresent()) {
            json.put(name, count.getAsLong());
        } else {
            json.putNull(name);
        }
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
