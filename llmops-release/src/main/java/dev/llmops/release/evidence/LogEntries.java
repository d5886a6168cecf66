package dev.llmops.release.evidence;

import dev.llmops.release.arm.AssignmentUnit;
import dev.llmops.release.internal.records.LineBlocks;
import dev.llmops.release.internal.records.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hands what a log says of one release to a table. Not thread-safe; each thread has its own. */
final class LogEntries implements LogLines.Reader {

    private final @Nullable String changeId;
    private final CallTable.Adder table;
    private final LogEvidence.@Nullable Watcher watcher;

    private LogEntries(@Nullable String changeId, CallTable.Adder table, LogEvidence.@Nullable Watcher watcher) {
        this.changeId = changeId;
        this.table = table;
        this.watcher = watcher;
    }

    /**
     * Reads all lines on all processors.
     *
     * @param changeId the release, or null for calls of none
     * @param watcher sees the lines of the release as well; null for none
     * @return the number of lines that cannot be read
     */
    static long read(
            InputStream lines,
            @Nullable String changeId,
            AssignmentUnit unit,
            CallTable table,
            LogEvidence.@Nullable Watcher watcher) {
        return read(new LineBlocks(lines, 0), changeId, unit, table, watcher);
    }

    /** Reads files one behind the other. */
    static long read(List<Path> files, @Nullable String changeId, AssignmentUnit unit, CallTable table) {
        long unreadable = 0;
        long offset = 0;
        for (Path file : files) {
            try (InputStream lines = Files.newInputStream(file)) {
                LineBlocks blocks = new LineBlocks(lines, offset);
                unreadable += read(blocks, changeId, unit, table, null);
                offset = blocks.offset();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the call log " + file, e);
            }
        }
        return unreadable;
    }

    private static long read(
            LineBlocks blocks,
            @Nullable String changeId,
            AssignmentUnit unit,
            CallTable table,
            LogEvidence.@Nullable Watcher watcher) {
        LongAdder unreadable = new LongAdder();
        Workers.run(() -> {
            LineBlocks.Block block = new LineBlocks.Block();
            LogLines reader = new LogLines(unit, new LogEntries(changeId, table.adder(), watcher));
            try {
                while (blocks.next(block)) {
                    reader.read(block);
                }
            } finally {
                blocks.stop(); // The log is at its end, or cannot be judged.
                unreadable.add(reader.unreadable());
            }
        });
        return unreadable.sum();
    }

    /** Reads lines that are texts already, in the thread that asks for them. */
    static long read(Stream<String> lines, @Nullable String changeId, AssignmentUnit unit, CallTable table) {
        return read(lines, new LogLines(unit, new LogEntries(changeId, table.adder(), null)));
    }

    /** Shows the lines of a release, and makes no evidence of them. */
    static void show(Stream<String> lines, String changeId, LogEvidence.Watcher watcher) {
        var unusedUnreadable = read(lines, new LogLines(AssignmentUnit.REQUEST, (line, place, text) -> {
            if (line.isCallOf(changeId)) {
                show(line.call(), line.seen(place, text), watcher);
            } else if (line.isEvent()) {
                watcher.event(line.seen(place, text));
            }
        }));
    }

    private static void show(CallFacts call, LogEvidence.Line line, LogEvidence.Watcher watcher) {
        boolean isBad = !call.status().equals(CallFacts.COMPLETED)
                || call.isRefusal()
                || !call.risks().isEmpty();
        watcher.call(line, call.arm(), isBad, call.durationMillis());
    }

    private static long read(Stream<String> lines, LogLines reader) {
        LineBlocks.Block block = new LineBlocks.Block();
        lines.forEachOrdered(line -> {
            block.add(line.getBytes(StandardCharsets.UTF_8));
            if (block.isFull()) {
                reader.read(block);
                block.goOn();
            }
        });
        reader.read(block);
        return reader.unreadable();
    }

    @Override
    public void read(LogLine line, long place, Supplier<String> text) {
        table.at(place);
        if (line.isCallOf(changeId)) {
            LogCall.requireUnsampled(line.sampleRate);
            CallFacts call = line.call();
            table.add(call);
            if (watcher != null) {
                show(call, line.seen(place, text), watcher);
            }
        } else if (line.isEvent()) {
            judge(line);
            if (watcher != null) {
                watcher.event(line.seen(place, text));
            }
        }
    }

    private void judge(LogLine line) {
        long at = line.atMillis();
        switch (line.schema) {
            case LogLine.FEEDBACK -> table.verdicts(line.callId()).feedback(line.isDown(), at);
            case LogLine.EVALUATION ->
                table.verdicts(line.callId()).evaluation(line.evaluation, line.score(), line.evaluator, at);
            case LogLine.REFUSAL -> table.verdicts(line.callId()).refusal(at);
            default -> line.risks.forEach(risk -> table.verdicts(line.callId()).risk(risk));
        }
    }
}
