package dev.llmops.samples.gateway.http;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The rights of a credential. */
public enum Role {
    /** Calls models, and says later how good the answers were. */
    CALL,
    /** Reads metrics, objectives, costs, traces and the release gate. */
    OBSERVE,
    /** Reads what an observer reads, and starts, stops and promotes releases. */
    OPERATE;

    /** Returns the roles that may read what the gateway shows. */
    public static Set<Role> observers() {
        return EnumSet.of(OBSERVE, OPERATE);
    }

    /** Returns the name in a file of credentials. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
