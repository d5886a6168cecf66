package dev.llmops.tracing;

import dev.llmops.core.record.CallRecord;
import dev.llmops.core.telemetry.Telemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the attributes of the application on a span: under their own names, with the types of the conventions where these
 * define the name. Attributes that the record fills cannot be overwritten.
 *
 * <p>See docs/decisions/tracing.md#attributes-of-the-application-take-the-conventions-types.
 */
final class ApplicationAttributes {

    private static final String PROMPT_NAME = "gen_ai.prompt.name";
    private static final String PROMPT_VERSION = "gen_ai.prompt.version";

    private final SpanProfile profile;
    private volatile Telemetry telemetry = new Telemetry();

    ApplicationAttributes(SpanProfile profile) {
        this.profile = profile;
    }

    void useTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    void addTo(Span span, CallRecord record) {
        if (record.attributes().isEmpty()) {
            return; // nearly always, so that the walk below costs nothing
        }
        String subject = Subject.key(record.info().operation()).getKey();
        record.attributes().forEach((name, value) -> {
            if (Keys.isTaken(name) || name.equals(subject)) {
                telemetry.count(Telemetry.Kind.DROPPED, "span_attribute_name_taken");
            } else {
                add(span, name, value);
            }
        });
        String promptVersion = promptVersion(record);
        if (promptVersion != null) {
            span.setAttribute(PROMPT_VERSION, promptVersion);
        }
    }

    private void add(Span span, String name, Object value) {
        AttributeType standard = profile.requestAttributeTypes().get(name);
        if (value instanceof Number number && isFractional(number, standard)) {
            span.setAttribute(name, number.doubleValue());
        } else if (value instanceof Number number) {
            span.setAttribute(name, number.longValue());
        } else if (value instanceof Boolean flag) {
            span.setAttribute(name, flag);
        } else if (value instanceof List<?> texts) {
            span.setAttribute(
                    AttributeKey.stringArrayKey(name),
                    texts.stream().map(String::valueOf).toList());
        } else if (standard == AttributeType.STRING_ARRAY) {
            span.setAttribute(AttributeKey.stringArrayKey(name), List.of(value.toString()));
        } else {
            span.setAttribute(name, value.toString());
        }
    }

    /** Follows the conventions, or the given type where these say nothing or a fraction would be lost. */
    private static boolean isFractional(Number number, @Nullable AttributeType standard) {
        boolean losesNothing = standard == AttributeType.LONG && number.longValue() == number.doubleValue();
        return standard == AttributeType.DOUBLE || (number instanceof Double && !losesNothing);
    }

    /** Returns the version of a prompt that the application named, or null. */
    private @Nullable String promptVersion(CallRecord record) {
        Map<String, Object> own = record.attributes();
        return profile.hasPromptVersions() && own.containsKey(PROMPT_NAME) && !own.containsKey(PROMPT_VERSION)
                ? record.info().versionSet().parts().get("prompt")
                : null;
    }
}
