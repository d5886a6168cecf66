package dev.llmops.report.operations;

import dev.llmops.metrics.instrument.Instrument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The load of devices and model servers, from Prometheus' answers to range queries of the gauges that a saturation monitor shows. */
final class SaturationFigures {

    /** A device is idle at a sample that shows it busy for less than this share of its time. */
    static final double IDLE_BELOW = .05;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Map<String, Instrument> GAUGES = gauges();
    private static final double HIGH = .95;

    private final Instant from;
    private final Instant to;
    /** Samples of each gauge, by what they were taken of, such as a device. */
    private final Map<Instrument, Map<String, DoubleStream.Builder>> samples = new LinkedHashMap<>();

    SaturationFigures(Instant from, Instant to) {
        this.from = from;
        this.to = to;
    }

    private static Map<String, Instrument> gauges() {
        Map<String, Instrument> gauges = new LinkedHashMap<>();
        for (Instrument gauge : List.of(
                Instrument.GPU_UTILIZATION,
                Instrument.SERVER_KV_CACHE_UTILIZATION,
                Instrument.SERVER_QUEUE_SIZE,
                Instrument.SERVER_RUNNING)) {
            gauges.put(gauge.prometheusName(), gauge);
        }
        return gauges;
    }

    /** So much of what is no answer tells what it is. */
    private static final int SHOWN = 80;

    void read(String answer) {
        JsonNode result;
        try {
            result = MAPPER.readTree(answer).path("data").path("result");
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "the saturation is no JSON (" + e.getOriginalMessage()
                            + ") — Prometheus' answer to a range query — save what /api/v1/query_range answers",
                    e);
        }
        if (!result.isArray()) {
            throw new IllegalArgumentException("the saturation is no answer of Prometheus ("
                    + answer.substring(0, Math.min(SHOWN, answer.length()))
                    + ") — one with status success and a result — save what /api/v1/query_range answers");
        }
        for (JsonNode series : result.values()) {
            Instrument gauge = GAUGES.get(series.path("metric").path("__name__").asString(""));
            if (gauge != null) {
                DoubleStream.Builder values = samples.computeIfAbsent(gauge, key -> new TreeMap<>())
                        .computeIfAbsent(of(gauge, series.path("metric")), key -> DoubleStream.builder());
                series.path("values").values().forEach(sample -> add(values, sample));
            }
        }
    }

    private void add(DoubleStream.Builder values, JsonNode sample) {
        Instant at = Instant.ofEpochMilli(Math.round(sample.path(0).asDouble() * 1e3));
        double value = Double.parseDouble(sample.path(1).asString().replace("Inf", "Infinity"));
        if (!at.isBefore(from) && at.isBefore(to) && Double.isFinite(value)) {
            values.add(value);
        }
    }

    private static String of(Instrument gauge, JsonNode labels) {
        return String.join(
                "/",
                gauge.labels().stream()
                        .map(label -> labels.path(label).asString(""))
                        .toList());
    }

    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        GAUGES.values().forEach(gauge -> {
            Map<String, double[]> parts = new TreeMap<>();
            samples.getOrDefault(gauge, Map.of())
                    .forEach((of, values) ->
                            parts.put(of, values.build().sorted().toArray()));
            double[] all = parts.values().stream()
                    .flatMapToDouble(Arrays::stream)
                    .sorted()
                    .toArray();
            if (all.length > 0) {
                figures.addAll(spread(gauge, all));
                if (gauge == Instrument.GPU_UTILIZATION) {
                    figures.addAll(idle(parts, all));
                }
            }
        });
        return figures;
    }

    private static List<Figure> spread(Instrument gauge, double[] sorted) {
        String unit = gauge.unit().equals("1") ? Figure.RATIO : "";
        String section = OperationsReport.SATURATION;
        int high = (int) Math.ceil(HIGH * sorted.length) - 1;
        double mean = Arrays.stream(sorted).average().orElseThrow();
        return List.of(
                Figure.number(section, gauge.meterName() + ", mean", mean, unit, sorted.length),
                Figure.number(section, gauge.meterName() + ", P95", sorted[high], unit, sorted.length),
                Figure.number(section, gauge.meterName() + ", peak", sorted[sorted.length - 1], unit, sorted.length));
    }

    /** Returns the idle share of time of all devices, and of those that were idle most. */
    private static List<Figure> idle(Map<String, double[]> devices, double[] all) {
        List<Figure> figures = new ArrayList<>(idle("device idle share", all));
        figures.add(Figure.count(OperationsReport.SATURATION, "device count", devices.size()));
        devices.entrySet().stream()
                .filter(device -> device.getValue().length > 0)
                .sorted(Comparator.comparingDouble(device -> -share(device.getValue())))
                .limit(OperationsReport.WORST)
                .forEach(device -> figures.addAll(idle("device idle share of " + device.getKey(), device.getValue())));
        return figures;
    }

    private static List<Figure> idle(String name, double[] values) {
        return List.of(Figure.number(OperationsReport.SATURATION, name, share(values), Figure.RATIO, values.length));
    }

    private static double share(double[] sorted) {
        long idle = IntStream.range(0, sorted.length)
                .filter(i -> sorted[i] < IDLE_BELOW)
                .count();
        return (double) idle / sorted.length;
    }
}
