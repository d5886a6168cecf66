/** Adds llmops to tests of slices of a Spring Boot application. */
@NullMarked
package dev.llmops.spring.boot.test;

import org.jspecify.annotations.NullMarked;
