package dev.llmops.cost.ledger.internal.journal;

import dev.llmops.cost.ledger.internal.journal.Journal.Segment;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of an earlier run. The end of the last file may be torn and is cut off: it was never acknowledged. What else
 * cannot be read is damage; the whole frames before and behind it are used and the file is kept.
 */
record JournalRecovery(List<Segment> segments, long lastNumber, long frames, long tornBytes) {

    private static final Logger LOG = LoggerFactory.getLogger(JournalRecovery.class);

    static JournalRecovery of(Path directory) throws IOException {
        List<Path> files = files(directory);
        List<Segment> segments = new ArrayList<>();
        long frames = 0;
        long torn = 0;
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            Content content = contentOf(file);
            boolean last = i == files.size() - 1;
            if (content.rest() > 0 && last) {
                torn = content.rest();
                cutOff(file, content.wholeBytes());
                LOG.info("cut {} bytes of unacknowledged entries off {}", torn, file);
            }
            if (content.frames() == 0 && (last || content.rest() == 0)) {
                Files.delete(file);
            } else {
                segments.add(Segment.ofEarlierRun(
                        file, last ? content.wholeBytes() : content.wholeBytes() + content.rest()));
                frames += content.frames();
            }
        }
        long lastNumber = files.isEmpty() ? 0 : Segment.number(files.get(files.size() - 1));
        return new JournalRecovery(segments, lastNumber, frames, torn);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> Segment.isName(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static Content contentOf(Path file) throws IOException {
        long size = Files.size(file);
        long frames = 0;
        try (SegmentReader reader = new SegmentReader(file)) {
            while (reader.next(size) != null) {
                frames++;
            }
            long rest = reader.damagedBytes() == 0 ? 0 : size - reader.wholeBytes();
            return new Content(frames, size - rest, rest);
        }
    }

    private static void cutOff(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
            channel.force(true);
        }
    }

    /** The frames of a file, the end of the last of them, and the bytes behind it that are none. */
    private record Content(long frames, long wholeBytes, long rest) {}
}
