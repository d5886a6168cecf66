package dev.llmops.googlesql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.zetasql.Analyzer;
import com.google.zetasql.AnalyzerOptions;
import com.google.zetasql.SimpleCatalog;
import com.google.zetasql.SimpleTable;
import com.google.zetasql.ZetaSQLBuiltinFunctionOptions;
import com.google.zetasql.ZetaSQLOptions.ProductMode;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateTableStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedCreateViewStmt;
import com.google.zetasql.resolvedast.ResolvedNodes.ResolvedStatement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of the call log and the standard analyses, as the language of BigQuery understands them. */
class CallLogTest {

    private static final Path SQL = Path.of("../../llmops-logging/src/main/resources/dev/llmops/logging/sql");

    private final AnalyzerOptions options = new AnalyzerOptions();
    private final SimpleCatalog catalog = new SimpleCatalog("bigquery");

    @BeforeEach
    void know_what_bigquery_knows() {
        options.getLanguageOptions().enableMaximumLanguageFeatures();
        options.getLanguageOptions().setSupportsAllStatementKinds();
        options.getLanguageOptions().setProductMode(ProductMode.PRODUCT_EXTERNAL);
        options.getLanguageOptions().enableReservableKeyword("QUALIFY");
        catalog.addZetaSQLFunctionsAndTypes(new ZetaSQLBuiltinFunctionOptions(options.getLanguageOptions()));
    }

    private static List<String> statements(String file) throws IOException {
        String withoutComments = Files.readString(SQL.resolve(file)).replaceAll("(?m)^--.*$", "");
        return Arrays.stream(withoutComments.split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private ResolvedStatement analyzed(String statement) {
        return Analyzer.analyzeStatement(statement, options, catalog);
    }

    /** Analyzes the tables and views, each of which the next ones know. */
    private void create() throws IOException {
        for (String statement : statements("bigquery.sql")) {
            ResolvedStatement created = analyzed(statement);
            SimpleTable table;
            if (created instanceof ResolvedCreateTableStmt definition) {
                table = new SimpleTable(definition.getNamePath().get(0));
                definition
                        .getColumnDefinitionList()
                        .forEach(column -> table.addSimpleColumn(column.getName(), column.getType()));
            } else {
                ResolvedCreateViewStmt view = (ResolvedCreateViewStmt) created;
                table = new SimpleTable(view.getNamePath().get(0));
                view.getOutputColumnList()
                        .forEach(column -> table.addSimpleColumn(
                                column.getName(), column.getColumn().getType()));
            }
            catalog.addSimpleTable(table);
        }
    }

    @Test
    void table_and_views_are_valid() throws IOException {
        create();

        assertThat(catalog.getTableNameList()).containsExactlyInAnyOrder("llm_log", "llm_calls", "llm_events");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version-comparison.sql", "bad-cases.sql", "cost-attribution.sql"})
    void each_analysis_is_valid_over_them(String file) throws IOException {
        create();
        String analysis = statements(file).get(0);

        assertThatCode(() -> analyzed(analysis)).doesNotThrowAnyException();
    }
}
