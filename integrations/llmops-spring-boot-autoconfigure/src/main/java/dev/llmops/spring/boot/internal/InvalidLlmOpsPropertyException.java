package dev.llmops.spring.boot.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a property of llmops, or a file that one names, cannot be used. Spring Boot prints its problems and the
 * remedy when the application fails to start.
 */
public final class InvalidLlmOpsPropertyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String property;
    private final String[] problems; // An exception is serializable, and a list need not be.
    private final String remedy;

    /**
     * Creates an exception.
     *
     * @param property the name of the property, or null where the binder knows it
     * @param problem what is wrong, with the value and the rule
     * @param remedy what to do
     */
    public InvalidLlmOpsPropertyException(@Nullable String property, String problem, String remedy) {
        this(property, List.of(problem), remedy, null);
    }

    /**
     * Creates an exception of several problems.
     *
     * @param property the name of the property, or null where the binder knows it
     * @param problems everything that is wrong, each with the value and the rule
     * @param remedy what to do
     * @param cause why, or null
     */
    public InvalidLlmOpsPropertyException(
            @Nullable String property, List<String> problems, String remedy, @Nullable Throwable cause) {
        super((property == null ? "" : property + ": ") + String.join("; ", problems) + " — " + remedy, cause);
        this.property = property;
        this.problems = problems.toArray(String[]::new);
        this.remedy = remedy;
    }

    /**
     * Returns the name of the property.
     *
     * @return the name, or null where the binder knows it
     */
    public @Nullable String property() {
        return property;
    }

    /**
     * Returns everything that is wrong.
     *
     * @return one sentence each
     */
    public List<String> problems() {
        return List.of(problems);
    }

    /**
     * Returns what to do.
     *
     * @return a sentence
     */
    public String remedy() {
        return remedy;
    }
}
