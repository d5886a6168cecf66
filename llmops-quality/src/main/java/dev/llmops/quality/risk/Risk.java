package dev.llmops.quality.risk;

import dev.llmops.core.record.RiskFinding;
import dev.llmops.quality.internal.Sha256;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Verdict of a guardrail on a text: what was found, apart from what was done about it. Never holds the text itself.
 *
 * @param type the type, such as {@link RiskType#PROMPT_INJECTION}
 * @param severity the severity
 * @param score the detector's certainty, in 0..1
 * @param detector the detector with its version, such as {@code injection-phrases@1}
 * @param rule the rule that matched, or null
 * @param evidenceHash the first 16 hexadecimal digits of the SHA-256 of what was found, or null; tells repeated findings
 *     apart without quoting them
 * @since 0.1.0
 */
public record Risk(
        String type,
        RiskSeverity severity,
        double score,
        String detector,
        @Nullable String rule,
        @Nullable String evidenceHash) {

    private static final int HASH_DIGITS = 16;

    /**
     * Returns a certain finding.
     *
     * @param type the type
     * @param severity the severity
     * @param detector the detector with its version
     * @param rule the rule that matched
     * @param evidence what was found, of which only the hash is kept
     * @return the finding
     */
    public static Risk of(String type, RiskSeverity severity, String detector, String rule, String evidence) {
        return new Risk(type, severity, 1, detector, rule, Sha256.hex(evidence).substring(0, HASH_DIGITS));
    }

    /**
     * Returns the finding as it is recorded with a call.
     *
     * @param action what was done
     * @param phase the part of the call
     * @return the finding
     */
    public RiskFinding toFinding(RiskAction action, GuardrailPhase phase) {
        return new RiskFinding(
                type,
                action.label(),
                "severity=" + severity.name().toLowerCase(Locale.ROOT) + " phase=" + phase.label() + " detector="
                        + detector + (rule == null ? "" : " rule=" + rule)
                        + (evidenceHash == null ? "" : " evidence=" + evidenceHash)
                        + RiskType.owasp(type).map(entry -> " owasp=" + entry).orElse(""));
    }
}
