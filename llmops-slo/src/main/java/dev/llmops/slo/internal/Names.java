package dev.llmops.slo.internal;

import java.util.Set;
import java.util.regex.Pattern;

/** Rules for names of objectives and labels. */
public final class Names {

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern PROMETHEUS_LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private static final Set<String> SET_BY_RULES = Set.of("slo", "verdict", "severity", "le");

    private Names() {}

    /** Returns true for the labels that generated rules set themselves. */
    public static boolean isSetByRules(String name) {
        return SET_BY_RULES.contains(name);
    }

    public static String requireDnsLabel(String property, String name) {
        if (!isDnsLabel(name)) {
            throw new IllegalArgumentException(
                    property + " is '" + name + "' — allowed are 1 to 63 lower-case letters, digits and '-', with a"
                            + " letter or digit at both ends — rename it");
        }
        return name;
    }

    public static boolean isDnsLabel(String name) {
        return DNS_LABEL.matcher(name).matches();
    }

    public static boolean isPrometheusLabel(String name) {
        return PROMETHEUS_LABEL.matcher(name).matches() && !name.startsWith("__");
    }
}
