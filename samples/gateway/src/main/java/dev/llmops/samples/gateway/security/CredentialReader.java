package dev.llmops.samples.gateway.security;

import dev.llmops.samples.gateway.http.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads a file of credentials; all broken rules are reported together. */
final class CredentialReader {

    private static final Set<String> FIELDS = Set.of("name", "sha256", "role", "user", "tenant", "requests_per_minute");
    private static final int MAX_NAME = 200;

    private final List<String> problems = new ArrayList<>();

    private CredentialReader() {}

    /**
     * Reads a file.
     *
     * @return the credentials by the hash of their token
     * @throws InvalidCredentialsException if it cannot be read or breaks a rule
     */
    static Map<String, Credential> read(Path file) {
        CredentialReader reader = new CredentialReader();
        Map<String, Credential> credentials = reader.credentials(file);
        if (!reader.problems.isEmpty()) {
            throw new InvalidCredentialsException(file, reader.problems);
        }
        return Map.copyOf(credentials);
    }

    private Map<String, Credential> credentials(Path file) {
        Map<String, Credential> byHash = new LinkedHashMap<>();
        JsonNode list;
        try {
            list = YAMLMapper.shared().readTree(Files.readString(file)).path("credentials");
        } catch (IOException | JacksonException e) {
            // A message of the parser quotes the file.
            problems.add("the file cannot be read (" + e.getClass().getSimpleName()
                    + ") — a YAML file with a list credentials is allowed — check path, rights and syntax");
            return byHash;
        }
        if (!list.isArray() || list.isEmpty()) {
            problems.add("credentials is empty — at least one is needed — add {name: …, sha256: …, role: call}");
        }
        Set<String> names = new HashSet<>();
        int index = 0;
        for (JsonNode entry : list) {
            Credential credential = credential("credentials[" + index++ + "]", entry);
            boolean isNew = names.add(credential.name());
            if (!isNew || byHash.put(credential.sha256(), credential) != null) {
                problems.add("credentials[" + (index - 1) + "] repeats a name or a sha256 (" + credential.name()
                        + ") — each is allowed once — leave one out");
            }
        }
        return byHash;
    }

    private Credential credential(String at, JsonNode entry) {
        entry.propertyNames().stream()
                .filter(field -> !FIELDS.contains(field))
                .forEach(field -> problems.add(at + "." + field + " is unknown — allowed are name, sha256, role, user,"
                        + " tenant and requests_per_minute — remove it"));
        String name = text(at, entry, "name");
        if (name == null) {
            problems.add(at + ".name is missing — a text is needed — name the client");
        }
        String hash = entry.path("sha256").asString("");
        if (!hash.matches("[0-9a-f]{64}")) {
            problems.add(at + ".sha256 has " + hash.length() + " characters — 64 lower-case hexadecimal digits are"
                    + " needed — pass what printf %s \"$TOKEN\" | sha256sum prints");
        }
        Role role = role(at, entry.path("role").asString(""));
        String user = text(at, entry, "user");
        String tenant = text(at, entry, "tenant");
        if (role != Role.CALL && (user != null || tenant != null)) {
            problems.add(at + " has a user or a tenant — those belong to the role call — remove them");
        }
        JsonNode rate = entry.path("requests_per_minute");
        if (!rate.isMissingNode() && (!rate.isInt() || rate.intValue() < 1)) {
            problems.add(
                    at + ".requests_per_minute is " + rate + " — 1 or more is allowed — leave it out for no limit");
        }
        return new Credential(name == null ? at : name, hash, role, user, tenant, Math.max(0, rate.asInt(0)));
    }

    private @Nullable String text(String at, JsonNode entry, String field) {
        JsonNode value = entry.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        String text = value.asString("");
        if (text.isBlank() || text.length() > MAX_NAME) {
            problems.add(at + "." + field + " has " + text.strip().length() + " characters — 1 to " + MAX_NAME
                    + " are allowed — shorten it or leave it out");
        }
        return text;
    }

    private Role role(String at, String label) {
        Optional<Role> role = Arrays.stream(Role.values())
                .filter(each -> each.label().equals(label))
                .findFirst();
        if (role.isEmpty()) {
            problems.add(at + ".role is '" + label + "' — call, observe and operate are allowed — choose one");
        }
        return role.orElse(Role.CALL);
    }
}
