package dev.llmops.cost.budget;

/**
 * Counts of this process's budgets since they were built.
 *
 * @param granted calls let through, downgraded ones and those that failed open included
 * @param refused calls kept out, those that failed closed included
 * @param downgraded calls let through with something cheaper than was asked for
 * @param warnings limits passed with a warning
 * @param storeFailures questions to the store that it did not answer
 * @param failedOpen calls let through unheld, because the store did not answer
 * @param failedClosed calls kept out, because the store did not answer
 * @param settledOnTime settlements that met their hold
 * @param settledLate settlements after the hold had expired; added in full
 * @param settledUnheld settlements of calls without a hold; added in full
 * @param settledRepeatedly settlements of calls that were settled before; nothing was added
 * @param unpricedWithoutHold ended calls that had neither a cost nor a hold, so that nothing could be added
 * @param settlementsWaiting settlements to be repeated when the store is back
 * @param settlementsDropped settlements lost because too many were waiting, or the process ended first
 * @since 0.1.0
 */
public record BudgetStats(
        long granted,
        long refused,
        long downgraded,
        long warnings,
        long storeFailures,
        long failedOpen,
        long failedClosed,
        long settledOnTime,
        long settledLate,
        long settledUnheld,
        long settledRepeatedly,
        long unpricedWithoutHold,
        long settlementsWaiting,
        long settlementsDropped) {}
