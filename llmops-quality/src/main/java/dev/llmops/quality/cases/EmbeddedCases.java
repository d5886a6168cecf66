package dev.llmops.quality.cases;

import dev.llmops.core.record.CallRecord;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bad cases whose embeddings are known, the latest of them, and embeddings of calls that may become cases. Not thread-safe. */
final class EmbeddedCases {

    private static final int EXAMPLES = 3;

    private final Map<UUID, float[]> waiting = new LinkedHashMap<>();
    private final Deque<Case> cases = new ArrayDeque<>();

    /** A bad case with the shares of the traffic that version sets had then. */
    @SuppressWarnings("ArrayRecordComponent") // a vector, never compared
    record Case(CallRecord record, float[] vector, Map<String, Double> shares) {}

    void add(UUID callId, float[] vector) {
        waiting.put(callId, vector.clone());
        if (waiting.size() > CaseMiner.MAX_RECENT) {
            waiting.remove(waiting.keySet().iterator().next());
        }
    }

    /** Keeps a bad case if its embedding is known; returns false if an older case had to go for it. */
    boolean keep(CallRecord record, Map<String, Double> shares) {
        float[] vector = waiting.remove(record.info().callId());
        if (vector == null) {
            return true;
        }
        cases.addLast(new Case(record, vector, shares));
        if (cases.size() <= CaseMiner.MAX_EMBEDDED) {
            return true;
        }
        cases.removeFirst();
        return false;
    }

    /** The cases with embeddings of the latest case's length. */
    List<Case> comparable() {
        @Nullable Case latest = cases.peekLast();
        return latest == null
                ? List.of()
                : cases.stream()
                        .filter(each -> each.vector().length == latest.vector().length)
                        .toList();
    }

    /** Groups cases; each group has the signature and the traces of the cases nearest to its centre. */
    static List<CaseGroup> grouped(List<Case> cases, int groups) {
        return EmbeddingClusters.of(cases.stream().map(Case::vector).toList(), groups).stream()
                .map(members -> group(members.stream().map(cases::get).toList(), cases.size()))
                .sorted(Comparator.comparingLong(CaseGroup::count).reversed())
                .toList();
    }

    private static CaseGroup group(List<Case> members, long all) {
        List<Case> nearest = members.subList(0, Math.min(EXAMPLES, members.size()));
        CallRecord medoid = nearest.get(0).record();
        GroupTally tally = new GroupTally(
                CaseGroup.Signature.of("similar", medoid.info().callId().toString(), medoid));
        members.forEach(each -> tally.add(each.record(), each.shares()));
        return tally.read(all);
    }
}
