package dev.llmops.logging.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.create.view.CreateView;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.SelectItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parses the SQL of databases that the tests cannot start: views must be whole, and have the columns of those that are run. */
class OtherDialectsTest {

    private static String read(String file) throws IOException {
        try (InputStream in = OtherDialectsTest.class.getResourceAsStream("/dev/llmops/logging/sql/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
        }
    }

    /** The columns of each view, in order. */
    private static Map<String, List<String>> views(String dialect) throws IOException, JSQLParserException {
        Map<String, List<String>> views = new TreeMap<>();
        for (String statement : statements(dialect)) {
            if (statement.contains(" VIEW ")) {
                // The parser knows the clause for tables only.
                CreateView view = (CreateView) CCJSqlParserUtil.parse(statement.replace("VIEW IF NOT EXISTS", "VIEW"));
                PlainSelect select = (PlainSelect) view.getSelect();
                views.put(
                        view.getView().getName(),
                        select.getSelectItems().stream()
                                .map(OtherDialectsTest::name)
                                .toList());
            }
        }
        return views;
    }

    private static String name(SelectItem<?> item) {
        return item.getAlias() != null ? item.getAlias().getName() : ((Column) item.getExpression()).getColumnName();
    }

    private static List<String> statements(String dialect) throws IOException {
        String withoutComments = read(dialect + ".sql").replaceAll("(?m)^--.*$", "");
        return Arrays.stream(withoutComments.split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bigquery", "clickhouse"})
    void views_have_the_columns_of_those_that_are_run(String dialect) throws Exception {
        assertThat(views(dialect)).isEqualTo(views("duckdb")).containsOnlyKeys("llm_calls", "llm_events");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version-comparison.sql", "bad-cases.sql", "cost-attribution.sql"})
    void analyses_are_one_statement_each_that_a_parser_of_all_dialects_reads(String file) throws Exception {
        assertThat(CCJSqlParserUtil.parseStatements(read(file))).hasSize(1);
    }

    @Test
    void a_view_that_is_cut_off_is_found() {
        assertThat(catchThrowable(() -> CCJSqlParserUtil.parse("CREATE VIEW v AS SELECT a AS b FROM")))
                .isInstanceOf(JSQLParserException.class);
    }
}
