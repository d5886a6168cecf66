package dev.llmops.tracing;

import dev.llmops.core.privacy.ContentPolicy;
import dev.llmops.core.record.CallInfo;
import dev.llmops.core.version.VersionSet;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets the attributes that a span has from its start, so that samplers can read them. */
final class StartAttributes {

    private record VersionSetAttributes(VersionSet versionSet, Attributes attributes) {}

    private final Set<String> inProcessProviders;

    /** Nearly all calls of a process share one version set, so that its attributes are made once. */
    private volatile VersionSetAttributes lastVersionSet =
            new VersionSetAttributes(VersionSet.empty(), attributesOf(VersionSet.empty()));

    StartAttributes(Set<String> inProcessProviders) {
        this.inProcessProviders = inProcessProviders;
    }

    static String spanName(CallInfo call) {
        String operation = call.operation().name();
        return Subject.isKnown(call) ? operation + ' ' + call.requestModel() : operation;
    }

    SpanKind kind(CallInfo call) {
        return Subject.isLocal(call) || inProcessProviders.contains(call.provider())
                ? SpanKind.INTERNAL
                : SpanKind.CLIENT;
    }

    void addTo(SpanBuilder span, CallInfo call, ContentPolicy policy) {
        span.setAttribute(Keys.OPERATION, call.operation().name())
                .setAttribute(Keys.PROVIDER, call.provider())
                .setAttribute(Keys.CALL_ID, call.callId().toString())
                .setAllAttributes(versionSetAttributes(call.versionSet()));
        add(span, Keys.REQUEST_ID, call.requestId());
        add(span, Keys.CONVERSATION_ID, call.conversationId());
        add(span, Keys.USER_ID, policy.user(call.user()));
        add(span, Keys.TENANT, policy.tenant(call.tenant()));
        add(span, Keys.FEATURE, call.feature());
        if (Subject.isKnown(call)) {
            span.setAttribute(Subject.key(call.operation()), call.requestModel());
        }
        if (call.isStreaming()) {
            span.setAttribute(Keys.REQUEST_STREAM, true);
        }
        if (call.serverAddress() != null) {
            ServerAddress server = ServerAddress.of(call.serverAddress());
            span.setAttribute(Keys.SERVER_ADDRESS, server.host());
            server.port().ifPresent(port -> span.setAttribute(Keys.SERVER_PORT, (long) port));
        }
    }

    private static void add(SpanBuilder span, AttributeKey<String> key, @Nullable String value) {
        if (value != null) {
            span.setAttribute(key, value);
        }
    }

    private Attributes versionSetAttributes(VersionSet versionSet) {
        VersionSetAttributes last = lastVersionSet;
        if (!last.versionSet.equals(versionSet)) {
            last = new VersionSetAttributes(versionSet, attributesOf(versionSet));
            lastVersionSet = last;
        }
        return last.attributes;
    }

    private static Attributes attributesOf(VersionSet versionSet) {
        AttributesBuilder attributes = Attributes.builder().put(Keys.VERSION_SET_ID, versionSet.id());
        versionSet.parts().forEach((part, version) -> {
            // An extra part called "id" must not hide the id of the set.
            if (!part.equals("id")) {
                attributes.put(Keys.VERSION_SET_PREFIX + part, version);
            }
        });
        return attributes.build();
    }
}
