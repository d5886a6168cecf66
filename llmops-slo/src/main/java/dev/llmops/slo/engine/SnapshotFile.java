package dev.llmops.slo.engine;

import dev.llmops.slo.Exclusion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * The file that carries windows over a restart: a magic number, a version, the body's length, the body, and a CRC-32C
 * over all of it. It is written beside the old file, forced to disk, and moved over it in one step, so that a crash
 * leaves the old file or the new one and never a part.
 */
final class SnapshotFile {

    private static final long MAGIC = 0x4c4c4d4f5053534cL;
    private static final int OLDEST_VERSION = 1;
    private static final int VERSION = 3;
    private static final int HEADER_BYTES = Long.BYTES + 2 * Integer.BYTES;
    private static final int CHECKSUM_BYTES = Long.BYTES;

    /** A whole snapshot that another release wrote. */
    static final class OtherVersionException extends IOException {

        private static final long serialVersionUID = 1L;

        final int version;

        private OtherVersionException(int version) {
            super("it is of version " + version + ", and this release reads " + OLDEST_VERSION + " to " + VERSION);
            this.version = version;
        }
    }

    /**
     * The content of the file.
     *
     * @param series the state of each series
     * @param exclusions the excluded time that was added at run time
     */
    record Content(List<SeriesImage> series, List<Exclusion> exclusions) {}

    private final Path file;

    SnapshotFile(Path file) {
        this.file = file.toAbsolutePath();
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(
                    "snapshot is " + file + ", a folder — a file — name a file in it, such as slo.snapshot");
        }
    }

    Path path() {
        return file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    void write(Content content) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeInt(content.series.size());
        for (SeriesImage image : content.series) {
            image.write(out);
        }
        out.writeInt(content.exclusions.size());
        for (Exclusion exclusion : content.exclusions) {
            write(exclusion, out);
        }
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + body.size() + CHECKSUM_BYTES);
        bytes.putLong(MAGIC).putInt(VERSION).putInt(body.size()).put(body.toByteArray());
        bytes.putLong(checksum(bytes.array(), bytes.position())).flip();
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads the file.
     *
     * @throws IOException if it cannot be read or is not what was written
     */
    Content read() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length < HEADER_BYTES + CHECKSUM_BYTES) {
            throw new IOException("it has " + bytes.length + " bytes, which is less than a header");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.getLong() != MAGIC) {
            throw new IOException("it does not start like a snapshot");
        }
        int version = buffer.getInt();
        if (version < OLDEST_VERSION || version > VERSION) {
            throw new OtherVersionException(version);
        }
        int length = buffer.getInt();
        if (length != bytes.length - HEADER_BYTES - CHECKSUM_BYTES) {
            throw new IOException("it is cut off: its body should have " + length + " bytes");
        }
        if (checksum(bytes, HEADER_BYTES + length) != buffer.getLong(HEADER_BYTES + length)) {
            throw new IOException("its checksum does not match its content");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, HEADER_BYTES, length));
        List<SeriesImage> series = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            series.add(SeriesImage.read(in, version));
        }
        List<Exclusion> exclusions = new ArrayList<>();
        // Versions 1 and 2 knew no exclusions.
        for (int left = version < 3 ? 0 : in.readInt(); left > 0; left--) {
            exclusions.add(readExclusion(in));
        }
        return new Content(series, exclusions);
    }

    private static void write(Exclusion exclusion, DataOutputStream out) throws IOException {
        out.writeLong(exclusion.from().getEpochSecond());
        out.writeLong(exclusion.to().getEpochSecond());
        out.writeInt(exclusion.objectives().size());
        for (String name : exclusion.objectives()) {
            out.writeUTF(name);
        }
        out.writeUTF(exclusion.by());
        out.writeUTF(exclusion.reason());
    }

    private static Exclusion readExclusion(DataInputStream in) throws IOException {
        Instant from = Instant.ofEpochSecond(in.readLong());
        Instant to = Instant.ofEpochSecond(in.readLong());
        Set<String> objectives = new TreeSet<>();
        for (int left = in.readInt(); left > 0; left--) {
            objectives.add(in.readUTF());
        }
        return new Exclusion(from, to, objectives, in.readUTF(), in.readUTF());
    }

    /** Moves a file that cannot be used out of the way, for people to look at. */
    Path setAside(String why, Instant now) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + "." + why + "-" + now.toEpochMilli());
        return Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return checksum.getValue();
    }
}
