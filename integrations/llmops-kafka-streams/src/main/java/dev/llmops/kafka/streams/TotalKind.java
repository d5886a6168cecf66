package dev.llmops.kafka.streams;

import dev.llmops.cost.accounting.AccountTotals;
import dev.llmops.quality.drift.DriftWindow;
import dev.llmops.release.evidence.GateEvidence;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** A kind of total: values that are added up in any order, and their texts. */
record TotalKind<T>(String word, Function<String, T> read, BinaryOperator<T> plus, Function<T, String> write) {

    static final TotalKind<EventCounts> EVENTS =
            new TotalKind<>("slo", EventCounts::read, EventCounts::plus, EventCounts::write);
    static final TotalKind<AccountTotals> COST =
            new TotalKind<>("cost", AccountTotals::fromJson, AccountTotals::plus, AccountTotals::toJson);
    static final TotalKind<DriftWindow> DRIFT =
            new TotalKind<>("drift", DriftWindow::fromJson, DriftWindow::plus, DriftWindow::toJson);
    static final TotalKind<GateEvidence> EVIDENCE =
            new TotalKind<>("gate", GateEvidence::fromJson, GateEvidence::plus, GateEvidence::toJson);
    static final TotalKind<Histogram> LATENCY =
            new TotalKind<>("latency", Latencies::read, Latencies::plus, Latencies::write);
    static final TotalKind<EventCounts> SKIPPED =
            new TotalKind<>("skipped", EventCounts::read, EventCounts::plus, EventCounts::write);

    private static final List<TotalKind<?>> ALL = List.of(EVENTS, COST, DRIFT, EVIDENCE, LATENCY, SKIPPED);

    static TotalKind<?> of(String word) {
        return ALL.stream()
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kind of total is unknown ('" + word
                        + "') — those of this version are read — run one version of the topology, or reset it"));
    }

    String plusText(String one, String other) {
        return write.apply(plus.apply(read.apply(one), read.apply(other)));
    }
}
