package dev.llmops.samples.gateway.release;

import dev.llmops.release.arm.Actor;
import dev.llmops.release.arm.SwitchControls;
import dev.llmops.release.arm.SwitchEvent;
import dev.llmops.release.policy.GatePolicy;
import dev.llmops.samples.gateway.http.ApiError;
import dev.llmops.samples.gateway.http.Endpoint;
import dev.llmops.samples.gateway.http.Exchange;
import dev.llmops.samples.gateway.http.JsonBody;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** {@code POST /release/{id}/decision}: a person promotes, pauses, resumes, rolls back, stops, completes or pins. */
public final class DecisionEndpoint implements Endpoint {

    /** The path; what is in braces is the id of the release. */
    public static final String PATH = "/release/{id}/decision";

    private static final List<String> DECISIONS =
            List.of("promote", "pause", "resume", "roll_back", "stop", "complete", "pin");
    private static final int MAX_REASON = 1_000;

    private final Vertx vertx;
    private final Releases releases;

    /** Creates the endpoint. */
    public DecisionEndpoint(Vertx vertx, Releases releases) {
        this.vertx = vertx;
        this.releases = releases;
    }

    @Override
    public void handle(Exchange exchange, Buffer body) {
        String id = exchange.pathParameter(PATH);
        JsonBody json = JsonBody.parse(body);
        String decision = json.requiredString("decision", JsonBody.MAX_NAME);
        if (!DECISIONS.contains(decision)) {
            json.problem("decision", "is '" + decision + "' — allowed are " + String.join(", ", DECISIONS));
        }
        String by = exchange.identity().actor(json.string("by", JsonBody.MAX_NAME));
        String reason = Objects.requireNonNullElse(json.string("reason", MAX_REASON), "a person decided");
        json.check();
        Release release = releases.latest()
                .filter(known -> known.id().equals(id))
                .orElseThrow(() -> new ApiError(
                                404, "not_found", "release " + id + " is unknown — GET /gate names the latest", null)
                        .refusal());
        vertx.executeBlocking(() -> carryOut(release, decision, Actor.person(by), reason), false)
                .onSuccess(done -> answer(exchange, release, decision, done))
                .onFailure(exchange::fail);
    }

    private static void answer(Exchange exchange, Release release, String decision, Optional<SwitchEvent> done) {
        if (done.isEmpty()) {
            exchange.refuse(new ApiError(
                    409,
                    "conflict",
                    decision + " changes nothing: the release is "
                            + release.state().status().name().toLowerCase(Locale.ROOT) + " at stage "
                            + release.state().exposure().stage() + " — GET /gate shows what is possible",
                    "decision"));
        } else {
            release.report(done);
            exchange.answer(200, GateJson.release(release));
        }
    }

    private static Optional<SwitchEvent> carryOut(Release release, String decision, Actor actor, String reason) {
        SwitchControls controls = release.versions.controls();
        long revision = release.state().revision();
        return switch (decision) {
            case "promote" -> promote(release, revision, actor, reason);
            case "pause" -> controls.pause(revision, actor, reason);
            case "resume" -> controls.resume(revision, actor, reason);
            case "roll_back" -> controls.rollBack(revision, actor, reason);
            case "stop" -> controls.closeEntrance(revision, actor, reason);
            case "complete" -> controls.complete(revision, actor, reason);
            default -> controls.pin(revision, actor, reason);
        };
    }

    private static Optional<SwitchEvent> promote(Release release, long revision, Actor actor, String reason) {
        SwitchControls controls = release.versions.controls();
        Optional<GatePolicy.Stage> next =
                release.policy.stageAfter(release.state().exposure().stage());
        return next.isPresent()
                ? controls.promote(revision, release.policy.exposure(next.get()), actor, reason)
                : controls.complete(revision, actor, reason);
    }
}
