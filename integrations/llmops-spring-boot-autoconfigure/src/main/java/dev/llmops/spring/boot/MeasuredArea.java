package dev.llmops.spring.boot;

/**
 * An area that is measured. Each auto-configuration of llmops adds a bean of this type, and so may the application.
 *
 * @param name the area, such as {@code metrics}
 * @param detail where its figures go, in a few words
 * @since 0.1.0
 */
public record MeasuredArea(String name, String detail) {

    @Override
    public String toString() {
        return detail.isEmpty() ? name : name + " (" + detail + ")";
    }
}
