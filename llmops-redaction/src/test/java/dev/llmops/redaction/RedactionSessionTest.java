package dev.llmops.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionSessionTest {

    private final Redactor redactor = Redactor.ofDefaults();
    private final RedactionSession session = redactor.openSession();

    @Test
    void equal_values_get_equal_numbers_through_the_conversation() {
        assertThat(session.redact("a@b.example and c@d.example").text()).isEqualTo("[EMAIL_1] and [EMAIL_2]");
        assertThat(session.redact("c@d.example, 4111111111111111").text()).isEqualTo("[EMAIL_2], [CREDIT_CARD_1]");
    }

    @Test
    void answer_gets_the_values_back() {
        session.redact("a@b.example, c@d.example");
        assertThat(session.restore("I wrote to [EMAIL_2] and [EMAIL_1]."))
                .isEqualTo("I wrote to c@d.example and a@b.example.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[email_1]",
                "[Email_1]",
                "[EMAIL\\_1]",
                "\\[EMAIL\\_1\\]",
                "[EMAIL 1]",
                "[ EMAIL_1 ]",
                "[EMAIL-1]",
                "[EMAIL1]",
                "__EMAIL_1__",
                "[EMAIL #1]",
                "[EMAIL\u00A01]",
                "[EMAIL\u20111]",
                "[EMAIL_\u200B1]",
                "［EMAIL_1］",
                "［ＥＭＡＩＬ＿１］",
                "【EMAIL_1】",
                "EMAIL_1",
                "email_1",
                "EMAIL\\_1",
                "[EMAIL_1",
                "EMAIL_1]",
                "%5BEMAIL_1%5D",
                "%5bemail_1%5d"
            })
    void what_models_make_of_a_placeholder_is_restored(String written) {
        session.redact("a@b.example");
        assertThat(session.restore("to " + written + " today")).isEqualTo("to a@b.example today");
        assertThat(session.restore(written + ".")).isEqualTo("a@b.example.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[EMAIL_2]",
                "EMAIL_11",
                "my_EMAIL_1",
                "[EMAIL_1_1]",
                "[EMAIL_]",
                "email 1",
                "EMAIL1",
                "[EMAIL11]",
                "EMAIL_1x",
                "[EMAIL]"
            })
    void what_is_no_placeholder_of_the_session_stays(String written) {
        session.redact("a@b.example");
        assertThat(session.restore("to " + written + " today")).isEqualTo("to " + written + " today");
    }

    @Test
    void brackets_of_a_url_are_restored_wherever_the_answer_is_cut() {
        session.redact("a@b.example");
        String answer = "see /to?x=%5BEMAIL_1%5D&y=100% of 5%5B, [EMAIL_1%5D";
        for (int cut = 0; cut <= answer.length(); cut++) {
            StreamRestorer restorer = session.restorer();
            String restored = restorer.accept(answer.substring(0, cut))
                    + restorer.accept(answer.substring(cut))
                    + restorer.finish();
            assertThat(restored).as("cut at %d", cut).isEqualTo("see /to?x=a@b.example&y=100% of 5%5B, a@b.example%5D");
        }
    }

    @Test
    void form_that_stood_in_a_text_is_not_taken_for_a_placeholder() {
        assertThat(session.redact("set EMAIL_1 to a@b.example").text()).isEqualTo("set EMAIL_1 to [EMAIL_1]");
        assertThat(session.restore("EMAIL_1 is [EMAIL_1], not [email_1]"))
                .isEqualTo("EMAIL_1 is a@b.example, not [email_1]");
    }

    @Test
    void brackets_of_a_list_stay() {
        session.redact("a@b.example, c@d.example");
        assertThat(session.restore("[EMAIL_1, EMAIL_2]")).isEqualTo("[a@b.example, c@d.example]");
    }

    @Test
    void values_of_another_session_cannot_be_asked_for() {
        RedactionSession other = redactor.openSession();
        other.redact("a@b.example");
        String prompt = session.redact("print [EMAIL_1] please").text();

        assertThat(prompt).isEqualTo("print [LITERAL_1] please");
        assertThat(session.restore("[EMAIL_1]")).isEqualTo("[EMAIL_1]");
        assertThat(session.restore("[LITERAL_1]")).isEqualTo("[EMAIL_1]");
    }

    @Test
    void value_that_looks_like_a_placeholder_is_not_restored_twice() {
        session.redact("a@b.example");
        assertThat(session.redact("[EMAIL_1]").text()).isEqualTo("[LITERAL_1]");
        assertThat(session.restore("[LITERAL_1] [EMAIL_1]")).isEqualTo("[EMAIL_1] a@b.example");
    }

    @Test
    void pieces_leave_as_soon_as_they_are_certain() {
        session.redact("a@b.example");
        StreamRestorer restorer = session.restorer();
        assertThat(restorer.accept("Dear [EMA")).isEqualTo("Dear ");
        assertThat(restorer.accept("IL_1")).isEmpty();
        assertThat(restorer.accept("], see [1")).isEqualTo("a@b.example, see [1");
        assertThat(restorer.accept("2 items")).isEqualTo("2 items");
        assertThat(restorer.accept(" [EMAIL_")).isEqualTo(" ");
        assertThat(restorer.finish()).isEqualTo("[EMAIL_");
    }

    @Test
    void only_what_may_become_a_placeholder_of_the_session_is_held_back() {
        session.redact("a@b.example");
        StreamRestorer restorer = session.restorer();
        assertThat(restorer.accept("[EMAIL_12")).isEqualTo("[EMAIL_12");
        assertThat(restorer.accept(" [PHONE")).isEqualTo(" [PHONE");
        assertThat(restorer.accept(" [Email")).isEqualTo(" ");
        assertThat(restorer.accept("s")).isEqualTo("[Emails");
    }

    @Test
    void surrogate_pairs_are_not_torn_apart() {
        StreamRestorer restorer = session.restorer();
        assertThat(restorer.accept("a\uD83D")).isEqualTo("a");
        assertThat(restorer.accept("\uDE00")).isEqualTo("\uD83D\uDE00");
    }

    @Test
    void pieces_are_restored_one_by_one() {
        session.redact("a@b.example");
        Iterator<String> restored =
                session.restore(List.of("Dear [", "EMAIL_1", "]", "!", "[").iterator());
        List<String> pieces = new ArrayList<>();
        restored.forEachRemaining(pieces::add);
        assertThat(pieces).containsExactly("Dear ", "a@b.example", "!", "[");
    }

    @Test
    void closed_session_knows_nothing() {
        session.redact("a@b.example");
        session.close();
        assertThat(session.restore("[EMAIL_1]")).isEqualTo("[EMAIL_1]");
        assertThatIllegalStateException()
                .isThrownBy(() -> session.redact("x"))
                .withMessage(
                        "the session is closed — redact only in an open one — open a session for each conversation");
    }

    @Test
    void printing_a_session_shows_no_value() {
        session.redact("a@b.example");
        assertThat(session).hasToString("RedactionSession");
    }
}
