package dev.llmops.samples.gateway.release;

import dev.llmops.core.version.VersionSet;
import dev.llmops.samples.gateway.http.JsonBody;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of {@code POST /release}.
 *
 * @param changeId the id of the release
 * @param candidate the versions that differ from the baseline's
 * @param reason why, for people
 * @param by who asks, unless a credential says so
 * @param changeKind the kind of change, such as {@code security}; empty for none
 */
record ReleaseRequest(
        String changeId,
        VersionSet candidate,
        String reason,
        @Nullable String by,
        String changeKind) {

    private static final int MAX_PARTS = 16;
    private static final int MAX_REASON = 1_000;

    static ReleaseRequest parse(Buffer body) {
        JsonBody json = JsonBody.parse(body);
        String id = json.requiredString("change_id", JsonBody.MAX_NAME);
        if (!id.matches("[A-Za-z0-9._-]*")) {
            json.problem("change_id", "is '" + id + "' — letters, digits, '.', '_' and '-' are allowed");
        }
        Map<String, String> parts = parts(json);
        String reason = Objects.requireNonNullElse(json.string("reason", MAX_REASON), "a release was asked for");
        String by = json.string("by", JsonBody.MAX_NAME);
        String kind = Objects.requireNonNullElse(json.string("change_kind", JsonBody.MAX_NAME), "");
        json.check();
        return new ReleaseRequest(id, VersionSet.of(parts), reason, by, kind);
    }

    private static Map<String, String> parts(JsonBody json) {
        Map<String, String> parts = new LinkedHashMap<>();
        JsonNode candidate = json.root().path("candidate");
        candidate.forEachEntry((name, version) -> parts.put(name, version.asString("")));
        boolean allTexts = candidate
                .valueStream()
                .allMatch(version -> version.isString()
                        && !version.stringValue().isBlank()
                        && version.stringValue().length() <= JsonBody.MAX_NAME);
        boolean allNamed = parts.keySet().stream().noneMatch(name -> name.isBlank() || name.indexOf('=') >= 0);
        if (!candidate.isObject() || parts.isEmpty() || parts.size() > MAX_PARTS || !allTexts || !allNamed) {
            json.problem(
                    "candidate",
                    "is " + candidate + " — 1 to " + MAX_PARTS
                            + " versions as texts are allowed, such as {\"prompt\":\"support-v13\"}");
        }
        return parts;
    }
}
