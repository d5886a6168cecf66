package dev.llmops.test;

import dev.llmops.core.LiveCall;
import dev.llmops.core.LlmListener;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.report.Page;
import dev.llmops.report.slo.JudgedEvent;
import dev.llmops.report.slo.SloReport;
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
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Traffic judged by objectives: a {@link LlmListener} that keeps calls and events and judges them as the engine of
 * {@code llmops-slo} would at the instant of the last event.
 *
 * <pre>{@code
 * SloRun run = SloRun.of(ObjectiveSet.read(Path.of("objectives.yml")));
 * LlmOps llmops = LlmOps.builder().listener(run).build();
 * run.load(400, 8, i -> service.ask("question " + i));
 * run.assertMet();
 * }</pre>
 *
 * <p>Safe for use by many threads. Keeps all calls and events in memory, so that offenders can be named.
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
     * Creates a run without traffic.
     *
     * @param objectives the objectives to judge by
     * @return the run
     */
    public static SloRun of(ObjectiveSet objectives) {
        return new SloRun(objectives);
    }

    /**
     * Creates a run without traffic.
     *
     * @param objectives the objectives to judge by
     * @return the run
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
     * Adds traffic that was recorded elsewhere.
     *
     * @param recorded calls, in any order
     * @return this run
     */
    public SloRun replay(Collection<CallRecord> recorded) {
        calls.addAll(recorded);
        return this;
    }

    /**
     * Sends requests and waits for all of them. An exception of a request does not stop the load; the objectives judge
     * its call.
     *
     * @param requests number of requests, &ge; 1
     * @param concurrency number of requests at a time, &ge; 1
     * @param body sends a request
     * @return this run
     * @throws IllegalArgumentException if a number is below 1
     * @throws InterruptedException if interrupted while waiting; requests under way are interrupted too
     */
    public SloRun load(int requests, int concurrency, LoadBody body) throws InterruptedException {
        if (requests < 1 || concurrency < 1) {
            throw new IllegalArgumentException("requests and concurrency are out of range (" + requests + " and "
                    + concurrency + ") — both at least 1");
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
            throw new IllegalStateException("a worker of the load failed", e.getCause());
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
                // The call's record says how it ended; the objectives judge that.
            }
        }
    }

    /**
     * Returns the calls seen so far.
     *
     * @return their records, in the order of their ends
     */
    public List<CallRecord> calls() {
        return calls.stream().sorted(Comparator.comparing(CallRecord::endedAt)).toList();
    }

    /**
     * Returns the later events seen so far.
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
     * Selects the events that spent the budget of an objective.
     *
     * @param objective the objective's name
     * @param limit how many at most
     * @return the worst first; empty for an unknown objective
     */
    public List<JudgedEvent> offenders(String objective, int limit) {
        return JudgedEvent.worst(
                objectives.objectives().stream()
                        .filter(candidate -> candidate.name().equals(objective))
                        .flatMap(found -> JudgedEvent.of(found, calls(), events()).stream())
                        .toList(),
                limit);
    }

    private List<JudgedEvent> offenders(SloStatus status) {
        return JudgedEvent.worst(JudgedEvent.of(status, calls(), events()), Verdict.OFFENDERS);
    }

    /**
     * Asserts that every objective was met for certain.
     *
     * @throws AssertionError naming each objective that was not, with its value, n, interval and worst offenders
     */
    public void assertMet() {
        assertMet(SloTest.InsufficientData.FAIL);
    }

    /**
     * Asserts that every objective was met.
     *
     * @param insufficientData the rule for too few events
     * @throws AssertionError naming each objective that was not, with its value, n, interval and worst offenders
     */
    public void assertMet(SloTest.InsufficientData insufficientData) {
        List<Verdict> failures = failures(insufficientData);
        if (!failures.isEmpty()) {
            throw new AssertionError(explain(failures));
        }
    }

    /** Returns the verdicts on objectives that were not met. */
    List<Verdict> failures(SloTest.InsufficientData insufficientData) {
        return statuses().stream()
                .map(status -> Verdict.of(status, insufficientData))
                .filter(Verdict::isFailure)
                .toList();
    }

    /** Explains verdicts with value, n, interval and worst offenders. */
    String explain(List<Verdict> failures) {
        return failures.stream()
                .map(verdict -> verdict.explain(offenders(verdict.status())))
                .collect(Collectors.joining("\n"));
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
            throw new IllegalArgumentException("'" + objective + "' does not name one status (" + found.size()
                    + ") — an objective without groups, one of "
                    + objectives.objectives().stream().map(Objective::name).toList());
        }
        return new SloAssert(found.get(0), offenders(found.get(0)));
    }

    /**
     * Writes a self-contained HTML page: the verdict, and for each objective the burn-down of its budget, the distribution
     * of its values, its windows and its worst offenders. Too few events count as a failure.
     *
     * @param file the file; missing directories are created
     * @throws IOException if it cannot be written
     */
    public void writeReport(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.writeString(
                file,
                report("SLO report", Verdict.summary(failures(SloTest.InsufficientData.FAIL)))
                        .toHtml());
    }

    /** Lays out the report; an empty explanation is a pass. */
    Page report(String title, String explanation) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return SloReport.builder(title, now, statuses())
                .verdict(explanation.isEmpty(), explanation)
                .calls(calls())
                .events(events())
                .build()
                .toPage();
    }

    /**
     * A request of a load, for {@link #load}.
     *
     * @since 0.1.0
     */
    @FunctionalInterface
    public interface LoadBody {

        /**
         * Sends the request.
         *
         * @param number the number of the request, from 0
         * @throws Exception if the request fails; the load continues
         */
        void request(int number) throws Exception;
    }
}
