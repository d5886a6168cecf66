package dev.llmops.logging.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.LlmCall;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.CallError;
import dev.llmops.core.record.CallRecord;
import dev.llmops.core.record.Cost;
import dev.llmops.core.record.CostState;
import dev.llmops.core.record.ErrorKind;
import dev.llmops.core.record.LlmEvent;
import dev.llmops.core.record.Operation;
import dev.llmops.core.record.Outcome;
import dev.llmops.core.record.RiskFinding;
import dev.llmops.core.record.TokenUsage;
import dev.llmops.core.testing.FakeTicker;
import dev.llmops.core.testing.RecordingListener;
import dev.llmops.core.version.VersionSet;
import dev.llmops.logging.CallLog;
import dev.llmops.logging.LogEntry;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The published tables and queries on a database, held against sums over the same calls in this process. */
abstract class StandardAnalyses {

    private final FakeTicker ticker = new FakeTicker();
    private final List<LogEntry> entries = new ArrayList<>();
    private final RecordingListener live = new RecordingListener();
    private final Random random = new Random(5);

    abstract String dialect();

    abstract void execute(String sql) throws Exception;

    /** Adds lines of the log to the table. */
    abstract void insert(List<String> lines) throws Exception;

    /** The rows of a query, with null as a word and numbers without zeros at their end. */
    abstract List<List<String>> rows(String query) throws Exception;

    @BeforeEach
    void serve() throws Exception {
        try (LlmOps llmops = LlmOps.builder()
                .detectVersions(false)
                .ticker(ticker)
                .clock(ticker.clock())
                .enricher(StandardAnalyses::priced)
                .listener(live)
                .listener(CallLog.builder().sink(entries::add).build())
                .build()) {
            for (int i = 0; i < 400; i++) {
                call(llmops, i);
            }
        }
        for (String each : resource(dialect() + ".sql").split(";\\s*\n")) {
            execute(each);
        }
        insert(entries.stream().map(LogEntry::json).toList());
        insert(List.of(entries.get(0).json())); // a copy of a call
    }

    private static CallRecord priced(CallRecord record) {
        long tokens = record.usage().inputTokens().orElse(0);
        if (tokens % 10 == 0) {
            return record.toBuilder().cost(Cost.unpriced("USD")).build();
        }
        String currency = "eu".equals(record.info().feature()) ? "EUR" : "USD";
        return record.toBuilder()
                .cost(new Cost(CostState.EXACT, BigDecimal.valueOf(tokens, 7), currency, List.of(), null))
                .build();
    }

    private void call(LlmOps llmops, int number) {
        try (LlmCall call = llmops.call(Operation.CHAT, "openai", "gpt")
                .tenant(number % 7 == 0 ? null : "tenant-" + number % 3)
                .feature(number % 2 == 0 ? "eu" : "us")
                .purpose(number % 25 == 0 ? "judge" : null)
                .requestId("r-" + number)
                .versionSet(VersionSet.builder().prompt("v" + number % 2).build())
                .start()) {
            ticker.advanceMillis(100 + random.nextInt(3_000));
            call.usage(TokenUsage.inclusive(1 + random.nextInt(900), random.nextInt(90)));
            switch (random.nextInt(20)) {
                case 0 -> call.fail(CallError.of(ErrorKind.OVERLOADED));
                case 1 -> call.timeOut();
                case 2 -> call.cancel();
                case 3 -> {
                    call.refusal();
                    call.finish("stop");
                }
                case 4 -> {
                    call.risk(new RiskFinding("pii_leak", "blocked", null));
                    call.finish("stop");
                }
                default -> call.finish("stop");
            }
        }
        later(llmops, "r-" + number);
    }

    private void later(LlmOps llmops, String request) {
        for (int i = random.nextInt(3); i > 0; i--) {
            ticker.advanceMillis(10);
            llmops.feedback(request, random.nextBoolean() ? LlmEvent.Verdict.UP : LlmEvent.Verdict.DOWN, null);
        }
        if (random.nextInt(4) == 0) {
            llmops.evaluation(request, "faithfulness", random.nextDouble(), null, null, "judge@1");
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream sql =
                Objects.requireNonNull(CallLog.class.getResourceAsStream("/dev/llmops/logging/sql/" + name), name)) {
            return new String(sql.readAllBytes(), UTF_8);
        }
    }

    static String shown(Object value) {
        return value instanceof Number number
                ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }

    private static List<String> listOf(Object... values) {
        return Arrays.stream(values).map(StandardAnalyses::shown).toList();
    }

    private static long count(List<CallRecord> calls, Function<CallRecord, Boolean> counts) {
        return calls.stream().filter(counts::apply).count();
    }

    /** Null where no call has an amount, as in SQL. */
    private static BigDecimal amount(List<CallRecord> calls) {
        return calls.stream()
                .map(call -> call.cost().amountOrNull())
                .filter(Objects::nonNull)
                .reduce(BigDecimal::add)
                .orElse(null);
    }

    private static boolean failed(CallRecord call) {
        return call.outcome() == Outcome.FAILED || call.outcome() == Outcome.TIMED_OUT;
    }

    private Map<List<String>, List<CallRecord>> groups(boolean product, Function<CallRecord, List<String>> key) {
        return live.records().stream()
                .filter(call -> !product || call.info().purpose() == null)
                .collect(Collectors.groupingBy(
                        key, () -> new TreeMap<>(Comparator.comparing(List::toString)), Collectors.toList()));
    }

    private List<LlmEvent> said(CallRecord call) {
        return live.events().stream()
                .filter(event -> event.call().callId().equals(call.info().callId()))
                .toList();
    }

    private LlmEvent.Verdict thumb(CallRecord call) {
        LlmEvent.Verdict last = null;
        for (LlmEvent event : said(call)) {
            last = event instanceof LlmEvent.Feedback feedback ? feedback.verdict() : last;
        }
        return last;
    }

    @Test
    void versions_compare_as_in_this_process() throws Exception {
        List<List<String>> expected = new ArrayList<>();
        groups(true, call -> listOf(call.info().versionSet().id(), call.cost().currency()))
                .forEach((key, calls) -> {
                    List<Long> times = calls.stream()
                            .map(call -> call.timing().durationNanos())
                            .sorted()
                            .toList();
                    expected.add(listOf(
                            key.get(0),
                            key.get(1),
                            calls.size(),
                            count(calls, StandardAnalyses::failed),
                            count(calls, CallRecord::isRefusal),
                            count(calls, call -> thumb(call) == LlmEvent.Verdict.UP),
                            count(calls, call -> thumb(call) == LlmEvent.Verdict.DOWN),
                            times.get((95 * times.size() + 99) / 100 - 1) / 1e6,
                            amount(calls)));
                });
        assertThat(expected).hasSize(3);
        assertThat(rows(resource("version-comparison.sql"))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void cost_is_attributed_as_in_this_process() throws Exception {
        List<List<String>> expected = new ArrayList<>();
        groups(
                        false,
                        call -> listOf(
                                call.info().tenant(),
                                call.info().feature(),
                                "gpt",
                                call.cost().currency()))
                .forEach((key, calls) -> {
                    List<CallRecord> wasted = calls.stream()
                            .filter(call -> call.outcome() != Outcome.COMPLETED)
                            .toList();
                    List<CallRecord> judges = calls.stream()
                            .filter(call -> call.info().purpose() != null)
                            .toList();
                    List<Object> row = new ArrayList<>(key);
                    row.addAll(Arrays.asList(
                            calls.size(),
                            count(calls, call -> call.cost().amountOrNull() == null),
                            calls.stream()
                                    .mapToLong(
                                            call -> call.usage().inputTokens().orElse(0))
                                    .sum(),
                            calls.stream()
                                    .mapToLong(
                                            call -> call.usage().outputTokens().orElse(0))
                                    .sum(),
                            amount(calls),
                            Objects.requireNonNullElse(amount(wasted), BigDecimal.ZERO),
                            Objects.requireNonNullElse(amount(judges), BigDecimal.ZERO)));
                    expected.add(listOf(row.toArray()));
                });
        assertThat(expected).hasSizeGreaterThan(8);
        assertThat(rows(resource("cost-attribution.sql"))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void bad_cases_are_grouped_as_in_this_process() throws Exception {
        Map<List<String>, List<String>> bad = new HashMap<>();
        for (CallRecord call : live.records()) {
            String reason = reason(call);
            if (call.info().purpose() == null && reason != null) {
                String detail = !call.risks().isEmpty()
                        ? call.risks().get(0).type()
                        : call.error() == null ? "" : call.error().kind().name();
                bad.computeIfAbsent(
                                listOf(
                                        reason,
                                        detail,
                                        call.info().feature(),
                                        call.info().versionSet().id()),
                                key -> new ArrayList<>())
                        .add(call.info().callId().toString());
            }
        }
        List<List<String>> expected = new ArrayList<>();
        bad.forEach((key, ids) -> {
            List<Object> row = new ArrayList<>(key);
            row.add(ids.size());
            row.add(ids.stream().max(Comparator.naturalOrder()).orElseThrow());
            expected.add(listOf(row.toArray()));
        });
        assertThat(expected.stream().map(row -> row.get(0)).distinct())
                .containsExactlyInAnyOrder("risk", "error", "timeout", "refusal", "thumbs down", "low score");
        assertThat(rows(resource("bad-cases.sql"))).containsExactlyInAnyOrderElementsOf(expected);
    }

    private String reason(CallRecord call) {
        if (!call.risks().isEmpty()) {
            return "risk";
        }
        if (failed(call)) {
            return call.outcome().status();
        }
        if (call.isRefusal()) {
            return "refusal";
        }
        boolean down = false;
        boolean low = false;
        for (LlmEvent event : said(call)) {
            down |= event instanceof LlmEvent.Feedback feedback && feedback.verdict() == LlmEvent.Verdict.DOWN;
            low |= event instanceof LlmEvent.Evaluation evaluation && evaluation.score() < 0.5;
        }
        return down ? "thumbs down" : low ? "low score" : null;
    }

    @Test
    void a_copy_of_a_call_is_one_call() throws Exception {
        assertThat(rows("SELECT COUNT(*) FROM llm_calls")).containsExactly(List.of("400"));
    }
}
