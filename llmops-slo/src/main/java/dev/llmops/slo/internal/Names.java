package dev.llmops.slo.internal;

import java.util.regex.Pattern;

/** Which names go where. */
public final class Names {

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern PROMETHEUS_LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private Names() {}

    public static String requireDnsLabel(String property, String name) {
        if (!DNS_LABEL.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    property + " must be 1 to 63 lower-case letters, digits and '-', with a letter or digit at both"
                            + " ends, but was '" + name + "'");
        }
        return name;
    }

    public static boolean isPrometheusLabel(String name) {
        return PROMETHEUS_LABEL.matcher(name).matches() && !name.startsWith("__");
    }
}
