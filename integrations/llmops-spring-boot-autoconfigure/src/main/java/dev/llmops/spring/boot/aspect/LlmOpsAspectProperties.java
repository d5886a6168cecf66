package dev.llmops.spring.boot.aspect;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code llmops.aspect.*}.
 *
 * @param enabled Whether annotated methods are observed.
 * @since 0.1.0
 */
@ConfigurationProperties("llmops.aspect")
record LlmOpsAspectProperties(@DefaultValue("true") boolean enabled) {}
