package dev.llmops.samples.gateway.release;

import dev.llmops.core.version.VersionSet;
import dev.llmops.release.policy.GatePolicy;
import java.util.Locale;

/** The releases that the gateway can start by itself, to be watched: one good version, and four with a defect. */
public enum DemoRelease {
    /** A version as good as the baseline. */
    GOOD,
    /** A version whose first token takes longer. */
    BAD_SLOW,
    /** A version with longer answers. */
    DEAR,
    /** A version with unfaithful answers. */
    WORSE,
    /** A version that leaks private data. */
    LEAKY;

    /** The units by which the baseline is measured before a release begins. */
    public static final int MEASURED_UNITS = 250;

    /** The requests per second of the demo unless {@code --traffic} says otherwise. */
    public static final double TRAFFIC = 40;

    private static final String POLICY = "demo-policy.yml";

    /** Returns the name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the policy, whose stages take seconds. */
    public static GatePolicy policy() {
        return Policies.bundled(POLICY);
    }

    /** Returns the text of that policy. */
    public static String policyYaml() {
        return Policies.yaml(POLICY);
    }

    ReleaseRequest request() {
        VersionSet candidate =
                VersionSet.builder().prompt("support-v13-" + label()).build();
        return new ReleaseRequest("demo-" + label(), candidate, "the demo's release", "demo", "");
    }
}
