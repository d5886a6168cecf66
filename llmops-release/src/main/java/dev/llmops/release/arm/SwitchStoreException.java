package dev.llmops.release.arm;

/**
 * Thrown when a store of switches cannot be reached. Assignments go on from the last known state, and to the baseline once
 * that is too old.
 *
 * @since 0.1.0
 */
public final class SwitchStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed
     * @param cause why
     */
    public SwitchStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
