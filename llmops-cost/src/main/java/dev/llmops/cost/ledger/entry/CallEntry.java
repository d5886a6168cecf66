package dev.llmops.cost.ledger.entry;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.cost.usage.UsageReading;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parts of a call that the ledger keeps. */
final class CallEntry {

    private CallEntry() {}

    static LedgerEntry of(CallRecord record, Instant recordedAt, Set<String> keptAttributes) {
        CallInfo info = record.info();
        Cost cost = record.cost();
        return LedgerEntry.builder(info.callId().toString(), info.startedAt(), info.provider(), info.requestModel())
                .recordedAt(recordedAt)
                .tenant(info.tenant())
                .user(info.user())
                .feature(info.feature())
                .responseModel(record.responseModel())
                .versionSet(info.versionSet().id())
                .operation(info.operation().name())
                .outcome(record.outcome().name())
                .serviceTier(text(record, UsageReading.SERVICE_TIER_ATTRIBUTE))
                .region(text(record, UsageReading.REGION_ATTRIBUTE))
                .requestId(info.requestId())
                .traceId(info.traceId())
                .attributes(texts(record, keptAttributes))
                .usage(record.usage())
                .cost(cost == null ? Cost.unpriced(LedgerEntry.NO_CURRENCY) : cost)
                .build();
    }

    private static Map<String, String> texts(CallRecord record, Set<String> names) {
        Map<String, String> texts = new TreeMap<>();
        for (String name : names) {
            String text = text(record, name);
            if (text != null) {
                texts.put(name, text);
            }
        }
        return texts;
    }

    private static @Nullable String text(CallRecord record, String attribute) {
        return record.attributes().get(attribute) instanceof String text ? text : null;
    }
}
