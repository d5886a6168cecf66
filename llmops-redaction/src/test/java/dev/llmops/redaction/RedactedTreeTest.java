package dev.llmops.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.llmops.core.record.Redaction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactedTreeTest {

    private static final String SECRET = "Rain2025x";

    private final Redactor redactor = Redactor.ofDefaults();

    @Test
    void values_are_replaced_at_every_depth_with_their_paths() {
        RedactedTree tree = redactor.redactTree(
                Map.of("messages", List.of(Map.of("content", "hi"), Map.of("content", "mail a@b.example"))));
        assertThat(tree.value())
                .isEqualTo(Map.of("messages", List.of(Map.of("content", "hi"), Map.of("content", "mail [EMAIL]"))));
        assertThat(tree.anonymizedFields()).containsExactly("messages[1].content");
        assertThat(tree.counts()).isEqualTo(Map.of("EMAIL", 1));
        assertThat(tree.status()).isEqualTo(Redaction.Status.REDACTED);
    }

    @Test
    void name_of_a_field_says_what_its_value_is() {
        RedactedTree tree = redactor.redactTree(Map.of(
                "password",
                "letmein",
                "phone",
                5321234567L,
                "count",
                5321234567L,
                "card",
                4111111111111111L,
                "pin",
                "letmein"));
        assertThat(tree.value())
                .isEqualTo(Map.of(
                        "password", "[SECRET_ASSIGNMENT]",
                        "phone", "[PHONE]",
                        "count", 5321234567L,
                        "card", "[CREDIT_CARD]",
                        "pin", "letmein"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"let\"me7in", "let'me\"7in", "letme7\nin", "letme7\\nin", "let\\\"me7in"})
    void secret_field_is_replaced_to_its_end_whatever_it_holds(String value) {
        assertThat(redactor.redactTree(Map.of("password", value)).value())
                .isEqualTo(Map.of("password", "[SECRET_ASSIGNMENT]"));
    }

    @Test
    void long_token_is_replaced_by_its_name() {
        String token = "q7Lm2pZ9".repeat(256);
        assertThat(redactor.redactTree(Map.of("access_token", token)).value())
                .isEqualTo(Map.of("access_token", "[SECRET_ASSIGNMENT]"));
    }

    @ParameterizedTest
    @MethodSource("namedElsewhere")
    void value_is_replaced_where_another_field_or_element_names_it(Object tree) {
        assertThat(redactor.redactTree(tree).value().toString())
                .doesNotContain(SECRET)
                .contains("[SECRET_ASSIGNMENT]");
    }

    static Stream<Object> namedElsewhere() {
        return Stream.of(
                Map.of("key", "password", "val", SECRET),
                Map.of("k", "password", "v", SECRET),
                Map.of("Name", "DB_PASSWORD", "Value", SECRET),
                Map.of("ParameterKey", "DbPassword", "ParameterValue", SECRET),
                Map.of("Env", List.of("LANG=C", "MYSQL_ROOT_PASSWORD=" + SECRET)),
                Map.of("headers", List.of(List.of("X-Api-Key", "a81kQpW02mNv" + SECRET), List.of("Accept", "*/*"))),
                Map.of("attributes", List.of(Map.of("key", "db.password", "value", Map.of("stringValue", SECRET)))),
                Map.of(
                        "key",
                        "db.password",
                        "value",
                        Map.of("arrayValue", Map.of("values", List.of(Map.of("stringValue", SECRET))))),
                Map.of("columns", List.of("user", "password"), "rows", List.of(List.of("bob", SECRET))),
                Map.of("fields", List.of("user", "password"), "values", List.of("bob", SECRET)),
                List.of("mysql", "-u", "root", "--password", SECRET, "shop"),
                List.of("docker", "login", "-u", "bob", "-p", SECRET),
                List.of("curl", "-u", "bob:" + SECRET, "https://h.example"));
    }

    @ParameterizedTest
    @MethodSource("namesAlone")
    void list_of_names_and_ordinary_arguments_stay(Object tree) {
        assertThat(redactor.redactTree(tree).value()).isEqualTo(tree);
    }

    static Stream<Object> namesAlone() {
        return Stream.of(
                List.of("password", "email"),
                Map.of("fields", List.of("user", "password")),
                Map.of("columns", List.of("user", "password"), "rows", List.of(List.of("bob", "hidden"))),
                Map.of("label", "Password", "id", "field2"),
                Map.of("key", "token_count", "value", "12345678"),
                List.of("git", "commit", "-m", "Add password reset2"),
                List.of("docker", "run", "-p", "8080:80"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1e-999999999"})
    void number_of_a_billion_digits_is_not_written_out(String bomb) {
        Map<String, BigDecimal> tree = Map.of("n", new BigDecimal(bomb));
        assertThat(redactor.redactTree(tree).value()).isEqualTo(tree);
    }

    @Test
    void number_that_writes_itself_as_text_is_judged_as_text() {
        Number odd = new Number() {
            @Override
            public int intValue() {
                return 0;
            }

            @Override
            public long longValue() {
                return 0;
            }

            @Override
            public float floatValue() {
                return 0;
            }

            @Override
            public double doubleValue() {
                return 0;
            }

            @Override
            public String toString() {
                return "owed by a@b.example";
            }
        };
        assertThat(redactor.redactTree(odd).value()).isEqualTo("owed by [EMAIL]");
    }

    @Test
    void keys_are_redacted_and_stay_apart() {
        RedactedTree tree = redactor.redactTree(Map.of("x", Map.of("a@b.example", 1, "c@d.example", 2)));
        assertThat(((Map<?, ?>) ((Map<?, ?>) tree.value()).get("x"))
                        .keySet().stream().map(Object::toString))
                .containsExactlyInAnyOrder("[EMAIL]", "[EMAIL]#2");
        assertThat(tree.anonymizedFields()).containsExactly("x.[EMAIL]", "x.[EMAIL]#2");
    }

    @Test
    void numbers_booleans_and_nulls_stay_what_they_are() {
        List<Object> values = Arrays.asList(1, 2.5, Double.NaN, true, null);
        assertThat(redactor.redactTree(values).value()).isEqualTo(values);
    }

    @Test
    void circle_is_cut_off() {
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        assertThat(redactor.redactTree(circle).status()).isEqualTo(Redaction.Status.DROPPED);
    }

    @Test
    void printing_a_tree_shows_no_value() {
        assertThat(redactor.redactTree(Map.of("k", "a@b.example")))
                .hasToString("RedactedTree[status=REDACTED, counts={EMAIL=1}]");
    }
}
