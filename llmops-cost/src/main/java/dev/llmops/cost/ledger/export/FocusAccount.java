package dev.llmops.cost.ledger.export;

import dev.llmops.core.privacy.Pseudonyms;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Properties of the bill that every row of a FOCUS export repeats.
 *
 * @param billingAccountId the account that is billed
 * @param billingAccountName its name
 * @param invoiceIssuer who sends the invoice, or null when each provider does
 * @param invoicedBefore up to when periods have been invoiced, or null when none has: corrections of calls before it are
 *     charged in the period in which they were made, with charge class {@code Correction}
 * @param users how users are named in tags; the same pseudonyms as in logs and spans make them findable there
 * @since 0.1.0
 */
public record FocusAccount(
        String billingAccountId,
        String billingAccountName,
        @Nullable String invoiceIssuer,
        @Nullable Instant invoicedBefore,
        Pseudonyms users) {

    /**
     * An account whose providers send their invoices themselves and have sent none yet, with pseudonyms without a key.
     *
     * @param billingAccountId the account that is billed
     * @param billingAccountName its name
     * @return the account
     */
    public static FocusAccount of(String billingAccountId, String billingAccountName) {
        return new FocusAccount(billingAccountId, billingAccountName, null, null, Pseudonyms.unkeyed());
    }
}
