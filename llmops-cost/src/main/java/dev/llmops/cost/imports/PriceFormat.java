package dev.llmops.cost.imports;

import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PriceBookException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The formats in which prices are published. What a book cannot express is in the report of an import, and an entry that
 * cannot be read never costs the others. To take over a newer file of the same kind, see {@link PriceBook#updatedBy}.
 *
 * @since 0.1.0
 */
public enum PriceFormat {
    /** The library's own format, YAML or JSON, as {@code docs/cost.md} describes it. */
    LLMOPS(true) {
        @Override
        PriceImport read(String text, ImportDates dates) {
            PriceBook book = PriceBook.parse("prices", text);
            return new PriceImport(
                    book,
                    new PriceImport.Report(book.models().size(), book.models().size(), List.of(), Map.of()));
        }
    },
    /** LiteLLM's {@code model_prices_and_context_window.json}, whose prices have no dates. */
    LITELLM(false) {
        @Override
        PriceImport read(String text, ImportDates dates) {
            return new LiteLlmData(dates).read(text);
        }
    },
    /** The data of genai-prices in its second version: providers with models, dated prices and hours. */
    GENAI_PRICES(true) {
        @Override
        PriceImport read(String text, ImportDates dates) {
            return new GenaiPricesData(dates.published()).read(text);
        }
    },
    /** The {@code api.json} of models.dev, whose prices have no dates. */
    MODELS_DEV(false) {
        @Override
        PriceImport read(String text, ImportDates dates) {
            return new ModelsDevData(dates).read(text);
        }
    },
    /** OpenRouter's list of models, whose prices have no dates. OpenRouter is the provider that bills. */
    OPENROUTER(false) {
        @Override
        PriceImport read(String text, ImportDates dates) {
            return new OpenRouterData(dates).read(text);
        }
    };

    private final boolean dated;

    PriceFormat(boolean dated) {
        this.dated = dated;
    }

    /**
     * Reads a file. Prices without dates of their own hold from the day of the file on.
     *
     * @param text the content of the file
     * @param published the day of the file; not used for {@link #LLMOPS}, which says it itself
     * @return the book and the report
     * @throws IllegalArgumentException if the text is not of this format
     * @throws PriceBookException if a file of the library's own format breaks a rule
     */
    public PriceImport read(String text, Instant published) {
        return read(text, ImportDates.on(published));
    }

    /**
     * Reads a file whose prices are known to have held from another day on. Where that day is before the day of the file,
     * every price id says so, as in {@code openai/gpt-4o@2026-01-01/backdated-2026-08-21}, and {@code knownAt} an earlier
     * instant does not find the price.
     *
     * @param text the content of the file
     * @param published the day of the file
     * @param effectiveFrom the instant from which on the prices hold
     * @return the book and the report
     * @throws IllegalArgumentException if the text is not of this format, or the format has dates of its own
     */
    public PriceImport read(String text, Instant published, Instant effectiveFrom) {
        requireUndated();
        return read(text, new ImportDates(published, effectiveFrom));
    }

    void requireUndated() {
        if (dated) {
            throw new IllegalArgumentException("effectiveFrom is set for " + this
                    + " — only formats without dates of their own take one — leave it out, or change the file");
        }
    }

    abstract PriceImport read(String text, ImportDates dates);
}
