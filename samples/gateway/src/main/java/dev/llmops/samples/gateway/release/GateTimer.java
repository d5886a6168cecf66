package dev.llmops.samples.gateway.release;

import dev.llmops.core.version.VersionSet;
import dev.llmops.release.arm.Actor;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges the release under way twice a second, and starts the demo's once the baseline is measured. */
public final class GateTimer {

    private static final Logger LOG = LoggerFactory.getLogger(GateTimer.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final int SETTLING_ROUNDS = 10;

    private final Vertx vertx;
    private final Releases releases;
    private final VersionSet versions;
    private @Nullable DemoRelease demo;
    private int roundsMeasured;

    /**
     * Creates a timer.
     *
     * @param versions those of the gateway
     * @param demo the release to start; null for none
     */
    public GateTimer(Vertx vertx, Releases releases, VersionSet versions, @Nullable DemoRelease demo) {
        this.vertx = vertx;
        this.releases = releases;
        this.versions = versions;
        this.demo = demo;
    }

    /** Begins; ends with the event loops. */
    public void start() {
        vertx.setTimer(
                PAUSE.toMillis(),
                due -> vertx.executeBlocking(this::judge, true).onComplete(done -> start()));
    }

    /** The first calls of a process are slow; a few rounds later others have taken their place. */
    private boolean isMeasured() {
        return releases.baselineUnits() >= DemoRelease.MEASURED_UNITS && ++roundsMeasured > SETTLING_ROUNDS;
    }

    private @Nullable Void judge() {
        try {
            if (demo != null && isMeasured()) {
                releases.start(demo.request(), Actor.person("demo"), versions);
                demo = null;
            }
            releases.judge();
        } catch (RuntimeException e) {
            LOG.error("the release could not be judged; it is judged again in {}", PAUSE, e);
        }
        return null;
    }
}
