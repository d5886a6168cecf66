/**
 * Configures {@link dev.llmops.core.LlmOps} in a Spring Boot application.
 *
 * <p>{@link dev.llmops.spring.boot.LlmOpsAutoConfiguration} makes one {@code LlmOps} of all
 * {@link dev.llmops.core.LlmListener} and {@link dev.llmops.core.CallEnricher} beans, in their order. Each further area,
 * such as metrics or cost, is an auto-configuration in a package of its own that adds such beans, and backs off where the
 * application defines them.
 */
@NullMarked
package dev.llmops.spring.boot;

import org.jspecify.annotations.NullMarked;
