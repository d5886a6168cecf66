package dev.llmops.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL with its default settings on a free loopback port; as root it runs as the user postgres. */
final class LocalPostgres implements AutoCloseable {

    private static final Path BINARIES = Path.of("/usr/lib/postgresql/15/bin");

    private final Path folder;
    private final int port;

    private LocalPostgres(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    static LocalPostgres start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("postgres");
        if (isRoot()) {
            run(List.of("chown", "postgres", folder.toString()));
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LocalPostgres postgres = new LocalPostgres(folder, free.getLocalPort());
            free.close();
            asPostgres("initdb", "-D", postgres.data(), "-A", "trust", "-U", "llmops", "-E", "UTF8", "--locale=C");
            String options =
                    "-p " + postgres.port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + folder;
            asPostgres(
                    "pg_ctl",
                    "-D",
                    postgres.data(),
                    "-w",
                    "-l",
                    folder.resolve("log").toString(),
                    "-o",
                    options,
                    "start");
            return postgres;
        }
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=llmops";
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        asPostgres("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
        delete(folder);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void asPostgres(String binary, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(BINARIES.resolve(binary).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(
                    String.join(" ", command) + " failed; is the Debian package postgresql-15 installed?");
        }
    }
}
