package dev.llmops.quality.risk;

/**
 * Severity of a risk; the worst last.
 *
 * @since 0.1.0
 */
public enum RiskSeverity {
    /** Worth counting. */
    LOW,
    /** Worth a look. */
    MEDIUM,
    /** Worth an alert. */
    HIGH,
    /** Harm is done or near. */
    CRITICAL
}
