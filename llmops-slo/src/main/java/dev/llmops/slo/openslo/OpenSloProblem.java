package dev.llmops.slo.openslo;

import dev.llmops.slo.internal.ConfigNode;

/**
 * Something that a document does not say as OpenSLO v1 wants it said.
 *
 * @param object kind and name of the object, such as {@code SLO web-availability}
 * @param path the property, such as {@code spec.objectives[0].target}
 * @param rule the rule in a word, such as {@code required}
 * @param message the rule, the value and the remedy
 * @param isWarning true if the document is taken all the same
 * @since 0.1.0
 */
public record OpenSloProblem(String object, String path, String rule, String message, boolean isWarning) {

    static OpenSloProblem of(ConfigNode.Problem problem) {
        return new OpenSloProblem(
                problem.object(), problem.path(), problem.rule(), problem.message(), problem.isWarning());
    }

    @Override
    public String toString() {
        return object + ": " + path + " " + message;
    }
}
