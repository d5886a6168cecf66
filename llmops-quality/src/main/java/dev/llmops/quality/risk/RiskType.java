package dev.llmops.quality.risk;

import java.util.Map;
import java.util.Optional;

/**
 * Customary types of risk with their entry in OWASP's top ten for applications of language models (2025). The vocabulary
 * is open.
 *
 * @since 0.1.0
 */
public final class RiskType {

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

    private RiskType() {}

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
