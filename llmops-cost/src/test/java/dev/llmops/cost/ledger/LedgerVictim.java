package dev.llmops.cost.ledger;

import dev.llmops.cost.ledger.entry.LedgerEntry;
import dev.llmops.cost.ledger.entry.Receipt;
import dev.llmops.cost.testing.ChildJvm;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Appends until it is killed, and prints the number of the last entry known to be acknowledged, with all before it.
 * Arguments: directory, JDBC address or {@code embedded}, round.
 */
final class LedgerVictim {

    private static final int TOGETHER = 25;

    private LedgerVictim() {}

    public static void main(String[] arguments) throws Exception {
        ChildJvm.endWithParent();
        PrintStream out = System.out;
        out.println("up");
        int round = Integer.parseInt(arguments[2]);
        LedgerBuilder builder = Ledger.at(Path.of(arguments[0]));
        if (!arguments[1].equals("embedded")) {
            builder.jdbc(arguments[1], null, null);
        }
        Ledger ledger = builder.maxJournalBytes(4 * Ledger.MIN_JOURNAL_BYTES).open();
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (int number = 1; ; number++) {
            receipts.add(ledger.append(entry(round, number)));
            if (receipts.size() == TOGETHER) {
                for (CompletableFuture<Receipt> receipt : receipts) {
                    if (receipt.get() != Receipt.ACKNOWLEDGED) {
                        throw new IllegalStateException("the queue is large enough for all");
                    }
                }
                receipts.clear();
                out.println(number);
            }
        }
    }

    static LedgerEntry entry(int round, int number) {
        return Entries.entry(round + "-" + number, amount(round, number).toPlainString());
    }

    static BigDecimal amount(int round, int number) {
        return BigDecimal.valueOf(round * 1_000_003L + number, 9);
    }
}
