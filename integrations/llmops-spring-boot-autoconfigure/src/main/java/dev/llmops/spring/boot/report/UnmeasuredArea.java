package dev.llmops.spring.boot.report;

/**
 * An area that is not measured.
 *
 * @param name the area, such as {@code ledger}
 * @param reason why not: the first condition of its auto-configuration that does not hold
 * @since 0.1.0
 */
public record UnmeasuredArea(String name, String reason) {

    @Override
    public String toString() {
        return name + " (" + reason + ")";
    }
}
