package dev.llmops.release.arm;

import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Changes the exposure of a release. Every change names the revision that the actor saw and is taken at most once in a
 * fleet; to the others it is as if they had come too late. What acts by itself may only lower exposure, and keeps away from
 * a release that a person pinned. Thread-safe; every change reads and writes the store.
 *
 * <p>All changes throw {@link SwitchStoreException} when the store cannot be reached.
 *
 * @since 0.1.0
 */
public final class SwitchControls {

    /** The revision of an actor to whom it does not matter what happened before. */
    public static final long ANY_REVISION = -1;

    private final String changeId;
    private final SwitchStore store;
    private final Clock clock;
    private final Runnable refresh;

    SwitchControls(String changeId, SwitchStore store, Clock clock, Runnable refresh) {
        this.changeId = changeId;
        this.store = store;
        this.clock = clock;
        this.refresh = refresh;
    }

    /**
     * Begins the release.
     *
     * @param exposure the first stage
     * @param actor who begins; a person
     * @param reason why
     * @return the event, or empty if the release had begun
     * @throws IllegalArgumentException if the actor may not
     */
    public Optional<SwitchEvent> start(Exposure exposure, Actor actor, String reason) {
        if (actor.kind() != Actor.Kind.PERSON) {
            throw notAllowed(actor, "begin a release");
        }
        if (store.read(changeId).isPresent()) {
            refresh.run();
            return Optional.empty();
        }
        SwitchState first = SwitchState.first(changeId, exposure, clock.instant());
        return stored(first, SwitchEvent.Action.START, actor, reason);
    }

    /**
     * Goes to a stage of a larger share.
     *
     * @param seenRevision the revision that the actor saw, or {@link #ANY_REVISION}
     * @param exposure the stage
     * @param actor the gate, or a person
     * @param reason why
     * @return the event, or empty if the state had changed, is final, paused (unless a person asks), pinned, or limited below
     * @throws IllegalArgumentException if the actor is automatic
     */
    public Optional<SwitchEvent> promote(long seenRevision, Exposure exposure, Actor actor, String reason) {
        if (actor.kind() == Actor.Kind.AUTOMATIC) {
            throw notAllowed(actor, "raise the candidate's share");
        }
        return change(SwitchEvent.Action.PROMOTE, seenRevision, actor, reason, known -> {
            boolean isPerson = actor.kind() == Actor.Kind.PERSON;
            boolean mayGoOn = isPerson ? !known.status().isFinal() : known.status() == SwitchState.Status.RUNNING;
            return mayGoOn && exposure.candidateRatio() <= known.limitRatio()
                    ? known.with(SwitchState.Status.RUNNING).with(exposure, clock.instant())
                    : known;
        });
    }

    /**
     * Lowers the candidate's share.
     *
     * @param seenRevision the revision that the actor saw, or {@link #ANY_REVISION}
     * @param exposure a stage with a smaller share
     * @param actor anyone
     * @param reason why
     * @return the event, or empty if the state had changed, or its share is as small already
     */
    public Optional<SwitchEvent> degrade(long seenRevision, Exposure exposure, Actor actor, String reason) {
        return change(
                SwitchEvent.Action.DEGRADE,
                seenRevision,
                actor,
                reason,
                known -> known.exposure().isWiderThan(exposure) && !exposure.isWiderThan(known.exposure())
                        ? known.with(exposure, clock.instant())
                        : known);
    }

    /**
     * Limits the candidate's share. A limit under the present share holds for promotions only; see {@link #degrade}.
     *
     * @param seenRevision the revision that the actor saw, or {@link #ANY_REVISION}
     * @param limitRatio the largest share from now on, in [0, 1]; only a person may raise it
     * @param actor anyone
     * @param reason why
     * @return the event, or empty if the state had changed, or the limit is as low already
     */
    public Optional<SwitchEvent> limit(long seenRevision, double limitRatio, Actor actor, String reason) {
        return change(SwitchEvent.Action.LIMIT, seenRevision, actor, reason, known -> {
            boolean mayRaise = actor.kind() == Actor.Kind.PERSON;
            return limitRatio < known.limitRatio() || (mayRaise && limitRatio > known.limitRatio())
                    ? known.limited(limitRatio)
                    : known;
        });
    }

    /**
     * Holds the share where it is.
     *
     * @param seenRevision the revision that the actor saw, or {@link #ANY_REVISION}
     * @param actor anyone
     * @param reason why
     * @return the event, or empty if the state had changed, or the release is not running
     */
    public Optional<SwitchEvent> pause(long seenRevision, Actor actor, String reason) {
        return change(
                SwitchEvent.Action.PAUSE,
                seenRevision,
                actor,
                reason,
                known -> known.status() == SwitchState.Status.RUNNING ? known.with(SwitchState.Status.PAUSED) : known);
    }

    /**
     * Lets a paused release go on.
     *
     * @param seenRevision the revision that the actor saw, or {@link #ANY_REVISION}
     * @param actor a person
     * @param reason why
     * @return the event, or empty if the state had changed, or the release is not paused
     * @throws IllegalArgumentException if the actor is no person
     */
    public Optional<SwitchEvent> resume(long seenRevision, Actor actor, String reason) {
        if (actor.kind() != Actor.Kind.PERSON) {
            throw notAllowed(actor, "resume a release");
        }
        return change(
                SwitchEvent.Action.RESUME,
                seenRevision,
                actor,
                reason,
                known -> known.status() == SwitchState.Status.PAUSED ? known.with(SwitchState.Status.RUNNING) : known);
    }

    /**
     * Takes all traffic from the candidate, for good.
     *
     * @param seenRevision the revision that the actor saw, or {@link #ANY_REVISION}
     * @param actor anyone
     * @param reason why
     * @return the event, or empty if the state had changed, or the release is over
     */
    public Optional<SwitchEvent> rollBack(long seenRevision, Actor actor, String reason) {
        return change(
                SwitchEvent.Action.ROLL_BACK,
                seenRevision,
                actor,
                reason,
                known -> ended(known, SwitchState.Status.ROLLED_BACK));
    }

    /**
     * Takes all traffic from the candidate and refuses it to everyone, the white list included. Acts on a pinned release too.
     *
     * @param seenRevision the revision that the actor saw, or {@link #ANY_REVISION}
     * @param actor anyone
     * @param reason why
     * @return the event, or empty if the state had changed, or the entrance is closed
     */
    public Optional<SwitchEvent> closeEntrance(long seenRevision, Actor actor, String reason) {
        return change(
                SwitchEvent.Action.CLOSE_ENTRANCE,
                seenRevision,
                actor,
                reason,
                known -> known.status() == SwitchState.Status.STOPPED
                        ? known
                        : known.with(SwitchState.Status.STOPPED).with(Exposure.NONE, clock.instant()));
    }

    /**
     * Makes the candidate the only version, for good.
     *
     * @param seenRevision the revision that the actor saw, or {@link #ANY_REVISION}
     * @param actor the gate, or a person
     * @param reason why
     * @return the event, or empty if the state had changed, or the release is over
     * @throws IllegalArgumentException if the actor is automatic
     */
    public Optional<SwitchEvent> complete(long seenRevision, Actor actor, String reason) {
        if (actor.kind() == Actor.Kind.AUTOMATIC) {
            throw notAllowed(actor, "complete a release");
        }
        return change(
                SwitchEvent.Action.COMPLETE,
                seenRevision,
                actor,
                reason,
                known -> known.status().isFinal()
                        ? known
                        : known.with(SwitchState.Status.COMPLETED).with(Exposure.of("100%", 1), clock.instant()));
    }

    private SwitchState ended(SwitchState known, SwitchState.Status status) {
        return known.status().isFinal() ? known : known.with(status).with(Exposure.NONE, clock.instant());
    }

    /**
     * Refuses a unit altogether, after an attack.
     *
     * @param unitId the unit's id
     * @param actor anyone
     * @param reason why
     * @return the event, or empty if the unit was refused already
     */
    public Optional<SwitchEvent> refuse(String unitId, Actor actor, String reason) {
        return refuse(UnitHash.of(changeId, unitId), actor, reason);
    }

    /**
     * Refuses a unit altogether, after an attack.
     *
     * @param unitHash the unit, as {@link Assignment#unitHash} names it
     * @param actor anyone
     * @param reason why
     * @return the event, or empty if the unit was refused already
     */
    public Optional<SwitchEvent> refuse(long unitHash, Actor actor, String reason) {
        return change(
                SwitchEvent.Action.REFUSE_UNIT,
                ANY_REVISION,
                actor,
                reason,
                known -> known.refusedUnits().contains(unitHash) ? known : known.refusing(unitHash));
    }

    /**
     * Puts a unit on the white list; it always meets the candidate and is never counted, because no chance put it there.
     *
     * @param unitId the unit's id
     * @param actor a person
     * @param reason why
     * @return the event, or empty if the unit was on the list
     * @throws IllegalArgumentException if the actor is no person
     */
    public Optional<SwitchEvent> allow(String unitId, Actor actor, String reason) {
        if (actor.kind() != Actor.Kind.PERSON) {
            throw notAllowed(actor, "put a unit on the white list");
        }
        long hash = UnitHash.of(changeId, unitId);
        return change(
                SwitchEvent.Action.ALLOW_UNIT,
                ANY_REVISION,
                actor,
                reason,
                known -> known.allowedUnits().contains(hash) ? known : known.allowing(hash));
    }

    /**
     * Keeps away from the release what acts by itself, except for closing the entrance.
     *
     * @param seenRevision the revision that the actor saw, or {@link #ANY_REVISION}
     * @param actor a person
     * @param reason why
     * @return the event, or empty if the state had changed, or is pinned
     * @throws IllegalArgumentException if the actor is no person
     */
    public Optional<SwitchEvent> pin(long seenRevision, Actor actor, String reason) {
        if (actor.kind() != Actor.Kind.PERSON) {
            throw notAllowed(actor, "pin a release");
        }
        return change(
                SwitchEvent.Action.PIN,
                seenRevision,
                actor,
                reason,
                known -> known.isPinned() ? known : known.pinned());
    }

    /** Applies a change unless another one came first; an equal state back means that there is nothing to do. */
    private Optional<SwitchEvent> change(
            SwitchEvent.Action action,
            long seenRevision,
            Actor actor,
            String reason,
            UnaryOperator<SwitchState> change) {
        while (true) {
            Optional<SwitchState> next = store.read(changeId)
                    .filter(known -> seenRevision == ANY_REVISION || known.revision() == seenRevision)
                    .filter(known -> mayAct(actor, action, known))
                    .flatMap(known -> Optional.of(change.apply(known))
                            .filter(changed -> !changed.equals(known))
                            .map(changed -> changed.atRevision(known.revision() + 1)));
            if (next.isEmpty()) {
                refresh.run();
                return Optional.empty();
            }
            Optional<SwitchEvent> event = stored(next.get(), action, actor, reason);
            if (event.isPresent() || seenRevision != ANY_REVISION) {
                return event;
            }
        }
    }

    private static boolean mayAct(Actor actor, SwitchEvent.Action action, SwitchState known) {
        return !known.isPinned() || actor.kind() == Actor.Kind.PERSON || action == SwitchEvent.Action.CLOSE_ENTRANCE;
    }

    private Optional<SwitchEvent> stored(SwitchState next, SwitchEvent.Action action, Actor actor, String reason) {
        SwitchEvent event = new SwitchEvent(
                changeId,
                next.revision(),
                clock.instant(),
                action,
                actor,
                next.exposure().stage(),
                next.exposure().candidateRatio(),
                reason);
        boolean won = store.compareAndSet(next, event);
        refresh.run();
        return won ? Optional.of(event) : Optional.empty();
    }

    private static IllegalArgumentException notAllowed(Actor actor, String what) {
        return new IllegalArgumentException("actor '" + actor.name() + "' acts by itself and must not " + what
                + " — such actors may only lower exposure — pass Actor.person(name)");
    }
}
