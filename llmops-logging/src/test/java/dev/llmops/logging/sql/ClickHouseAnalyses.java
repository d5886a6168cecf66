package dev.llmops.logging.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The published tables and queries on ClickHouse, by its HTTP interface at {@code -Dllmops.clickhouse=URL}; no test of every build,
 * because ClickHouse is in no registry of Maven's. {@code tests/clickhouse/run} brings one and runs this.
 */
class ClickHouseAnalyses extends StandardAnalyses {

    private static final String URL = System.getProperty("llmops.clickhouse");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static int databases;

    private final HttpClient client = HttpClient.newHttpClient();
    private String database = "default";

    @Override
    @BeforeEach
    void serve() throws Exception {
        String fresh = "log" + databases++;
        execute("DROP DATABASE IF EXISTS " + fresh);
        execute("CREATE DATABASE " + fresh);
        database = fresh;
        super.serve();
    }

    @Override
    String dialect() {
        return "clickhouse";
    }

    @Override
    void execute(String sql) throws Exception {
        ask(sql);
    }

    @Override
    void insert(List<String> lines) throws Exception {
        ask("INSERT INTO llm_log (entry) FORMAT JSONAsString\n" + String.join("\n", lines));
    }

    @Override
    List<List<String>> rows(String query) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        for (String line : ask(query).lines().toList()) {
            List<String> row = new ArrayList<>();
            MAPPER.readTree(line).values().forEach(value -> row.add(shown(value(value))));
            rows.add(row);
        }
        return rows;
    }

    private static Object value(JsonNode value) {
        return value.isNumber() ? value.decimalValue() : value.asString("null");
    }

    private String ask(String sql) throws Exception {
        URI address = URI.create(URL + "/?default_format=JSONCompactEachRow&database="
                + URLEncoder.encode(database, StandardCharsets.UTF_8));
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(address)
                        .POST(HttpRequest.BodyPublishers.ofString(sql))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
