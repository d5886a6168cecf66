package dev.llmops.cost.imports;

import dev.llmops.core.http.HttpPolicy;
import dev.llmops.cost.book.Discount;
import dev.llmops.cost.book.PriceBook;
import dev.llmops.cost.book.PriceBookException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A price book whose files or addresses may change while it is in use. A new book replaces the old one in one step; of a
 * source with a mistake the last good prices stay, the problems are logged, and the failure is counted. Safe for use by
 * many threads.
 *
 * <pre>{@code
 * LivePriceBook live = LivePriceBook.builder()
 *     .add(PriceSource.file(Path.of("prices.yml"), PriceFormat.LLMOPS))
 *     .add(PriceSource.url(address, PriceFormat.LITELLM).history(Path.of("litellm-history.json")))
 *     .build();
 * live.watch(executor, Duration.ofHours(6));
 * }</pre>
 *
 * <p>Prices that a book said once stay said: a reload that changes the prices, conditions or start of an entry under its
 * old id is refused, because costs that refer to it could not be explained any more. Add an entry that corrects it. A
 * price that changed in an imported list is added, and holds from the reload on.
 *
 * @since 0.1.0
 */
public final class LivePriceBook implements Supplier<PriceBook> {

    private static final Logger LOG = LoggerFactory.getLogger("llmops");

    private final List<LivePart> parts;
    private final List<Discount> discounts;
    private final InstantSource clock;
    private final LongAdder failures = new LongAdder();
    private volatile PriceBook current;
    private volatile @Nullable String lastFailure;

    private LivePriceBook(List<LivePart> parts, List<Discount> discounts, InstantSource clock) {
        this.parts = parts;
        this.discounts = discounts;
        this.clock = clock;
        List<PriceBookException.Problem> problems = new ArrayList<>();
        for (LivePart part : parts) {
            try {
                part.readHistory();
            } catch (RuntimeException e) {
                problems.addAll(problems(e));
            }
        }
        List<PriceBookException.Problem> unread = refresh();
        if (!problems.isEmpty() || parts.stream().anyMatch(part -> part.book() == null)) {
            problems.addAll(unread);
            throw new PriceBookException(problems);
        }
        this.current = joined();
        if (!unread.isEmpty()) {
            reportFailure(unread);
        }
    }

    /**
     * Reads files in the library's own format for the first time.
     *
     * @param files the files
     * @return the book
     * @throws PriceBookException with everything that is wrong with the files
     */
    public static LivePriceBook load(Path... files) {
        Builder builder = builder();
        for (Path file : files) {
            builder.add(PriceSource.file(file, PriceFormat.LLMOPS));
        }
        return builder.build();
    }

    /**
     * Creates a builder without sources.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public PriceBook get() {
        return current;
    }

    /**
     * Returns the number of reloads that failed so far, in part or in full.
     *
     * @return the count
     */
    public long failures() {
        return failures.sum();
    }

    /**
     * Returns the reason why the last reload failed.
     *
     * @return each source with what is wrong with it; empty if the last reload succeeded
     */
    public Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    /**
     * Returns the SHA-256 of each source as it is in use.
     *
     * @return 64 hexadecimal digits by the name of the file or the address; a source known only from its history has none
     */
    public synchronized Map<String, String> digests() {
        Map<String, String> digests = new LinkedHashMap<>();
        parts.forEach(part -> digests.putAll(part.digests()));
        return digests;
    }

    /**
     * Reads all sources again. A source whose content is the same changes nothing.
     *
     * @return true if every source was read, false if the last good prices of one or more stay
     */
    public synchronized boolean reload() {
        String before = digests().toString();
        List<PriceBookException.Problem> problems = refresh();
        if (!digests().toString().equals(before)) {
            current = joined();
        }
        if (problems.isEmpty()) {
            lastFailure = null;
            return true;
        }
        reportFailure(problems);
        return false;
    }

    private void reportFailure(List<PriceBookException.Problem> problems) {
        String why = new PriceBookException(problems).getMessage();
        lastFailure = why;
        failures.increment();
        LOG.warn("The price book was not reloaded in full, version {} is in use: {}", current.version(), why);
    }

    private List<PriceBookException.Problem> refresh() {
        List<PriceBookException.Problem> problems = new ArrayList<>();
        for (LivePart part : parts) {
            try {
                if (part.refresh(clock.instant().truncatedTo(ChronoUnit.SECONDS))) {
                    LOG.info("Prices were read, with the SHA-256 of each source: {}", part.digests());
                }
            } catch (RuntimeException e) {
                // Any exception: one that escaped would end the watching in silence.
                problems.addAll(problems(e));
            }
        }
        return problems;
    }

    private static List<PriceBookException.Problem> problems(RuntimeException e) {
        return e instanceof PriceBookException broken
                ? broken.problems()
                : List.of(new PriceBookException.Problem("", String.valueOf(e)));
    }

    /** Joins the parts; of two that know a model the first one decides. */
    private PriceBook joined() {
        PriceBook all = null;
        for (LivePart part : parts) {
            PriceBook book = Objects.requireNonNull(part.book());
            all = all == null ? book : all.orElse(book);
        }
        return Objects.requireNonNull(all).discounted(discounts);
    }

    /**
     * Reloads at intervals; what has not changed stays in use.
     *
     * @param executor runs the checks, which wait for the servers of sources with an address
     * @param interval how often to look
     * @return cancel it to stop looking
     */
    public ScheduledFuture<?> watch(ScheduledExecutorService executor, Duration interval) {
        long nanos = interval.toNanos();
        return executor.scheduleWithFixedDelay(this::reload, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Collects the sources of a {@link LivePriceBook}. Not safe for use by many threads.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final List<PriceSource> own = new ArrayList<>();
        private final List<PriceSource> imported = new ArrayList<>();
        private final List<Discount> discounts = new ArrayList<>();
        private HttpPolicy http = HttpPolicy.builder().build();
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Adds a source. Sources of the library's own format make one book and come first; imported ones are asked in
         * the order in which they were added, for models that no earlier one knows.
         *
         * @param source the source
         * @return this builder
         */
        public Builder add(PriceSource source) {
            (source.format() == PriceFormat.LLMOPS ? own : imported).add(source);
            return this;
        }

        /**
         * Adds a discount on the prices of all sources.
         *
         * @param discount the discount
         * @return this builder
         */
        public Builder discount(Discount discount) {
            discounts.add(Objects.requireNonNull(discount, "discount"));
            return this;
        }

        /**
         * Sets timeout, size limit and authentication of requests; the defaults of {@link HttpPolicy} otherwise.
         * Redirects to another server are refused.
         *
         * @param policy the policy
         * @return this builder
         */
        public Builder http(HttpPolicy policy) {
            this.http = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Sets the clock that says when an imported price was found; the system's by default.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Reads all sources for the first time. A source that cannot be read is no error if its history can.
         *
         * @return the book
         * @throws PriceBookException with everything that is wrong with the sources
         * @throws IllegalArgumentException if there is no source
         */
        public LivePriceBook build() {
            List<LivePart> parts = new ArrayList<>();
            if (!own.isEmpty()) {
                parts.add(new LivePart(List.copyOf(own), http));
            }
            imported.forEach(source -> parts.add(new LivePart(List.of(source), http)));
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("sources are missing — one or more — call add(PriceSource)");
            }
            return new LivePriceBook(List.copyOf(parts), List.copyOf(discounts), clock);
        }
    }
}
