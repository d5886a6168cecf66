package dev.llmops.report.evidence;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Files of a pack on disk. */
final class PackFiles {

    private static final LocalDateTime FIXED_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    // A pack holds samples of a release: a few megabytes. What says it holds more is no pack of ours.
    private static final int MAX_BYTES = 256 << 20;
    private static final int MAX_FILES = 10_000;

    private PackFiles() {}

    static void writeFolder(Path folder, NavigableMap<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Path parent = path.getParent();
            Files.createDirectories(parent == null ? folder : parent);
            Files.write(path, file.getValue());
        }
    }

    /** Entries are stored, because compressed bytes depend on the platform's zlib. */
    static void writeZip(Path zip, NavigableMap<String, byte[]> files) throws IOException {
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                CRC32 crc = new CRC32();
                crc.update(file.getValue());
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(file.getValue().length);
                entry.setCrc(crc.getValue());
                entry.setTimeLocal(FIXED_TIME);
                entries.putNextEntry(entry);
                entries.write(file.getValue());
                entries.closeEntry();
            }
        }
    }

    static NavigableMap<String, byte[]> readFolder(Path folder) throws IOException {
        NavigableMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return files;
    }

    static NavigableMap<String, byte[]> readZip(Path zip) throws IOException {
        NavigableMap<String, byte[]> files = new TreeMap<>();
        int room = MAX_BYTES;
        String file = "its beginning";
        try (InputStream in = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                file = entry.getName();
                if (!entry.isDirectory()) {
                    byte[] content = entries.readNBytes(room);
                    room -= content.length;
                    if (room == 0 || files.size() == MAX_FILES) {
                        throw new IllegalArgumentException("the pack is too large (" + zip + ") — at most " + MAX_BYTES
                                + " bytes in " + MAX_FILES + " files are read — pass a pack as it was written");
                    }
                    files.put(safe(entry.getName()), content);
                }
            }
        } catch (EOFException e) {
            throw new IOException("the zip ends in the middle (" + zip + ")", e);
        } catch (ZipException e) {
            throw new IOException(
                    "the zip was changed at " + file + " (" + zip + ": " + e.getMessage()
                            + ") — bytes as they were written are needed — take a copy of the pack that was not changed",
                    e);
        }
        return files;
    }

    /** Returns a name that stays within the folder of the pack. */
    private static String safe(String name) {
        boolean isSafe = !name.isEmpty()
                && name.indexOf('\\') < 0
                && name.indexOf(':') < 0
                && name.indexOf('\0') < 0
                && Stream.of(name.split("/", -1))
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        if (!isSafe) {
            throw new IllegalArgumentException("a file of the pack has a name that leads elsewhere ('" + name
                    + "') — names within the pack are allowed — do not use this pack");
        }
        return name;
    }
}
