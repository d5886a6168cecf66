package dev.llmops.test;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.slo.Objective;
import dev.llmops.slo.engine.SloEngine;
import dev.llmops.slo.file.ObjectiveSet;
import dev.llmops.slo.status.SloStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Traffic that is held against objectives: a {@link LlmListener} that keeps what it is told and judges it, as the engine
 * of {@code llmops-slo} would at the instant of the last event.
 *
 * <pre>{@code
 * SloRun run = SloRun.of(ObjectiveSet.read(Path.of("objectives.yml")));
 * LlmOps llmops = LlmOps.builder().listener(run).build();
 * run.load(400, 8, i -> service.ask("question " + i));
 * run.assertMet();
 * }</pre>
 *
 * <p>Thread-safe. Everything it sees stays in memory, so that offenders can be named.
 *
 * @since 0.1.0
 */
public final class SloRun implements LlmListener {

    private final ObjectiveSet objectives;
    private final ConcurrentLinkedQueue<CallRecord> calls = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<LlmEvent> events = new ConcurrentLinkedQueue<>();

    private SloRun(ObjectiveSet objectives) {
        this.objectives = objectives;
    }

    /**
     * Starts a run.
     *
     * @param objectives what to hold the traffic against
     * @return a run that has seen nothing
     */
    public static SloRun of(ObjectiveSet objectives) {
        return new SloRun(objectives);
    }

    /**
     * Starts a run.
     *
     * @param objectives what to hold the traffic against
     * @return a run that has seen nothing
     */
    public static SloRun of(Objective... objectives) {
        return new SloRun(ObjectiveSet.of(objectives));
    }

    @Override
    public void callEnded(LiveCall call, CallRecord record) {
        calls.add(record);
    }

    @Override
    public void eventOccurred(LlmEvent event) {
        events.add(event);
    }

    /**
     * Takes in traffic that was recorded elsewhere.
     *
     * @param recorded calls, in any order
     * @return this run
     */
    public SloRun replay(Collection<CallRecord> recorded) {
        calls.addAll(recorded);
        return this;
    }

    /**
     * Sends requests and waits for all of them. What a request throws does not stop the load: whether it was good is for
     * the objectives to say.
     *
     * @param requests how many, &ge; 1
     * @param concurrency how many at a time, &ge; 1
     * @param body makes a request
     * @return this run
     * @throws IllegalArgumentException if a number is below 1
     * @throws InterruptedException if interrupted while waiting; requests under way are interrupted too
     */
    public SloRun load(int requests, int concurrency, LoadBody body) throws InterruptedException {
        if (requests < 1 || concurrency < 1) {
            throw new IllegalArgumentException(
                    "requests and concurrency must be at least 1, but were " + requests + " and " + concurrency);
        }
        ExecutorService executor = Executors.newFixedThreadPool(Math.min(requests, concurrency));
        try {
            AtomicInteger next = new AtomicInteger();
            List<Future<?>> workers = IntStream.range(0, Math.min(requests, concurrency))
                    .<Future<?>>mapToObj(worker -> executor.submit(() -> work(next, requests, body)))
                    .toList();
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the load broke down", e.getCause());
        } finally {
            executor.shutdownNow();
        }
        return this;
    }

    private static void work(AtomicInteger next, int requests, LoadBody body) {
        for (int number = next.getAndIncrement(); number < requests; number = next.getAndIncrement()) {
            try {
                body.request(number);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception recordedByTheCall) {
                // Whether it was good is for the objectives to say.
            }
        }
    }

    /**
     * The calls seen so far.
     *
     * @return their records, in the order of their ends
     */
    public List<CallRecord> calls() {
        return calls.stream().sorted(Comparator.comparing(CallRecord::endedAt)).toList();
    }

    /**
     * The later events seen so far.
     *
     * @return the events, in the order of their times
     */
    public List<LlmEvent> events() {
        return events.stream().sorted(Comparator.comparing(LlmEvent::at)).toList();
    }

    /**
     * Judges the traffic so far.
     *
     * @return statuses in the order of the objectives, groups by their values
     */
    public List<SloStatus> statuses() {
        Clock clock = Clock.fixed(lastInstant(), ZoneOffset.UTC);
        try (SloEngine engine = SloEngine.builder()
                .objectives(objectives)
                .clock(clock)
                .evaluateEvery(Duration.ZERO)
                .build()) {
            calls().forEach(engine::record);
            events().forEach(engine::eventOccurred);
            return engine.statuses();
        }
    }

    private Instant lastInstant() {
        // Scores of calls that are judged with a delay count too.
        Duration delay = objectives.objectives().stream()
                .map(Objective::evaluationDelay)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return Stream.concat(
                        calls.stream().map(CallRecord::endedAt), events.stream().map(LlmEvent::at))
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH)
                .plus(delay);
    }

    /**
     * The events that spent the budget of an objective.
     *
     * @param objective the objective's name
     * @param limit how many to name at most
     * @return the worst first
     */
    public List<Offender> offenders(String objective, int limit) {
        return worst(
                objectives.objectives().stream()
                        .filter(candidate -> candidate.name().equals(objective))
                        .flatMap(found -> judged(found).stream()),
                limit);
    }

    /** The events that spent the budget of one group of an objective. */
    List<Offender> offenders(SloStatus status, int limit) {
        return worst(judged(status).stream(), limit);
    }

    private static List<Offender> worst(Stream<Judged> events, int limit) {
        return events.filter(judged -> judged.badness() > 0)
                .map(Judged::toOffender)
                .sorted(Comparator.comparingDouble(Offender::badness)
                        .thenComparingDouble(Offender::weight)
                        .reversed())
                .limit(limit)
                .toList();
    }

    /** The events of one group of an objective. */
    List<Judged> judged(SloStatus status) {
        return judged(status.objective()).stream()
                .filter(event -> status.group().entrySet().stream()
                        .allMatch(part -> part.getValue().equals(part.getKey().of(event.call()))))
                .toList();
    }

    List<Judged> judged(Objective objective) {
        return Judged.of(objective, calls(), events());
    }

    /**
     * Asserts that every objective was met for certain.
     *
     * @throws AssertionError naming each objective that was not, with its value, n, interval and worst offenders
     */
    public void assertMet() {
        assertMet(InsufficientData.FAIL);
    }

    /**
     * Asserts that every objective was met.
     *
     * @param insufficientData what to make of too few events
     * @throws AssertionError naming each objective that was not, with its value, n, interval and worst offenders
     */
    public void assertMet(InsufficientData insufficientData) {
        List<String> failures = statuses().stream()
                .map(status -> Verdict.of(status, insufficientData))
                .filter(Verdict::isFailure)
                .map(verdict -> verdict.explain(offenders(verdict.status(), Verdict.OFFENDERS)))
                .toList();
        if (!failures.isEmpty()) {
            throw new AssertionError(String.join("\n", failures));
        }
    }

    /**
     * Begins assertions about one objective without groups.
     *
     * @param objective the objective's name
     * @return assertions about its status
     * @throws IllegalArgumentException if there is no such objective, or it has groups
     */
    public SloAssert assertThat(String objective) {
        List<SloStatus> found = statuses().stream()
                .filter(status -> status.objective().name().equals(objective))
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException("objective must name one objective without groups, but '" + objective
                    + "' names " + found.size() + " of "
                    + objectives.objectives().stream().map(Objective::name).toList());
        }
        return new SloAssert(found.get(0), offenders(found.get(0), Verdict.OFFENDERS));
    }

    /**
     * Writes a self-contained HTML page: for each objective the burn-down of its budget, its windows and its offenders.
     *
     * @param file where to; missing directories are made
     * @throws IOException if it cannot be written
     */
    public void writeReport(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.writeString(file, SloReport.of(this));
    }
}
