package dev.llmops.quality.risk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reports personal data and secrets in answers, as a redactor finds them.
 *
 * @since 0.1.0
 */
public final class LeakDetector implements RiskDetector {

    private static final String IDENTITY = "redactor";

    private final Function<String, ? extends Collection<String>> findings;
    private final Set<String> secretTypes;

    /**
     * Creates a detector.
     *
     * @param findings names the types of what a redactor finds in a text, such as {@code EMAIL}
     * @param secretTypes the types that are secrets; all others are personal data
     */
    public LeakDetector(Function<String, ? extends Collection<String>> findings, Set<String> secretTypes) {
        this.findings = findings;
        this.secretTypes = Set.copyOf(secretTypes);
    }

    @Override
    public String identity() {
        return IDENTITY;
    }

    @Override
    public List<Risk> detect(String text) {
        List<Risk> leaks = new ArrayList<>();
        for (String type : Set.copyOf(findings.apply(text))) {
            boolean secret = secretTypes.contains(type);
            leaks.add(new Risk(
                    secret ? Risk.Type.SECRET_LEAK : Risk.Type.PII_LEAK,
                    secret ? Risk.Severity.CRITICAL : Risk.Severity.HIGH,
                    1,
                    IDENTITY,
                    type,
                    null));
        }
        return leaks;
    }
}
