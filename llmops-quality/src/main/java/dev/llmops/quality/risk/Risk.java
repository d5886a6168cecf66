package dev.llmops.quality.risk;

import dev.llmops.core.record.RiskFinding;
import dev.llmops.quality.internal.Sha256;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verdict of a guardrail on a text: what was found, apart from what was done about it. Never holds the text itself.
 *
 * @param type the type, such as {@link Type#PROMPT_INJECTION}
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
        Severity severity,
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
    public static Risk of(String type, Severity severity, String detector, String rule, String evidence) {
        return new Risk(type, severity, 1, detector, rule, Sha256.hex(evidence).substring(0, HASH_DIGITS));
    }

    /**
     * Returns the finding as it is recorded with a call.
     *
     * @param action what was done
     * @param phase the part of the call
     * @return the finding
     */
    public RiskFinding toFinding(Action action, Guardrails.Phase phase) {
        return new RiskFinding(
                type,
                action.label(),
                "severity=" + severity.name().toLowerCase(Locale.ROOT) + " phase=" + phase.label() + " detector="
                        + detector + (rule == null ? "" : " rule=" + rule)
                        + (evidenceHash == null ? "" : " evidence=" + evidenceHash)
                        + Type.owasp(type).map(entry -> " owasp=" + entry).orElse(""));
    }

    /** Severity of a risk; the worst last. */
    public enum Severity {
        /** Worth counting. */
        LOW,
        /** Worth a look. */
        MEDIUM,
        /** Worth an alert. */
        HIGH,
        /** Harm is done or near. */
        CRITICAL
    }

    /**
     * Customary types of risk with their entry in OWASP's top ten for applications of language models (2025). The vocabulary
     * is open.
     */
    public static final class Type {

        /** Instructions in a prompt or document that are not the application's. */
        public static final String PROMPT_INJECTION = "prompt_injection";
        /** Injected instructions that were followed. */
        public static final String PROMPT_INJECTION_SUCCEEDED = "prompt_injection_succeeded";
        /** An attempt to lift the model's rules. */
        public static final String JAILBREAK = "jailbreak";
        /** Personal data in an answer. */
        public static final String PII_LEAK = "pii_leak";
        /** A credential in an answer. */
        public static final String SECRET_LEAK = "secret_leak";
        /** Data on its way out through a link, image or tool. */
        public static final String DATA_EXFILTRATION = "data_exfiltration";
        /** An answer that does harm where it is used. */
        public static final String UNSAFE_OUTPUT = "unsafe_output";
        /** A tool that the model may not use. */
        public static final String UNAUTHORIZED_TOOL = "unauthorized_tool";
        /** The system prompt in an answer. */
        public static final String SYSTEM_PROMPT_LEAK = "system_prompt_leak";
        /** A document of another tenant. */
        public static final String CROSS_TENANT_RETRIEVAL = "cross_tenant_retrieval";
        /** A claim that no source supports. */
        public static final String UNGROUNDED_ANSWER = "ungrounded_answer";
        /** A refusal of a harmless request. */
        public static final String OVER_REFUSAL = "over_refusal";
        /** Use of resources without bound. */
        public static final String UNBOUNDED_CONSUMPTION = "unbounded_consumption";

        private static final Map<String, String> OWASP = Map.ofEntries(
                Map.entry(PROMPT_INJECTION, "LLM01"),
                Map.entry(PROMPT_INJECTION_SUCCEEDED, "LLM01"),
                Map.entry(JAILBREAK, "LLM01"),
                Map.entry(PII_LEAK, "LLM02"),
                Map.entry(SECRET_LEAK, "LLM02"),
                Map.entry(DATA_EXFILTRATION, "LLM02"),
                Map.entry("supply_chain", "LLM03"),
                Map.entry("data_poisoning", "LLM04"),
                Map.entry(UNSAFE_OUTPUT, "LLM05"),
                Map.entry(UNAUTHORIZED_TOOL, "LLM06"),
                Map.entry(SYSTEM_PROMPT_LEAK, "LLM07"),
                Map.entry(CROSS_TENANT_RETRIEVAL, "LLM08"),
                Map.entry(UNGROUNDED_ANSWER, "LLM09"),
                Map.entry(UNBOUNDED_CONSUMPTION, "LLM10"));

        private Type() {}

        /**
         * Returns the entry in OWASP's top ten of 2025.
         *
         * @param type the type
         * @return the entry, such as {@code LLM01}; empty if there is none
         */
        public static Optional<String> owasp(String type) {
            return Optional.ofNullable(OWASP.get(type));
        }
    }

    /** Action that a guardrail took; the strongest last. */
    public enum Action {
        /** The text passed, as nothing was found. */
        ALLOWED,
        /** The text passed, and the finding was recorded. */
        LOGGED,
        /** The text passed with a warning to the user. */
        WARNED,
        /** The guardrail failed, and the text passed unchecked. */
        BYPASSED,
        /** The finding was removed from the text. */
        REDACTED,
        /** The text did not pass. */
        BLOCKED;

        /**
         * Returns the word for it in logs and labels.
         *
         * @return a lower-case word
         */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
