package dev.llmops.spring.boot.cost;

import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PriceBookException;
import dev.llmops.spring.boot.InvalidLlmOpsPropertyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/** Reads the price book that the properties describe. */
final class PriceBooks {

    private static final String PROPERTY = "llmops.cost.price-books";

    private PriceBooks() {}

    static PriceBook of(LlmOpsCostProperties properties) {
        PriceBook own = null;
        for (Resource file : properties.priceBooks()) {
            PriceBook next = read(file);
            own = own == null ? next : own.updatedBy(next);
        }
        return orBundled(own, properties.bundled());
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
            throw new InvalidLlmOpsPropertyException(
                    PROPERTY,
                    e.problems().stream().map(Object::toString).toList(),
                    "Correct the price book; docs/cost.md says what each entry means.",
                    e);
        }
    }
}
