package dev.llmops.release.prompt;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The prompts of a folder, such as {@code prompts/answer.md}, with their versions. Read whole and checked whole: a folder in
 * which something is wrong is refused, and the last good set stays in use.
 *
 * <pre>{@code
 * PromptRegistry prompts = PromptRegistry.builder(Path.of("prompts"))
 *     .placeholders("answer", "question", "passages")
 *     .build();
 *
 * PromptSet current = prompts.current();
 * String text = current.prompt("answer").render(Map.of("question", question, "passages", passages));
 * llmops.call(Operation.CHAT, "openai", "gpt-4o").versionSet(current.versionSet(llmops.versionSet()));
 * }</pre>
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class PromptRegistry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PromptRegistry.class);

    private final Path folder;
    private final Map<String, Set<String>> expected;
    private final Consumer<Reload> listener;
    private final @Nullable ScheduledExecutorService timer;
    private volatile PromptSet current;

    // Guarded by this.
    private List<String> problems = List.of();

    private PromptRegistry(Builder builder) {
        this.folder = builder.folder;
        this.expected = new TreeMap<>(builder.expected);
        this.listener = builder.listener;
        this.current = PromptFiles.read(folder, expected);
        this.timer = builder.interval == null ? null : start(builder.interval);
    }

    private ScheduledExecutorService start(Duration interval) {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "llmops-prompts");
            thread.setDaemon(true);
            return thread;
        });
        long nanos = interval.toNanos();
        var unused = started.scheduleWithFixedDelay(this::reloadQuietly, nanos, nanos, TimeUnit.NANOSECONDS);
        return started;
    }

    private void reloadQuietly() {
        try {
            reload();
        } catch (RuntimeException e) {
            LOG.warn("a listener for changed prompts failed; the prompts are in use all the same", e);
        }
    }

    /**
     * Creates a builder.
     *
     * @param folder the folder of the files; those below it belong to it, hidden ones do not
     * @return a builder
     */
    public static Builder builder(Path folder) {
        return new Builder(folder);
    }

    /**
     * Returns the prompts in use. Take one set for a request, and its version from the same set.
     *
     * @return the last set in which nothing was wrong
     */
    public PromptSet current() {
        return current;
    }

    /**
     * Reads the folder again. A set in which something is wrong is not used; the log says why once, until the reasons change.
     *
     * @return the sets before and now, and the reasons
     */
    public synchronized Reload reload() {
        PromptSet before = current;
        Reload reload;
        try {
            reload = new Reload(before, PromptFiles.read(folder, expected), List.of());
        } catch (InvalidPromptsException e) {
            reload = new Reload(before, before, e.problems());
            if (!problems.equals(e.problems())) {
                LOG.warn("prompts {} stay in use: {}", before.version(), e.getMessage());
            }
        }
        boolean tell = reload.isChanged() || !problems.equals(reload.problems());
        problems = reload.problems();
        if (reload.isChanged()) {
            current = reload.now();
            LOG.info("prompts {} replace {}", reload.now().version(), before.version());
        }
        if (tell) {
            listener.accept(reload);
        }
        return reload;
    }

    /** Stops reading the folder; the prompts stay in use. */
    @Override
    public void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }

    /** Builds a {@link PromptRegistry}. Not thread-safe. */
    public static final class Builder {

        private final Path folder;
        private final Map<String, Set<String>> expected = new TreeMap<>();
        private Consumer<Reload> listener = reload -> {};
        private @Nullable Duration interval;

        private Builder(Path folder) {
            this.folder = folder;
        }

        /**
         * Says what the code fills in, so that a prompt that asks for more or for less is refused when it is read. Prompts that
         * are not named here may have any placeholders.
         *
         * @param name the prompt, whose file must exist
         * @param placeholders the names of all its placeholders
         * @return this builder
         */
        public Builder placeholders(String name, String... placeholders) {
            expected.put(name, Set.of(placeholders));
            return this;
        }

        /**
         * Reads the folder again and again on a thread of its own; by default it is read once, and on {@link PromptRegistry#reload}.
         *
         * @param pause the time from one reading to the next; positive
         * @return this builder
         * @throws IllegalArgumentException if the time is not positive
         */
        public Builder reloadEvery(Duration pause) {
            if (pause.isNegative() || pause.isZero()) {
                throw new IllegalArgumentException("reloadEvery is not positive (" + pause
                        + ") — more than zero is allowed — pass e.g. 10 seconds");
            }
            this.interval = pause;
            return this;
        }

        /**
         * Sets what is called when another set is in use, and when a folder is refused for new reasons.
         *
         * @param changed called on the thread that reads; by default nothing is
         * @return this builder
         */
        public Builder onReload(Consumer<Reload> changed) {
            this.listener = changed;
            return this;
        }

        /**
         * Reads the folder.
         *
         * @return the registry
         * @throws InvalidPromptsException if anything is wrong; names every problem with its file and line
         */
        public PromptRegistry build() {
            return new PromptRegistry(this);
        }
    }

    /**
     * Result of reading a folder of prompts again.
     *
     * @param before the set in use until now
     * @param now the set in use from now on; {@code before} if nothing has changed or something is wrong
     * @param problems why the folder was refused, one sentence per problem; empty if it was not
     */
    public record Reload(PromptSet before, PromptSet now, List<String> problems) {

        /** Copies the problems. */
        public Reload {
            problems = List.copyOf(problems);
        }

        /**
         * Returns true if another set is in use now.
         *
         * @return true if a text has changed and nothing is wrong
         */
        public boolean isChanged() {
            return !now.version().equals(before.version());
        }
    }
}
