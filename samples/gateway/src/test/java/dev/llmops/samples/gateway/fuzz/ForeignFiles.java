package dev.llmops.samples.gateway.fuzz;

import com.sun.net.httpserver.HttpServer;
import dev.llmops.core.LlmOps;
import dev.llmops.core.record.Operation;
import dev.llmops.cost.ledger.Ledger;
import dev.llmops.quality.cases.CaseFiles;
import dev.llmops.report.evidence.EvidencePack;
import dev.llmops.samples.gateway.security.Credentials;
import dev.llmops.samples.gateway.security.InvalidCredentialsException;
import dev.llmops.samples.gateway.views.SloService;
import dev.llmops.slo.prometheus.PrometheusReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The readers of files, and of what another server answers. */
final class ForeignFiles implements AutoCloseable {

    private static final String SNAPSHOT = "slo.snapshot";

    private final Path folder;
    private final HttpServer server;
    private final PrometheusReader prometheus;
    private volatile byte[] answer = new byte[0];

    ForeignFiles(Path folder) throws IOException {
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        prometheus =
                PrometheusReader.builder(URI.create("http://127.0.0.1:" + port)).build();
    }

    List<ForeignReader> all() throws IOException {
        return List.of(
                new ForeignReader("snapshots of objectives", List.of(snapshot()), this::readSnapshot),
                new ForeignReader("credentials", List.of(bytes(Samples.CREDENTIALS)), this::readCredentials),
                new ForeignReader("answers of Prometheus", List.of(bytes(Samples.QUERY)), this::readAnswer),
                new ForeignReader("evidence packs", List.of(bytes(Samples.MANIFEST), zip()), this::readPack),
                new ForeignReader("cases", List.of(bytes(Samples.CASES)), this::readCases),
                new ForeignReader("segments of the ledger's journal", List.of(segment()), this::readSegment));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] snapshot() throws IOException {
        new SloService(folder, Clock.systemUTC()).close();
        return Files.readAllBytes(folder.resolve(SNAPSHOT));
    }

    private void readSnapshot(byte[] bytes) throws IOException {
        Files.write(folder.resolve(SNAPSHOT), bytes);
        try (SloService objectives = new SloService(folder, Clock.systemUTC())) {
            objectives.json();
        }
    }

    private void readCredentials(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("credentials.yml"), bytes);
        try {
            new Credentials(file);
        } catch (InvalidCredentialsException e) {
            // The gateway does not start, or keeps the credentials that it has.
        }
    }

    /** A pack in one file, with its manifest alone. */
    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("manifest.json"));
            zip.write(bytes(Samples.MANIFEST));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("calls/worst.jsonl"));
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    private void readPack(byte[] bytes) throws IOException {
        if (bytes.length > 1 && bytes[0] == 'P' && bytes[1] == 'K') {
            Path zip = Files.write(folder.resolve("pack.zip"), bytes);
            EvidencePack.read(zip).problems();
        } else {
            Path pack = Files.createDirectories(folder.resolve("pack"));
            Files.write(pack.resolve("manifest.json"), bytes);
            EvidencePack.read(pack).problems();
        }
    }

    private void readCases(byte[] bytes) throws IOException {
        CaseFiles.read(Files.write(folder.resolve("cases.jsonl"), bytes));
    }

    private byte[] segment() throws IOException {
        try (Ledger ledger = ledger(Duration.ofHours(1));
                LlmOps llmops = LlmOps.builder().listener(ledger.listener()).build()) {
            for (int i = 0; i < 3; i++) {
                llmops.call(Operation.CHAT, "openai", "gpt-4o")
                        .user("u" + i)
                        .start()
                        .finish("stop");
            }
        }
        try (Stream<Path> segments = Files.list(folder.resolve("ledger/journal"))) {
            return Files.readAllBytes(segments.filter(file -> file.toString().endsWith(".journal"))
                    .findFirst()
                    .orElseThrow());
        }
    }

    private Ledger ledger(Duration keepJournal) throws IOException {
        return Ledger.at(folder.resolve("ledger"))
                .jdbc("jdbc:h2:mem:foreign;DB_CLOSE_DELAY=-1", null, null)
                .keepJournal(keepJournal)
                .open();
    }

    private void readSegment(byte[] bytes) throws IOException, InterruptedException {
        Path journal = Files.createDirectories(folder.resolve("ledger/journal"));
        try (Stream<Path> old = Files.list(journal)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        Files.write(journal.resolve("0000000000000001.journal"), bytes);
        try (Ledger ledger = ledger(Duration.ZERO)) {
            if (!ledger.flush(Duration.ofSeconds(10))) {
                throw new AssertionError("the ledger waits for ever: " + ledger.stats());
            }
        }
    }

    private void readAnswer(byte[] bytes) {
        answer = bytes;
        prometheus.read(SloService.objectives(), Instant.EPOCH);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
