package dev.llmops.metrics.saturation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An inference server or device exporter, read from its Prometheus text endpoint. */
final class EndpointProbe implements SaturationProbe {

    private static final int MAX_BYTES = 32 * 1024 * 1024;
    private static final int MAX_PROBLEMS = 3;

    private final String server;
    private final URI uri;
    private final Duration timeout;

    EndpointProbe(String server, URI uri, Duration timeout) {
        this.server = server;
        this.uri = uri;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return "endpoint." + server;
    }

    @Override
    public SaturationPoll poll() throws IOException {
        List<Sample> samples = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        try {
            connection.setConnectTimeout(Math.toIntExact(timeout.toMillis()));
            connection.setReadTimeout(Math.toIntExact(timeout.toMillis()));
            connection.setUseCaches(false);
            connection.setRequestProperty("Accept", "text/plain;version=0.0.4");
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException(uri + " answered with status " + status);
            }
            try (InputStream body = new BoundedInputStream(connection.getInputStream(), uri, MAX_BYTES, timeout)) {
                read(body, samples, problems);
            }
        } finally {
            connection.disconnect();
        }
        List<SaturationReading> readings = new ArrayList<>(ServerDialect.read(server, samples));
        readings.addAll(GpuDialect.read(server, samples));
        if (readings.isEmpty() && problems.isEmpty()) {
            problems.add(uri + " shows none of the metrics of a known server");
        }
        return new SaturationPoll(readings, problems);
    }

    private static void read(InputStream body, List<Sample> samples, List<String> problems) throws IOException {
        Reader text = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        StringBuilder line = new StringBuilder();
        for (int c = text.read(); c >= 0; c = text.read()) {
            // Not readLine(): only a line feed ends a line; a carriage return may stand in a label.
            if (c == '\n') {
                read(line.toString(), samples, problems);
                line.setLength(0);
            } else {
                line.append((char) c);
            }
        }
        read(line.toString(), samples, problems);
    }

    private static void read(String line, List<Sample> samples, List<String> problems) {
        String text = line.strip();
        String name = Sample.nameOf(text);
        if (ServerDialect.NAMES.contains(name) || GpuDialect.NAMES.contains(name)) {
            try {
                samples.add(Sample.parse(text));
            } catch (IllegalArgumentException e) {
                if (problems.size() < MAX_PROBLEMS) {
                    problems.add(e.getMessage());
                }
            }
        }
    }
}
