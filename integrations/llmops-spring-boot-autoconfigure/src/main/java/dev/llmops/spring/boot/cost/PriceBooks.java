package dev.llmops.spring.boot.cost;

import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PriceBookException;
import dev.llmops.cost.imports.LivePriceBook;
import dev.llmops.spring.boot.internal.CurrentPrices;
import dev.llmops.spring.boot.internal.InvalidLlmOpsPropertyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/** Reads the price books that the properties describe. */
final class PriceBooks {

    private static final String PROPERTY = "llmops.cost.price-books";

    private PriceBooks() {}

    static CurrentPrices of(LlmOpsCostProperties properties) {
        boolean watches = properties.reloadInterval().compareTo(Duration.ZERO) > 0;
        if (!watches || properties.priceBooks().isEmpty()) {
            PriceBook own = properties.priceBooks().stream()
                    .map(PriceBooks::read)
                    .reduce(PriceBook::updatedBy)
                    .orElse(null);
            return CurrentPrices.fixed(orBundled(own, properties.bundled()));
        }
        return CurrentPrices.watching(
                properties.priceBooks().stream().map(PriceBooks::live).toList(),
                own -> orBundled(own, properties.bundled()),
                properties.reloadInterval());
    }

    private static LivePriceBook live(Resource file) {
        try {
            return LivePriceBook.load(file.getFile().toPath());
        } catch (IOException e) {
            throw new InvalidLlmOpsPropertyException(
                    PROPERTY,
                    List.of("the prices cannot be reloaded (" + file.getDescription()
                            + ") — with llmops.cost.reload-interval, files are allowed"),
                    "Name it with file:, or leave llmops.cost.reload-interval out.",
                    e);
        } catch (PriceBookException e) {
            throw invalid(e);
        }
    }

    private static PriceBook orBundled(@Nullable PriceBook own, boolean bundled) {
        if (own == null && !bundled) {
            throw new InvalidLlmOpsPropertyException(
                    PROPERTY,
                    "there is no price book, and llmops.cost.bundled is false",
                    "Name a file of prices, use the bundled one, or set llmops.cost.enabled to false.");
        }
        if (own == null) {
            return PriceBook.bundled();
        }
        return bundled ? own.orElse(PriceBook.bundled()) : own;
    }

    private static PriceBook read(Resource file) {
        try {
            return PriceBook.parse(file.getDescription(), file.getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new InvalidLlmOpsPropertyException(
                    PROPERTY,
                    List.of("the file cannot be read (" + file.getDescription() + ")"),
                    "Check its place and its permissions.",
                    e);
        } catch (PriceBookException e) {
            throw invalid(e);
        }
    }

    private static InvalidLlmOpsPropertyException invalid(PriceBookException e) {
        return new InvalidLlmOpsPropertyException(
                PROPERTY,
                e.problems().stream().map(Object::toString).toList(),
                "Correct the price book; docs/cost.md says what each entry means.",
                e);
    }
}
