package dev.llmops.release.internal.records;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Joins what was said of a call with the call, and hands it to its unit; without reading either. Not thread-safe. */
public final class JudgementJoin implements RecordGroups.Group {

    private final RecordGroups byUnit;
    private final RecordReader reader;
    private final RecordWriter joined;
    private final List<Judgement> judgements = new ArrayList<>();

    /** A judgement's place in the bytes. */
    private record Judgement(long order, int from, int to) {}

    public JudgementJoin(Words words, RecordGroups byUnit) {
        this.byUnit = byUnit;
        this.reader = new RecordReader(words);
        this.joined = new RecordWriter(words);
    }

    /** Begins the body of a record: judgements have even orders, calls odd ones. */
    public static void begin(RecordWriter body, long order, boolean isCall) {
        body.clear().whole(2 * order + (isCall ? 1 : 0));
    }

    @Override
    public void accept(Records records) {
        int call = -1;
        long latest = -1;
        judgements.clear();
        for (int i = 0; i < records.size(); i++) {
            records.select(i);
            long order = reader.at(records.bytes(), records.offset()).whole();
            if (order % 2 == 0) {
                judgements.add(new Judgement(order, reader.offset(), records.offset() + records.length()));
            } else if (order > latest) {
                latest = order;
                call = i;
            }
        }
        if (call >= 0) {
            records.select(call);
            join(records);
        }
    }

    private void join(Records call) {
        byte[] bytes = call.bytes();
        reader.at(bytes, call.offset()).whole();
        int voterLength = (int) reader.whole();
        int voter = reader.offset();
        int facts = voter + voterLength;
        joined.clear().whole(call.keyLength());
        joined.copy(bytes, call.keyOffset(), call.keyLength());
        joined.copy(bytes, facts, call.offset() + call.length() - facts);
        joined.whole(judgements.size());
        judgements.sort(Comparator.comparingLong(Judgement::order));
        for (Judgement each : judgements) {
            joined.copy(bytes, each.from, each.to - each.from);
        }
        byUnit.add(bytes, voter, voterLength, joined);
    }
}
