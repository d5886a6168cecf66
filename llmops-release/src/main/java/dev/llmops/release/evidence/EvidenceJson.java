package dev.llmops.release.evidence;

import dev.llmops.release.arm.Arm;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Evidence as JSON. */
final class EvidenceJson {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final String SCHEMA = "llmops.gate-evidence/1";

    private EvidenceJson() {}

    static String write(GateEvidence evidence) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("schema", SCHEMA);
        root.put("change_id", evidence.changeId());
        List<Map<String, Object>> rows = new ArrayList<>();
        evidence.sums().forEach((key, sums) -> rows.add(row(key, sums)));
        root.put("sums", rows);
        root.put("not_counted", evidence.notCounted());
        return MAPPER.writeValueAsString(root);
    }

    private static Map<String, Object> row(GateEvidence.Key key, MetricSums sums) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("stage", key.stage());
        row.put("series", key.series());
        row.put("arm", key.arm().label());
        row.put("n", sums.n());
        row.put("bad", sums.bad());
        if (sums.sumNanos() != 0 || sums.squares().signum() != 0) {
            row.put("sum_nanos", sums.sumNanos());
            row.put("squares", sums.squares());
        }
        return row;
    }

    static GateEvidence read(String json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("evidence must be JSON, but " + e.getOriginalMessage(), e);
        }
        if (!SCHEMA.equals(root.path("schema").asString(""))) {
            throw new IllegalArgumentException("schema is unknown (" + root.get("schema") + ") — " + SCHEMA
                    + " is read — write evidence with GateEvidence.toJson");
        }
        Map<GateEvidence.Key, MetricSums> sums = new TreeMap<>();
        for (JsonNode row : root.path("sums").values()) {
            GateEvidence.Key key = new GateEvidence.Key(
                    row.path("stage").asString(""),
                    row.path("series").asString(""),
                    Arm.ofLabel(row.path("arm").asString("")));
            BigInteger squares = new BigInteger(row.path("squares").asString("0"));
            sums.put(
                    key,
                    new MetricSums(
                            row.path("n").asLong(0),
                            row.path("bad").asLong(0),
                            row.path("sum_nanos").asLong(0),
                            squares));
        }
        Map<String, Long> notCounted = new TreeMap<>();
        root.path("not_counted")
                .properties()
                .forEach(
                        entry -> notCounted.put(entry.getKey(), entry.getValue().asLong(0)));
        return GateEvidence.of(root.path("change_id").asString(""), sums, notCounted);
    }
}
