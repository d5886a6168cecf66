package dev.llmops.logging.backends;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The real back ends, and where each of their outputs keeps a record. */
enum BackEnd {
    LOGBACK_15_JSON("logback15", "LogbackProbe", "json", Place.KVP_LIST),
    LOGBACK_15_MESSAGE("logback15", "LogbackProbe", "message", Place.TEXT),
    LOGBACK_15_PAIRS("logback15", "LogbackProbe", "pairs", Place.TEXT),
    LOGBACK_16_JSON("logback16", "LogbackProbe", "json", Place.KVP_LIST),
    LOGBACK_16_MESSAGE("logback16", "LogbackProbe", "message", Place.TEXT),
    LOGBACK_16_PAIRS("logback16", "LogbackProbe", "pairs", Place.TEXT),
    LOGSTASH("logstash", "LogstashProbe", "logstash", Place.TOP_LEVEL),
    ELASTIC("elastic", "ElasticProbe", "elastic", Place.TOP_LEVEL),
    SPRING_BOOT_ECS("spring-boot", "SpringBootProbe", "ecs", Place.NESTED_BY_DOTS),
    SPRING_BOOT_GELF("spring-boot", "SpringBootProbe", "gelf", Place.GELF),
    SPRING_BOOT_LOGSTASH("spring-boot", "SpringBootProbe", "logstash", Place.TOP_LEVEL),
    LOG4J_ECS("log4j", "Log4jProbe", "ecs", Place.TOP_LEVEL),
    LOG4J_GELF("log4j", "Log4jProbe", "gelf", Place.GELF),
    LOG4J_LOGSTASH("log4j", "Log4jProbe", "logstash", Place.MDC),
    OPENTELEMETRY("opentelemetry", "OpenTelemetryProbe", "opentelemetry", Place.ATTRIBUTES),
    OPENTELEMETRY_DEFAULTS("opentelemetry", "OpenTelemetryDefaultsProbe", "opentelemetry", Place.ATTRIBUTES),
    SLF4J_SIMPLE("slf4j-simple", "SimpleProbe", "simple", Place.TEXT),
    JUL("jul", "JulProbe", "jul", Place.TEXT);

    /** Where a line keeps the pairs that were logged. */
    enum Place {
        /** Fields of the line. */
        TOP_LEVEL,
        /** Fields of the line, dotted names split into objects. */
        NESTED_BY_DOTS,
        /** Fields of the line with an underscore before their names. */
        GELF,
        /** Objects in the list {@code kvpList}. */
        KVP_LIST,
        /** The object {@code mdc}. */
        MDC,
        /** The object {@code attributes}. */
        ATTRIBUTES,
        /** Somewhere in a line of text. */
        TEXT
    }

    private static final Map<String, Map<String, List<String>>> RUNS = new LinkedHashMap<>();

    final Place place;

    /** Spring Boot 4.1 encodes each half of a surrogate pair by itself. */
    final boolean losesSupplementaryCharacters;

    private final String jars;
    private final String probe;
    private final String output;

    BackEnd(String jars, String probe, String output, Place place) {
        this.jars = jars;
        this.probe = probe;
        this.output = output;
        this.place = place;
        this.losesSupplementaryCharacters = jars.equals("spring-boot");
    }

    /** What a scenario left in this output. Outputs of one back end share a run. */
    Result play(Scenario scenario, String mode, Map<String, String> mdc) throws Exception {
        Map<String, String> settings = new LinkedHashMap<>(mdc);
        settings.put("scenario", scenario.name());
        settings.put("mode", mode);
        String key = jars + probe + settings;
        if (!RUNS.containsKey(key)) {
            RUNS.put(key, Isolated.run(jars, probe, settings));
        }
        Map<String, List<String>> run = RUNS.get(key);
        return new Result(
                this,
                run.getOrDefault(output, List.of()),
                run.get(Probe.EXPECTED),
                run.getOrDefault(Probe.WARNINGS, List.of()));
    }

    Result play(Scenario scenario, String mode) throws Exception {
        return play(scenario, mode, Map.of());
    }

    /**
     * @param backEnd who wrote it
     * @param lines what it wrote, line by line
     * @param expected the records that were logged, as JSON
     * @param warnings what the log said about the back end
     */
    record Result(BackEnd backEnd, List<String> lines, List<String> expected, List<String> warnings) {}
}
