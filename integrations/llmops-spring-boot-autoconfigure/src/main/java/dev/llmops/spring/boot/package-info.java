/** Configures llmops in a Spring Boot application from its properties and beans. */
@NullMarked
package dev.llmops.spring.boot;

import org.jspecify.annotations.NullMarked;
