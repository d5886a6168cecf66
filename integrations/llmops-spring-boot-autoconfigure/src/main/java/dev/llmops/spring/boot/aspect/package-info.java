/** Observes annotated methods under Spring AOP. */
@NullMarked
package dev.llmops.spring.boot.aspect;

import org.jspecify.annotations.NullMarked;
