package dev.llmops.spring.boot.internal;

import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.imports.LivePriceBook;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The price book that calls are priced by: a fixed one, or one of files that are read again when they change. */
public final class CurrentPrices implements Supplier<PriceBook>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CurrentPrices.class);

    private final List<? extends Supplier<PriceBook>> files;
    private final Function<PriceBook, PriceBook> completion;
    private final @Nullable ScheduledExecutorService watcher;
    private volatile Joined joined;

    private record Joined(List<PriceBook> books, PriceBook all) {}

    private CurrentPrices(
            List<? extends Supplier<PriceBook>> files,
            Function<PriceBook, PriceBook> completion,
            @Nullable ScheduledExecutorService watcher) {
        this.files = files;
        this.completion = completion;
        this.watcher = watcher;
        this.joined = join(read());
    }

    /**
     * Returns prices that stay as they are.
     *
     * @param book the prices
     * @return the prices
     */
    public static CurrentPrices fixed(PriceBook book) {
        return new CurrentPrices(List.of(() -> book), Function.identity(), null);
    }

    /**
     * Returns the prices of files, which are read again when they have changed.
     *
     * @param files the files, of which a later one updates the earlier; at least one
     * @param completion adds prices for models that the files have none for
     * @param interval the time between two looks
     * @return the prices
     */
    public static CurrentPrices watching(
            List<LivePriceBook> files, Function<PriceBook, PriceBook> completion, Duration interval) {
        ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "llmops-price-books");
            thread.setDaemon(true);
            return thread;
        });
        CurrentPrices prices = new CurrentPrices(List.copyOf(files), completion, watcher);
        for (LivePriceBook file : files) {
            var unused = file.watch(watcher, interval);
        }
        return prices;
    }

    @Override
    public PriceBook get() {
        Joined known = joined;
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).get() != known.books().get(i)) {
                return joinAgain();
            }
        }
        return known.all();
    }

    private synchronized PriceBook joinAgain() {
        List<PriceBook> books = read();
        try {
            joined = join(books);
        } catch (RuntimeException e) {
            LOG.warn("The price books do not go together any more, the former prices stay in use: {}", e.getMessage());
            joined = new Joined(books, joined.all());
        }
        return joined.all();
    }

    private List<PriceBook> read() {
        return files.stream().map(Supplier::get).toList();
    }

    private Joined join(List<PriceBook> books) {
        PriceBook own = books.stream().reduce(PriceBook::updatedBy).orElseThrow();
        return new Joined(books, completion.apply(own));
    }

    /** Stops looking for changes. */
    @Override
    public void close() {
        if (watcher != null) {
            watcher.shutdownNow();
        }
    }
}
