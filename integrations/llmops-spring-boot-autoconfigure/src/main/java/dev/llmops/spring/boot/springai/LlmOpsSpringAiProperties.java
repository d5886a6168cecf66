package dev.llmops.spring.boot.springai;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code llmops.spring-ai.*}.
 *
 * @param enabled Whether the chat clients, models and tools of Spring AI are observed.
 * @since 0.1.0
 */
@ConfigurationProperties("llmops.spring-ai")
record LlmOpsSpringAiProperties(@DefaultValue("true") boolean enabled) {}
