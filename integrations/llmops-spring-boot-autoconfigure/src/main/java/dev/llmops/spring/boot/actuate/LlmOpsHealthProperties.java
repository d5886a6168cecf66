package dev.llmops.spring.boot.actuate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code llmops.health.*}.
 *
 * @param outOfServiceOnBreach Whether a breached objective makes the health group llm OUT_OF_SERVICE; the
 *     application's own health and its probes are never touched.
 * @since 0.1.0
 */
@ConfigurationProperties("llmops.health")
record LlmOpsHealthProperties(@DefaultValue("false") boolean outOfServiceOnBreach) {}
