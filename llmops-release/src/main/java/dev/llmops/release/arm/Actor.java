package dev.llmops.release.arm;

/**
 * Names who changes a switch. What acts by itself may only lower the exposure of the candidate; raising it takes a person,
 * or a gate that has proof, up to the share that its policy grants.
 *
 * @param name a person's or a program's name, for the record
 * @param kind what the actor may do
 * @since 0.1.0
 */
public record Actor(String name, Kind kind) {

    /** The permissions of an actor. */
    public enum Kind {
        /** An alert, a budget, a watchdog: may only lower exposure. */
        AUTOMATIC,
        /** The gate: may lower exposure, and go to the next stage on a verdict to promote. */
        GATE,
        /** A person: may do everything. */
        PERSON
    }

    /**
     * Returns an actor that may only lower exposure.
     *
     * @param name the program's name
     * @return the actor
     */
    public static Actor automatic(String name) {
        return new Actor(name, Kind.AUTOMATIC);
    }

    /**
     * Returns the gate as an actor.
     *
     * @return the actor
     */
    public static Actor gate() {
        return new Actor("gate", Kind.GATE);
    }

    /**
     * Returns an actor that may do everything.
     *
     * @param name the person's name
     * @return the actor
     */
    public static Actor person(String name) {
        return new Actor(name, Kind.PERSON);
    }
}
