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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Hands what a log says of one release to a table. Not thread-safe; each thread has its own. */
final class LogEntries implements LogLines.Reader {

    private final @Nullable String changeId;
    private final CallTable.Adder table;

    private LogEntries(@Nullable String changeId, CallTable.Adder table) {
        this.changeId = changeId;
        this.table = table;
    }

    /**
     * Reads all lines on all processors.
     *
     * @param changeId the release, or null for calls of none
     * @return the number of lines that cannot be read
     */
    static long read(InputStream lines, @Nullable String changeId, AssignmentUnit unit, CallTable table) {
        return read(new LineBlocks(lines, 0), changeId, unit, table);
    }

    /** Reads files one behind the other. */
    static long read(List<Path> files, @Nullable String changeId, AssignmentUnit unit, CallTable table) {
        long unreadable = 0;
        long offset = 0;
        for (Path file : files) {
            try (InputStream lines = Files.newInputStream(file)) {
                LineBlocks blocks = new LineBlocks(lines, offset);
                unreadable += read(blocks, changeId, unit, table);
                offset = blocks.offset();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the call log " + file, e);
            }
        }
        return unreadable;
    }

    private static long read(LineBlocks blocks, @Nullable String changeId, AssignmentUnit unit, CallTable table) {
        LongAdder unreadable = new LongAdder();
        Workers.run(() -> {
            LineBlocks.Block block = new LineBlocks.Block();
            LogLines reader = new LogLines(unit, new LogEntries(changeId, table.adder()));
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
        LogLines reader = new LogLines(unit, new LogEntries(changeId, table.adder()));
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
    public void read(LogLine line, long place) {
        table.at(place);
        switch (line.schema) {
            case "llmops.call/1" -> {
                if (changeId == null ? line.change == null : changeId.equals(line.change)) {
                    LogCall.requireUnsampled(line.sampleRate);
                    table.add(line.call());
                }
            }
            case "llmops.feedback/1" -> {
                long at = line.atMillis();
                table.verdicts(line.callId()).feedback(line.verdict.equals("down"), at);
            }
            case "llmops.evaluation/1" -> {
                long at = line.atMillis();
                table.verdicts(line.callId()).evaluation(line.evaluation, line.score, line.evaluator, at);
            }
            case "llmops.refusal/1" -> {
                long at = line.atMillis();
                table.verdicts(line.callId()).refusal(at);
            }
            case "llmops.risk/1" ->
                line.risks.forEach(risk -> table.verdicts(line.callId()).risk(risk));
            default -> {
                // An entry of another kind.
            }
        }
    }
}
