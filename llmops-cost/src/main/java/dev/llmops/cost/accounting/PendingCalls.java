package dev.llmops.cost.accounting;

import dev.llmops.cost.accounting.AccountView.PendingCall;

/**
 * Calls of some threads that are not in the tables yet.
 *
 * <p>With a million accounts a row is rarely in a cache, and waiting for it costs several times the arithmetic. A batch
 * first reads all its rows, which the processor does side by side, and then increases them.
 */
final class PendingCalls {

    private static final int BATCH = 64;

    private final AccountView view;
    private final PendingCall[] calls = new PendingCall[BATCH];
    private int first;
    private int end;

    /** Written so that reading ahead is not optimised away. */
    @SuppressWarnings("UnusedVariable")
    private long fetched;

    PendingCalls(AccountView view) {
        this.view = view;
    }

    synchronized void add(PendingCall call) {
        if (end == BATCH) {
            settle();
        }
        calls[end++] = call;
    }

    /** Carries all calls into the tables, in their order. */
    synchronized void settle() {
        for (int i = first; i < end; i++) {
            fetched += view.fetch(calls[i]);
        }
        while (first < end) {
            view.settle(calls[first++]);
        }
        first = 0;
        end = 0;
    }
}
