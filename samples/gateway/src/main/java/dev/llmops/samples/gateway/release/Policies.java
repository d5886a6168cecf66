package dev.llmops.samples.gateway.release;

import dev.llmops.release.policy.GatePolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The policies of releases that the gateway ships. */
public final class Policies {

    private Policies() {}

    /** Returns the policy of releases for which no other is named. */
    public static GatePolicy standard() {
        return bundled("gate-policy.yml");
    }

    /** Returns the text of that policy. */
    public static String standardYaml() {
        return yaml("gate-policy.yml");
    }

    static GatePolicy bundled(String name) {
        return GatePolicy.parse(name, yaml(name));
    }

    static String yaml(String name) {
        try (InputStream yaml = Objects.requireNonNull(Policies.class.getResourceAsStream(name))) {
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
