package dev.llmops.logging;

import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.privacy.SafeText;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.version.VersionSet;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields with which every record begins, so that any two records of one call can be joined. */
final class CommonFields {

    private record VersionSetFields(VersionSet versionSet, JsonMap fields) {}

    private final ContentPolicy policy;
    private final @Nullable JsonMap pseudonymKeys;
    private final Timestamps timestamps = new Timestamps();

    /** Nearly all calls of a process share one version set. */
    private volatile VersionSetFields lastVersionSet = fieldsOf(VersionSet.empty());

    CommonFields(ContentPolicy policy) {
        this.policy = policy;
        JsonMap keys = JsonMap.builder(2)
                .text("user_id", policy.userKeyId().orElse(null))
                .text("tenant", policy.tenantKeyId().orElse(null))
                .build();
        this.pseudonymKeys = keys.isEmpty() ? null : keys;
    }

    JsonMap.Builder begin(int expectedEntries, String schema, Instant timestamp, CallInfo call) {
        return JsonMap.builder(expectedEntries)
                .put("schema", schema)
                .put("timestamp", timestamps.of(timestamp))
                .text("trace_id", call.traceId())
                .text("span_id", call.spanId())
                .text("request_id", call.requestId())
                .put("call_id", call.callId().toString())
                .text("conversation_id", call.conversationId())
                .text("user_id", policy.user(call.user()))
                .text("tenant", policy.tenant(call.tenant()))
                .put("pseudonym_keys", pseudonymKeys)
                .text("feature", call.feature())
                .text("purpose", call.purpose())
                .text("operation", call.operation().name())
                .text("provider", call.provider())
                .text("model_id", call.requestModel());
    }

    JsonMap versionSet(VersionSet versionSet) {
        VersionSetFields last = lastVersionSet;
        if (!last.versionSet.equals(versionSet)) {
            last = fieldsOf(versionSet);
            lastVersionSet = last;
        }
        return last.fields;
    }

    private static VersionSetFields fieldsOf(VersionSet versionSet) {
        Map<String, String> versions = new LinkedHashMap<>();
        versionSet.parts().forEach((part, version) -> versions.put(SafeText.sanitized(part), version));
        versions.put("id", versionSet.id()); // an extra part of that name must not hide the id of the set
        JsonMap.Builder fields = JsonMap.builder(versions.size());
        versions.forEach(fields::text);
        return new VersionSetFields(versionSet, fields.build());
    }
}
