package dev.llmops.cost.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A real PostgreSQL on a free loopback port, in a temporary folder; as root it runs as the user postgres.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Path BINARIES = Path.of("/usr/lib/postgresql/15/bin");

    private final TemporaryFolder folder;
    private final int port;
    private final boolean waitsForDisk;

    private PostgresServer(TemporaryFolder folder, int port, boolean waitsForDisk) {
        this.folder = folder;
        this.port = port;
        this.waitsForDisk = waitsForDisk;
    }

    /** Nobody pulls the plug here, so it does not wait for the disk. */
    public static PostgresServer start() throws Exception {
        return start(false);
    }

    /** With the default settings, for who measures. */
    public static PostgresServer startWithDefaults() throws Exception {
        return start(true);
    }

    private static PostgresServer start(boolean waitsForDisk) throws Exception {
        if (!Files.isExecutable(BINARIES.resolve("initdb"))) {
            throw new IllegalStateException("these tests need the Debian package postgresql-15 (" + BINARIES + ")");
        }
        TemporaryFolder folder = TemporaryFolder.create("postgres");
        if (isRoot()) {
            run("chown", "postgres", folder.path().toString());
        }
        PostgresServer server = new PostgresServer(folder, LoopbackPort.free(), waitsForDisk);
        asPostgres(
                "initdb", "-D", server.data(), "-A", "trust", "-U", "llmops", "-E", "UTF8", "--locale=C", "--no-sync");
        server.resume();
        return server;
    }

    private String data() {
        return folder.path().resolve("data").toString();
    }

    public void resume() throws Exception {
        asPostgres(
                "pg_ctl",
                "-D",
                data(),
                "-w",
                "-l",
                folder.path().resolve("log").toString(),
                "-o",
                "-p " + port + " -c fsync=" + (waitsForDisk ? "on" : "off")
                        + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + folder.path(),
                "start");
    }

    /** Stops as in a crash. */
    public void stop() throws Exception {
        asPostgres("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
    }

    /** Keeps a copy of the stopped server's data, to which {@link #restore} goes back. */
    public void save() throws Exception {
        run("cp", "-a", data(), data() + ".saved");
    }

    /** Puts the saved copy in the place of the stopped server's data, as a failover to an older copy does. */
    public void restore() throws Exception {
        run("rm", "-rf", data());
        run("mv", data() + ".saved", data());
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=llmops";
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database));
    }

    public void create(String database) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database);
        }
    }

    @Override
    public void close() throws Exception {
        stop();
        folder.close();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void asPostgres(String binary, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(BINARIES.resolve(binary).toString());
        command.addAll(List.of(arguments));
        run(command.toArray(String[]::new));
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
    }
}
