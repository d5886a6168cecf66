package dev.llmops.cli.internal.io;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The files that a command reads line by line, never as a whole.
 *
 * @since 0.1.0
 */
public final class LogFiles {

    private static final int BUFFER = 1 << 16;
    private static final String STANDARD_INPUT = "-";

    @Parameters(
            arity = "1..*",
            paramLabel = "LOG",
            description = "Files of JSON lines, oldest first, also gzipped; - for standard input.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--quiet", description = "Show no progress on standard error.")
    private boolean quiet;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** Made by the command line. */
    public LogFiles() {}

    /**
     * Reads all lines of all files.
     *
     * @param <T> what comes of it
     * @param reader takes the lines, which are closed when it returns
     * @return what the reader returned
     * @throws UncheckedIOException if a file cannot be read
     */
    public <T> T read(Function<Stream<String>, T> reader) {
        Progress shown = new Progress(spec.commandLine().getErr(), !quiet && Progress.isSeen(), totalBytes());
        return read(shown, bytes -> {
            BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), BUFFER);
            return reader.apply(lines.lines().peek(line -> shown.line()));
        });
    }

    /**
     * Reads all bytes of all files, of which each ends with the end of a line; for readers that are quicker than lines of text.
     *
     * @param <T> what comes of it
     * @param reader takes the bytes, which are closed when it returns
     * @return what the reader returned
     * @throws UncheckedIOException if a file cannot be read
     */
    public <T> T readBytes(Function<InputStream, T> reader) {
        Progress shown = new Progress(spec.commandLine().getErr(), !quiet && Progress.isSeen(), totalBytes());
        return read(shown, reader);
    }

    private <T> T read(Progress shown, Function<InputStream, T> reader) {
        try (InputStream bytes = new JoinedFiles(files.iterator(), file -> open(file, shown))) {
            T result = reader.apply(bytes);
            shown.done();
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the files", e);
        }
    }

    private long totalBytes() {
        long total = 0;
        for (String file : files) {
            if (Files.isDirectory(Path.of(file))) {
                throw new IllegalArgumentException(
                        file + " is a folder — files of JSON lines are allowed — pass the files in it");
            }
            try {
                total += file.equals(STANDARD_INPUT) ? 0 : Files.size(Path.of(file));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
        return files.contains(STANDARD_INPUT) ? 0 : total;
    }

    private static InputStream open(String file, Progress progress) {
        try {
            InputStream raw = file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file));
            InputStream counted = new Counted(raw, progress);
            return PlainBytes.of(counted);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static final class Counted extends FilterInputStream {

        private final Progress progress;

        Counted(InputStream in, Progress progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            progress.bytes(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            progress.bytes(read);
            return read;
        }
    }
}
