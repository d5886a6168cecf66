package dev.llmops.report.operations;

import dev.llmops.core.record.Decimals;
import dev.llmops.core.record.Outcome;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The figures of a period from the call log: business effect and system quality. Calls count in the period in which they start. */
final class LoggedFigures {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final List<String> PHASES =
            List.of("total", "queue", "retrieval", "first_token", "generation", "per_output_token");
    private static final Map<String, Double> PERCENTILES = new TreeMap<>(Map.of("P50", 50.0, "P95", 95.0, "P99", 99.0));
    private static final double MICROS_PER_MILLI = 1_000;
    private static final int DIGITS = 3;
    private static final Set<String> OUTCOMES =
            Arrays.stream(Outcome.values()).map(Outcome::status).collect(Collectors.toUnmodifiableSet());

    private static final String RESULT = "outcome";
    private static final int FEWEST_CALLS_OF_A_RUN = 2;

    private final Instant from;
    private final Instant to;
    private final ZoneId zone;
    private final Map<String, Long> outcomes = new TreeMap<>();
    private final Map<String, Long> errors = new TreeMap<>();
    private final Map<String, Histogram> latencies = new HashMap<>();
    private final Map<LocalDate, Set<String>> usersByDay = new HashMap<>();
    private final Map<String, Map<LocalDate, Set<String>>> usersByFeature = new TreeMap<>();
    private final Votes successes = new Votes();
    private final Votes thumbs = new Votes();
    private final Map<String, Votes> scores = new TreeMap<>();
    private final Map<String, Votes> results = new TreeMap<>();
    private final Spenders conversations = new Spenders();
    private final Spenders agentRuns = new Spenders();
    private final Spenders retries = new Spenders();
    private final InFlight inFlight = new InFlight();
    private long calls;
    private long refusals;
    private long retried;
    private long cachedInput;
    private long input;
    private long unreadable;

    LoggedFigures(Instant from, Instant to, ZoneId zone) {
        this.from = from;
        this.to = to;
        this.zone = zone;
    }

    void read(Stream<String> lines) {
        lines.forEach(this::add);
    }

    private void add(String text) {
        if (text.isBlank()) {
            return;
        }
        try {
            add(MAPPER.readTree(text));
        } catch (JacksonException | DateTimeException | NumberFormatException e) {
            unreadable++; // nothing of the line has been counted: all that fails comes before
        }
    }

    private void add(JsonNode line) {
        String schema = line.path("schema").asString("");
        double sampleRate = sampleRate(line.path("sample_rate"));
        switch (schema) {
            case "llmops.call/1" -> addCall(line, sampleRate);
            case "llmops.feedback/1" -> {
                if (isWithin(at(line))) {
                    thumbs.put(callId(line), day(at(line)), isUp(line));
                }
            }
            case "llmops.evaluation/1" -> {
                if (isWithin(at(line))) {
                    boolean isGood = score(line) >= .5;
                    boolean isResult = line.path("evaluator").asString("").equals(RESULT);
                    (isResult ? results : scores)
                            .computeIfAbsent(line.path("evaluation").asString(""), name -> new Votes())
                            .put(callId(line), day(at(line)), isGood);
                }
            }
            default -> unreadable += schema.startsWith("llmops.") ? 0 : 1;
        }
    }

    private static String callId(JsonNode line) {
        return line.path("call_id").asString("");
    }

    private static double sampleRate(JsonNode written) {
        return written.isMissingNode() || written.isNull()
                ? 1
                : Decimals.sampleRate(written.isNumber() ? written.doubleValue() : Double.NaN);
    }

    private static boolean isUp(JsonNode line) {
        String verdict = line.path("verdict").asString("");
        if (!verdict.equals("up") && !verdict.equals("down")) {
            throw new NumberFormatException("verdict is '" + verdict + "'");
        }
        return verdict.equals("up");
    }

    private static double score(JsonNode line) {
        double score = line.path("score").asDouble(Double.NaN);
        if (!Double.isFinite(score)) {
            throw new NumberFormatException("score is " + line.path("score"));
        }
        return score;
    }

    private LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, zone);
    }

    private static Instant at(JsonNode line) {
        return Instant.parse(line.path("timestamp").asString(""));
    }

    private boolean isWithin(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    private void addCall(JsonNode line, double sampleRate) {
        JsonNode latency = line.path("latency_ms");
        double totalMillis = number(latency, "total");
        Instant start = at(line).minusNanos((long) (totalMillis * 1e6));
        if (!isWithin(start)) {
            return;
        }
        Map<String, Long> micros = new HashMap<>();
        for (String phase : PHASES) {
            if (latency.hasNonNull(phase)) {
                micros.put(phase, Math.round(number(latency, phase) * MICROS_PER_MILLI));
            }
        }
        long inputTokens = (long) number(line, "tokens_in");
        long cachedTokens = (long) number(line.path("tokens"), "cached_input");
        boolean isRetried = number(line, "retries") > 0;
        String status = line.path("status").asString("");
        if (!OUTCOMES.contains(status)) {
            throw new NumberFormatException("status is '" + status + "'");
        }
        if (sampleRate < 1) {
            throw new IllegalArgumentException(
                    "the log is sampled (sample_rate " + sampleRate
                            + ") — a sampled log keeps failures and drops successes — log every call, or report on the metrics");
        }
        calls++;
        outcomes.merge(status, 1L, Long::sum);
        successes.count(day(start), status.equals("success"));
        if (line.path("error").isObject()) {
            errors.merge(line.path("error").path("kind").asString("unknown"), 1L, Long::sum);
        }
        refusals += line.path("refusal").asBoolean(false) ? 1 : 0;
        retried += isRetried ? 1 : 0;
        input += inputTokens;
        cachedInput += cachedTokens;
        micros.forEach((phase, value) ->
                latencies.computeIfAbsent(phase, name -> new Histogram(DIGITS)).recordValue(value));
        String user = line.path("user_id").asString("");
        if (!user.isEmpty()) {
            usersByDay.computeIfAbsent(day(start), day -> new HashSet<>()).add(user);
            usersByFeature
                    .computeIfAbsent(line.path("feature").asString("none"), feature -> new HashMap<>())
                    .computeIfAbsent(day(start), day -> new HashSet<>())
                    .add(user);
        }
        inFlight.add(start, totalMillis);
        addCost(line, isRetried);
    }

    /** Returns a time in milliseconds or a number of things, 0 if it is absent. */
    private static double number(JsonNode parent, String field) {
        JsonNode value = parent.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        return Decimals.quantity(value.isNumber() ? value.doubleValue() : Double.NaN);
    }

    private void addCost(JsonNode line, boolean isRetried) {
        String text = line.path("cost").path("amount").asString("");
        if (!text.isEmpty()) {
            BigDecimal amount;
            try {
                amount = Decimals.parse(text);
            } catch (NumberFormatException e) {
                unreadable++;
                return;
            }
            String currency = line.path("cost").path("currency").asString("USD");
            conversations.add(line.path("conversation_id").asString(""), currency, amount);
            agentRuns.add(line.path("trace_id").asString(""), currency, amount);
            if (isRetried) {
                retries.add("all", currency, amount);
            }
        }
    }

    /** Costs by what calls belong to, and of calls that were tried more than once. */
    List<Figure> costs() {
        String section = OperationsReport.COST;
        List<Figure> figures = new ArrayList<>();
        figures.addAll(conversations.figures(section, "cost of a conversation", 1));
        figures.addAll(agentRuns.figures(section, "cost of an agent run", FEWEST_CALLS_OF_A_RUN));
        retries.costliest(1)
                .forEach(sum -> figures.add(Figure.money(
                        section, "spent on calls with retries", sum.amount(), sum.currency(), sum.calls())));
        return figures;
    }

    long successes() {
        return outcomes.getOrDefault("success", 0L);
    }

    long calls() {
        return calls;
    }

    long users() {
        return distinct(usersByDay);
    }

    private static long distinct(Map<LocalDate, Set<String>> days) {
        return days.values().stream().flatMap(Set::stream).distinct().count();
    }

    /** The mean of the days that had any. */
    private static double mean(Map<LocalDate, Set<String>> days) {
        return days.values().stream().mapToInt(Set::size).sum() / (double) days.size();
    }

    /** Conversations by cost, the costliest first. */
    List<OperationsReport.Spent> costliestConversations() {
        return conversations.costliest(1);
    }

    /** Traces of several calls by cost, the costliest first. */
    List<OperationsReport.Spent> costliestAgentRuns() {
        return agentRuns.costliest(FEWEST_CALLS_OF_A_RUN);
    }

    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        business(figures);
        quality(figures);
        return figures;
    }

    private void business(List<Figure> figures) {
        String section = OperationsReport.BUSINESS;
        long users = users();
        figures.add(Figure.count(section, "calls", calls));
        figures.add(Figure.count(section, "active users", users));
        if (users > 0) {
            double daily = mean(usersByDay);
            figures.add(Figure.number(section, "daily active users, mean", daily, "", usersByDay.size()));
            figures.add(Figure.number(section, "daily ÷ period's active users", daily / users, "", users));
        }
        usersByFeature.forEach((feature, days) -> {
            long of = distinct(days);
            figures.addAll(Figure.rate(section, "adoption of " + feature, of, users));
            String name = "daily ÷ period's active users of " + feature;
            figures.add(Figure.number(section, name, mean(days) / of, "", of));
        });
        results.forEach((kind, votes) -> figures.addAll(votes.rate(section, kind)));
        figures.addAll(thumbs.rate(section, "satisfaction (thumbs up)"));
        if (thumbs.all() > 0) { // Where no one was asked, silence is no sign of content.
            long down = Math.min(calls, thumbs.all() - thumbs.good());
            figures.addAll(Figure.rate(section, "complaints (thumbs down per call)", down, calls));
        }
    }

    private void quality(List<Figure> figures) {
        String section = OperationsReport.QUALITY;
        figures.addAll(Figure.rate(section, "success", successes(), calls));
        outcomes.forEach((status, n) -> {
            if (!status.equals("success")) {
                figures.addAll(Figure.rate(section, status, n, calls));
            }
        });
        errors.forEach((kind, n) -> figures.addAll(Figure.rate(section, "error " + kind, n, calls)));
        figures.addAll(Figure.rate(section, "refusals", refusals, calls));
        figures.addAll(Figure.rate(section, "calls with retries", retried, calls));
        if (input > 0) {
            figures.add(Figure.number(
                    section, "input read from the provider's cache", (double) cachedInput / input, "ratio", calls));
        }
        for (String phase : PHASES) {
            Histogram latency = latencies.get(phase);
            if (latency != null) {
                PERCENTILES.forEach((name, percentile) -> figures.add(Figure.number(
                        section,
                        "latency " + phase + " " + name,
                        latency.getValueAtPercentile(percentile) / MICROS_PER_MILLI,
                        "ms",
                        latency.getTotalCount())));
            }
        }
        scores.forEach((name, votes) -> figures.addAll(votes.rate(section, name + " of at least 0.5")));
        figures.add(Figure.count(section, "unreadable lines", unreadable));
    }

    /** Returns the numbers of calls that ran at the same time. */
    List<Figure> saturation() {
        return inFlight.figures(OperationsReport.SATURATION, Duration.between(from, to));
    }

    /** Quality day by day. */
    List<Figure> trends() {
        LocalDate first = day(from);
        LocalDate middle = first.plusDays((ChronoUnit.DAYS.between(first, day(to.minusNanos(1))) + 1) / 2);
        List<Figure> figures = new ArrayList<>(successes.trend("success", middle));
        figures.addAll(thumbs.trend("satisfaction", middle));
        scores.forEach((name, votes) -> figures.addAll(votes.trend(name, middle)));
        return figures;
    }

    /** The good results for the business by their kind, as conversions. */
    Map<String, Long> results() {
        Map<String, Long> good = new TreeMap<>();
        results.forEach((kind, votes) -> good.put(kind, votes.good()));
        return good;
    }
}
