package dev.llmops.cost.book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A price book whose files may change while it is in use. A new book replaces the old one in one step; if any of its
 * files is wrong, the old book stays, the problems are logged, and the failure is counted. Safe for use by many threads.
 *
 * <p>Prices that a book said once stay said: a reload that changes the prices, conditions or start of an entry under its
 * old id is refused, because costs that refer to it could not be explained any more. Add an entry that corrects it.
 *
 * @since 0.1.0
 */
public final class LivePriceBook implements Supplier<PriceBook> {

    private static final Logger LOG = LoggerFactory.getLogger("llmops");

    private final List<Path> files;
    private final LongAdder failures = new LongAdder();
    private volatile PriceBook current;
    private Map<Path, FileTime> lastRead;

    private LivePriceBook(List<Path> files) {
        this.files = files;
        this.lastRead = modified(files);
        this.current = PriceBook.load(files.toArray(Path[]::new));
    }

    /**
     * Reads files for the first time.
     *
     * @param files the files, in the price book format
     * @return the book
     * @throws PriceBookException with everything that is wrong with the files
     */
    public static LivePriceBook load(Path... files) {
        return new LivePriceBook(List.of(files));
    }

    @Override
    public PriceBook get() {
        return current;
    }

    /**
     * Returns the number of reloads that were refused so far.
     *
     * @return the count
     */
    public long failures() {
        return failures.sum();
    }

    /**
     * Reads the files again.
     *
     * @return true if the new book is in use, false if the old one stays
     */
    public synchronized boolean reload() {
        lastRead = modified(files);
        try {
            PriceBook fresh = PriceBook.load(files.toArray(Path[]::new));
            List<PriceProblem> overwritten = overwritten(current, fresh);
            if (!overwritten.isEmpty()) {
                throw new PriceBookException(overwritten);
            }
            current = fresh;
            return true;
        } catch (RuntimeException e) {
            // Any exception: one that escaped would end the watching in silence.
            failures.increment();
            LOG.warn("The price book was not reloaded, version {} stays in use: {}", current.version(), e.getMessage());
            return false;
        }
    }

    /** Reads the files again if one of them has changed since they were read. */
    synchronized void reloadIfChanged() {
        if (!modified(files).equals(lastRead)) {
            reload();
        }
    }

    /**
     * Reloads whenever a file has changed.
     *
     * @param executor runs the checks
     * @param interval how often to look
     * @return cancel it to stop looking
     */
    public ScheduledFuture<?> watch(ScheduledExecutorService executor, Duration interval) {
        long nanos = interval.toNanos();
        return executor.scheduleWithFixedDelay(this::reloadIfChanged, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    private static Map<Path, FileTime> modified(List<Path> files) {
        Map<Path, FileTime> times = new HashMap<>();
        for (Path file : files) {
            try {
                times.put(file, Files.getLastModifiedTime(file));
            } catch (IOException e) {
                // A file that is away has no time; that it is away is reported by the reload.
                times.remove(file);
            }
        }
        return times;
    }

    /** Finds entries that the new book changes or lacks; a file that was cut short looks like that, too. */
    private static List<PriceProblem> overwritten(PriceBook old, PriceBook fresh) {
        Map<String, PriceEntry> now = new HashMap<>();
        fresh.models().forEach(model -> model.entries().forEach(entry -> now.put(entry.id(), entry)));
        List<PriceProblem> problems = new ArrayList<>();
        for (ModelPrices model : old.models()) {
            for (PriceEntry said : model.entries()) {
                PriceEntry says = now.get(said.id());
                if (says == null) {
                    problems.add(new PriceProblem(
                            said.id(), "is gone — an entry stays — end it with until, or restart with the new files"));
                } else if (!BookVersion.saysTheSame(said, says)) {
                    problems.add(
                            new PriceProblem(
                                    said.id(),
                                    "was overwritten — an entry stays as it is — add an entry that corrects it, or a new one from a date"));
                }
            }
        }
        return problems;
    }
}
