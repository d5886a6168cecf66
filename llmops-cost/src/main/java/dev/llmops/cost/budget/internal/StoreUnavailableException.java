package dev.llmops.cost.budget.internal;

/** The store did not answer in time, or not at all. */
public final class StoreUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean mayHaveArrived;

    StoreUnavailableException(String message, boolean mayHaveArrived, Throwable cause) {
        super(message, cause);
        this.mayHaveArrived = mayHaveArrived;
    }

    /** Returns true if the request may have been carried out and only its answer been lost. */
    public boolean mayHaveArrived() {
        return mayHaveArrived;
    }
}
