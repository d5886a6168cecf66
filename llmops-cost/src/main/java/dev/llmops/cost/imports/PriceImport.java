package dev.llmops.cost.imports;

import dev.llmops.cost.book.PriceBook;
import java.util.List;
import java.util.Map;

/**
 * A price file of another project, as a book, with a report of what could not be taken over.
 *
 * @param book the prices
 * @param report what was imported and what was not
 * @since 0.1.0
 */
public record PriceImport(PriceBook book, Report report) {

    /**
     * Result of an import.
     *
     * @param entries how many entries the file has
     * @param models how many models were imported, those without any price included
     * @param findings what could not be taken over as it stands
     * @param priceKeys how often each price key occurs in the file
     */
    public record Report(int entries, int models, List<Finding> findings, Map<String, Integer> priceKeys) {

        /** Copies the collections. */
        public Report {
            findings = List.copyOf(findings);
            priceKeys = Map.copyOf(priceKeys);
        }

        /**
         * The findings of one kind.
         *
         * @param kind the kind
         * @return the findings in the order of the file
         */
        public List<Finding> findings(Kind kind) {
            return findings.stream().filter(finding -> finding.kind() == kind).toList();
        }

        /**
         * Something that could not be taken over as it stands.
         *
         * @param kind what became of it
         * @param model the entry of the file
         * @param key the key within the entry, empty for the entry as a whole
         * @param message why, and what was done instead
         * @since 0.1.0
         */
        public record Finding(Kind kind, String model, String key, String message) {}

        /**
         * The treatment of a value that could not be taken over as it stands.
         *
         * @since 0.1.0
         */
        public enum Kind {
            /** The entry is no model, or has no usable content. */
            SKIPPED,
            /** The model is known, but nothing of it has a price. */
            WITHOUT_PRICE,
            /** The key has no counterpart in a price book; calls that need it will be unpriced. */
            NOT_REPRESENTED,
            /** The number is the trace of a binary fraction and was rounded. */
            ROUNDED,
            /** The key occurs twice in its object; the last one counts. */
            DUPLICATE,
            /** The price was taken over and looks doubtful. */
            WARNING
        }
    }
}
