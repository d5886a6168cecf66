package dev.llmops.spring.boot.tracing;

import dev.llmops.tracing.CallSpans;
import dev.llmops.tracing.SpanProfile;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code llmops.tracing.*}.
 *
 * @param enabled Whether spans are recorded.
 * @param profile Names of the attributes: those of OpenTelemetry's conventions in use, or of their next version.
 * @param laterEvents Form of what happens after a call: linked spans, or events of the logs signal.
 * @param inProcessProviders Providers that run in this process, whose spans are of kind INTERNAL. Empty by default.
 * @param propagateVersionSet Whether the version set travels in outgoing baggage.
 * @param passBaggage Prefixes of keys of incoming baggage that may go on to providers. Empty by default.
 * @since 0.1.0
 */
@ConfigurationProperties("llmops.tracing")
record LlmOpsTracingProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("gen-ai") SpanProfile profile,
        @DefaultValue("linked-span") CallSpans.LaterEvents laterEvents,
        @DefaultValue Set<String> inProcessProviders,
        @DefaultValue("true") boolean propagateVersionSet,
        @DefaultValue Set<String> passBaggage) {}
