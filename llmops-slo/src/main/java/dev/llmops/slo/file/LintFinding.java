package dev.llmops.slo.file;

/**
 * Something about an objective that cannot work, or will not do what one thinks.
 *
 * @param code what it is
 * @param slo the objective or event rule it is about
 * @param message the rule, the value and the remedy
 * @since 0.1.0
 */
public record LintFinding(LintCode code, String slo, String message) {

    @Override
    public String toString() {
        return slo + ": " + code + ": " + message;
    }
}
