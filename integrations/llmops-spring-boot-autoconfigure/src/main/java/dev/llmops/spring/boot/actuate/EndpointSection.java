package dev.llmops.spring.boot.actuate;

import java.util.function.Supplier;

/**
 * A section of the endpoint. The application may add sections of its own as beans.
 *
 * @param name the section, such as {@code cost}
 * @param content reads what the section shows, as maps, lists and values that JSON knows
 * @since 0.1.0
 */
public record EndpointSection(String name, Supplier<Object> content) {}
