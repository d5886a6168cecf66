package dev.llmops.kafka.streams;

import dev.llmops.core.record.CallInfo;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Outcome;
import dev.llmops.cost.accounting.AccountDimension;
import dev.llmops.cost.accounting.AccountTotals;
import dev.llmops.logging.read.LoggedRecord;
import dev.llmops.quality.drift.DriftMonitor;
import dev.llmops.quality.drift.DriftWindow;
import dev.llmops.release.arm.Assignment;
import dev.llmops.slo.Objective;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Counts each call of a partition once, and sends on the partition's totals as they change. Calls of a release go on, as they
 * are, to the shard of their unit.
 */
final class CallShard implements Processor<String, String, String, String> {

    // Each is kept with its call until the retention ends.
    private static final int MAX_EVENTS = 1_000;
    static final String STORIES = "llmops-stories";
    static final String TOTALS = "llmops-call-totals";
    static final String UNIT = "unit:";
    static final String SEPARATOR = "\u001f";
    static final String SHARD = "\u001e";
    static final String DURATION = "duration_ms";
    static final String FIRST_TOKEN = "first_token_ms";

    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");
    private static final int SECONDS = 60;

    private final FleetPlan plan;
    private final @Nullable DriftMonitor drift;
    private ProcessorContext<String, String> context;
    private KeyValueStore<String, String> stories;
    private KeyValueStore<String, String> store;
    private ShardTotals totals;
    private Instant lastForgotten = Instant.EPOCH;

    // Kafka Streams calls init before anything else.
    @SuppressWarnings("NullAway.Init")
    CallShard(FleetPlan plan) {
        this.plan = plan;
        this.drift = plan.drift() == null ? null : plan.drift().monitor();
    }

    @Override
    public void init(ProcessorContext<String, String> context) {
        this.context = context;
        this.stories = context.getStateStore(STORIES);
        this.store = context.getStateStore(TOTALS);
        this.totals = new ShardTotals(store);
        context.schedule(plan.publishEvery(), PunctuationType.WALL_CLOCK_TIME, now -> publish());
    }

    @Override
    public void process(Record<String, String> message) {
        if (message.value() == null) {
            skip("unreadable");
            return;
        }
        try {
            LoggedRecord logged = LoggedRecord.of(message.value());
            UUID callId = UUID.fromString(logged.callId());
            if (logged.sampleRate() < 1) {
                skip("sampled");
            } else if (logged.isCall()) {
                call(callId.toString(), logged, message);
            } else {
                later(callId.toString(), logged, message);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            skip("unreadable"); // nothing of the record has been counted: all that fails comes before
        }
    }

    private void call(String callId, LoggedRecord logged, Record<String, String> message) {
        Story before = Story.read(stories.get(callId));
        if (before.startedAt() != null) {
            skip("repeated");
            return;
        }
        String time = header(message, "ce_time"); // more exact than the record's own, which has milliseconds
        CallRecord call = logged.call(time == null ? logged.timestamp() : exactly(time, logged.timestamp()));
        String unit = unitOf(call.attributes());
        GateShard.requireReadable(plan, unit, message.value());
        count(call);
        if (unit != null) {
            context.forward(message.withKey(unit));
        }
        Story story = before.begun(call.info().startedAt(), unit);
        before.waiting().forEach(event -> waited(story, event.line()));
        stories.put(callId, story.write());
    }

    private static Instant exactly(String time, Instant rounded) {
        Instant exact = Instant.parse(time);
        if (Duration.between(rounded, exact).abs().compareTo(Duration.ofSeconds(1)) > 0) {
            throw new IllegalArgumentException("ce_time is not that of the record (" + time + ") — " + rounded
                    + " to the millisecond is read — skip the record");
        }
        return exact;
    }

    private void count(CallRecord call) {
        Instant endedAt = call.endedAt();
        Instant day = endedAt.truncatedTo(ChronoUnit.DAYS);
        String account = plan.costBy().stream()
                .map((AccountDimension dimension) ->
                        CONTROLS.matcher(dimension.of(call)).replaceAll(" "))
                .collect(Collectors.joining(SEPARATOR));
        totals.add(name(TotalKind.COST, day, account), TotalKind.COST, AccountTotals.of(call));
        if (call.info().purpose() != null) {
            return; // A judge's call costs, and is none of the product's.
        }
        for (Objective objective : plan.objectives()) {
            OptionalDouble badness = objective.badnessOf(call);
            if (badness.isPresent()) {
                totals.add(
                        name(TotalKind.EVENTS, endedAt, objective.name()),
                        TotalKind.EVENTS,
                        EventCounts.ofBadness(badness.getAsDouble()));
            }
        }
        Instant hour = endedAt.truncatedTo(ChronoUnit.HOURS);
        if (call.outcome() == Outcome.COMPLETED) {
            latency(hour, DURATION, call.timing().durationNanos());
        }
        call.timing().timeToFirstTokenNanos().ifPresent(nanos -> latency(hour, FIRST_TOKEN, nanos));
        if (drift != null) {
            drift.add(call);
            addDrift(drift.takeWindow(), endedAt);
        }
    }

    private void latency(Instant hour, String measure, long nanos) {
        totals.add(name(TotalKind.LATENCY, hour, measure), TotalKind.LATENCY, Latencies.of(nanos));
    }

    private void addDrift(DriftWindow counted, Instant at) {
        Duration length = Objects.requireNonNull(plan.drift()).window();
        long seconds = length.toSeconds();
        Instant from = Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
        DriftWindow window = new DriftWindow(
                from,
                from.plus(length),
                counted.profileDigest(),
                counted.counts(),
                Map.of(),
                counted.otherVersionSets());
        totals.add(name(TotalKind.DRIFT, from, ""), TotalKind.DRIFT, window);
    }

    /** Minute m is the span (m − 1 min, m], as everywhere in objectives. */
    static TotalName name(TotalKind<?> kind, Instant at, String rest) {
        boolean full = at.getNano() == 0 && at.getEpochSecond() % SECONDS == 0;
        return new TotalName(kind, Math.floorDiv(at.getEpochSecond(), SECONDS) + (full ? 0 : 1), rest);
    }

    private @Nullable String unitOf(Map<String, Object> attributes) {
        Object change = attributes.get(Assignment.CHANGE);
        return change == null || !plan.releases().containsKey(change.toString())
                ? null
                : UNIT + change + SEPARATOR + attributes.get(Assignment.UNIT);
    }

    private void later(String callId, LoggedRecord logged, Record<String, String> message) {
        var unusedFacts = logged.info(logged.timestamp()); // fails now rather than when the call has come
        Story story = Story.read(stories.get(callId));
        String known = header(message, "ce_id");
        String id = known == null
                ? UUID.nameUUIDFromBytes(message.value().getBytes(StandardCharsets.UTF_8))
                        .toString()
                : known;
        if (story.seen().contains(id)) {
            skip("repeated");
            return;
        }
        if (story.seen().size() >= MAX_EVENTS) {
            skip("too many events of a call");
            return;
        }
        story.seen().add(id);
        if (story.startedAt() == null) {
            story.waiting().add(new Story.Waiting(id, message.value()));
        } else {
            happened(story, message.value(), logged);
        }
        stories.put(callId, story.write());
    }

    private void waited(Story story, String line) {
        try {
            happened(story, line, LoggedRecord.of(line));
        } catch (IllegalArgumentException e) {
            skip("unreadable"); // the call counts all the same
        }
    }

    private void happened(Story story, String line, LoggedRecord logged) {
        GateShard.requireReadable(plan, story.unit(), line);
        if (story.unit() != null) {
            context.forward(new Record<>(story.unit(), line, logged.timestamp().toEpochMilli()));
        }
        CallInfo call = logged.info(Objects.requireNonNull(story.startedAt()));
        LlmEvent event = call.purpose() == null ? logged.event(call) : null;
        if (event == null) {
            return;
        }
        for (Objective objective : plan.objectives()) {
            OptionalDouble badness = objective.badnessOf(event);
            if (badness.isPresent() && badness.getAsDouble() >= 0 && badness.getAsDouble() <= 1) {
                score(
                        story,
                        objective,
                        call,
                        new Story.Score(event.at(), EventCounts.ofBadness(badness.getAsDouble())));
            }
        }
    }

    /** As in the engine, the first score of a call counts, at the time of the call; which one is the first, time decides. */
    private void score(Story story, Objective objective, CallInfo call, Story.Score score) {
        Story.Score before = story.scores().get(objective.name());
        if (before == null || score.at().isBefore(before.at())) {
            story.scores().put(objective.name(), score);
            EventCounts change =
                    before == null ? score.counts() : score.counts().minus(before.counts());
            totals.add(name(TotalKind.EVENTS, call.startedAt(), objective.name()), TotalKind.EVENTS, change);
        }
    }

    private void skip(String reason) {
        totals.add(new TotalName(TotalKind.SKIPPED, 0, reason), TotalKind.SKIPPED, EventCounts.ofOne());
    }

    private static @Nullable String header(Record<String, String> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private void publish() {
        long time = context.currentStreamTimeMs();
        if (time < 0) {
            return;
        }
        String shard = SHARD + "calls-" + context.taskId().partition();
        totals.drain((name, total) -> context.forward(new Record<>(name + shard, total, time)));
        Instant now = Instant.ofEpochMilli(time);
        if (lastForgotten.plus(Duration.ofHours(1)).isBefore(now)) {
            lastForgotten = now;
            forget(now);
        }
    }

    private void forget(Instant now) {
        try (KeyValueIterator<String, String> old =
                stories.range(Story.keyAt(Instant.EPOCH), Story.keyAt(now.minus(plan.retention())))) {
            old.forEachRemaining(entry -> stories.delete(entry.key));
        }
        plan.forget(store, now);
    }
}
