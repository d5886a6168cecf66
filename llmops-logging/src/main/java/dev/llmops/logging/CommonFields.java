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

    record Prepared(
            String timestamp,
            CallInfo call,
            String callId,
            @Nullable String user,
            @Nullable String tenant) {}

    private final ContentPolicy policy;
    private final @Nullable JsonMap pseudonymKeys;
    private final Timestamps timestamps = new Timestamps();

    /** Nearly all calls of a process share one version set. */
    private volatile VersionSetFields lastVersionSet = fieldsOf(VersionSet.empty());

    CommonFields(ContentPolicy policy) {
        this.policy = policy;
        JsonMap keys = JsonMap.builder(2)
                .text(Field.USER_KEY, policy.userKeyId().orElse(null))
                .text(Field.TENANT_KEY, policy.tenantKeyId().orElse(null))
                .build();
        this.pseudonymKeys = keys.isEmpty() ? null : keys;
    }

    /** Prepares the fields that are computed, once for all readers of the record. */
    Prepared of(Instant timestamp, CallInfo call) {
        return new Prepared(
                timestamps.of(timestamp),
                call,
                call.callId().toString(),
                policy.user(call.user()),
                policy.tenant(call.tenant()));
    }

    void write(String schema, Prepared common, FieldWriter out) {
        CallInfo call = common.call;
        out.word(Field.SCHEMA, schema);
        out.word(Field.TIMESTAMP, common.timestamp);
        out.text(Field.TRACE_ID, call.traceId());
        out.text(Field.SPAN_ID, call.spanId());
        out.text(Field.REQUEST_ID, call.requestId());
        out.word(Field.CALL_ID, common.callId);
        out.text(Field.CONVERSATION_ID, call.conversationId());
        out.text(Field.USER_ID, common.user);
        out.text(Field.TENANT, common.tenant);
        out.value(Field.PSEUDONYM_KEYS, pseudonymKeys);
        out.text(Field.FEATURE, call.feature());
        out.text(Field.PURPOSE, call.purpose());
        out.text(Field.OPERATION, call.operation().name());
        out.text(Field.PROVIDER, call.provider());
        out.text(Field.MODEL_ID, call.requestModel());
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
        versions.put(
                Field.VERSION_SET_ID.text,
                versionSet.id()); // an extra part of that name must not hide the id of the set
        JsonMap.Builder fields = JsonMap.builder(versions.size());
        versions.forEach((part, version) -> {
            Field field = Field.ofVersionPart(part);
            if (field == null) {
                fields.text(part, version);
            } else {
                fields.text(field, version);
            }
        });
        return new VersionSetFields(versionSet, fields.build());
    }
}
