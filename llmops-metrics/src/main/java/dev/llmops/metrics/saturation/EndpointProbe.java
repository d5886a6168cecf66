package dev.llmops.metrics.saturation;

import dev.llmops.core.http.HttpPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the Prometheus text endpoint of an inference server or a device exporter. */
final class EndpointProbe implements SaturationProbe {

    private static final int MAX_BYTES = 32 * 1024 * 1024;
    private static final int MAX_PROBLEMS = 3;

    private final String server;
    private final URI uri;
    private final HttpPolicy http;

    EndpointProbe(String server, URI uri, Duration timeout) {
        this.server = server;
        this.uri = uri;
        this.http =
                HttpPolicy.builder().timeout(timeout).maxBodyBytes(MAX_BYTES).build();
    }

    @Override
    public String name() {
        return "endpoint." + server;
    }

    @Override
    public SaturationProbe.Poll poll() throws IOException {
        HttpPolicy.Answer answer = http.send(HttpRequest.newBuilder(uri)
                .header("Accept", "text/plain;version=0.0.4")
                .build());
        if (answer.status() != 200) {
            throw new IOException(uri + " answered with status " + answer.status());
        }
        List<Sample> samples = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        // Not lines(): only a line feed ends a line; a carriage return may be part of a label.
        for (String line : answer.text().split("\n", -1)) {
            read(line, samples, problems);
        }
        List<SaturationProbe.Reading> readings = new ArrayList<>(ServerDialect.read(server, samples));
        readings.addAll(GpuDialect.read(server, samples));
        if (readings.isEmpty() && problems.isEmpty()) {
            problems.add(uri + " shows none of the metrics of a known server");
        }
        return new SaturationProbe.Poll(readings, problems);
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
