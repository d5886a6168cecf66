package dev.llmops.spring.boot.langchain4j;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code llmops.langchain4j.*}.
 *
 * @param enabled Whether the LangChain4j models among the beans are observed.
 * @since 0.1.0
 */
@ConfigurationProperties("llmops.langchain4j")
record LlmOpsLangChain4jProperties(@DefaultValue("true") boolean enabled) {}
