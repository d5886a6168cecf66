/** Shows what is measured through Spring Boot's actuator: the endpoint {@code llmops} and a health group. */
@NullMarked
package dev.llmops.spring.boot.actuate;

import org.jspecify.annotations.NullMarked;
