package dev.llmops.release.arm;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmCall;
import dev.llmops.core.version.VersionSet;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Says to which arm a unit of traffic is assigned, and marks calls with it, so that every record of the call, in memory, in
 * logs and in tables, says the same.
 *
 * @param changeId the release
 * @param stage the stage in which the unit was assigned
 * @param arm the arm
 * @param unitHash the unit, pseudonymous
 * @param isCounted false if the unit was not assigned by chance, as those on the white list, or no release is under way
 * @param isMirrored true if the candidate should answer the same request in the shadow
 * @param isRefused true if the unit was refused after an attack; answer it with an error
 * @param versionSet the version set that should answer
 * @since 0.1.0
 */
public record Assignment(
        String changeId,
        String stage,
        Arm arm,
        long unitHash,
        boolean isCounted,
        boolean isMirrored,
        boolean isRefused,
        VersionSet versionSet) {

    /** Attribute of a call: the release. */
    public static final String CHANGE = "release.change";
    /** Attribute of a call: the stage. */
    public static final String STAGE = "release.stage";
    /** Attribute of a call: the arm that was assigned. */
    public static final String ARM = "release.arm";
    /** Attribute of a call: the unit, as 16 hexadecimal digits. */
    public static final String UNIT = "release.unit";
    /** Attribute of a call: the id of the version set that was assigned, whichever answered. */
    public static final String ASSIGNED_VERSION_SET = "release.assigned_version_set";
    /** Attribute of a call: true if another version answered after the assigned one had failed. */
    public static final String FALLBACK = "release.fallback";
    /** Attribute of a call in the shadow: the id of the call that it shadows. */
    public static final String PAIR = "release.pair";

    private static final Object KEY = Assignment.class;

    /**
     * Marks a call with this assignment; call it right after the start. A call of a unit that is not counted stays unmarked.
     *
     * @param call the live call
     * @return the call
     */
    public LlmCall mark(LlmCall call) {
        if (isCounted) {
            call.live().attach(KEY, this);
            call.attribute(CHANGE, changeId)
                    .attribute(STAGE, stage)
                    .attribute(ARM, arm.label())
                    .attribute(UNIT, HexFormat.of().toHexDigits(unitHash))
                    .attribute(ASSIGNED_VERSION_SET, versionSet.id());
        }
        return call;
    }

    /**
     * Marks a call that shadows another one.
     *
     * @param call the live call of the candidate; its tools must have no effects
     * @param shadowed the call whose answer the user sees
     * @return the call
     */
    public LlmCall markShadow(LlmCall call, LlmCall shadowed) {
        String pair = shadowed.live().info().callId().toString();
        return inTheShadow().mark(call).attribute(PAIR, pair);
    }

    private Assignment inTheShadow() {
        return new Assignment(changeId, stage, Arm.SHADOW, unitHash, isCounted, false, isRefused, versionSet);
    }

    /**
     * Marks a call in which another version answered after the assigned one had failed; it counts as a failure of the arm
     * assigned.
     *
     * @param call the live call
     * @return the call
     */
    public static LlmCall markFallback(LlmCall call) {
        return call.attribute(FALLBACK, true);
    }

    /**
     * Returns the assignment with which a live call was marked.
     *
     * @param call the live call
     * @return the assignment, or null
     */
    public static @Nullable Assignment of(LiveCall call) {
        return (Assignment) call.attachment(KEY);
    }
}
