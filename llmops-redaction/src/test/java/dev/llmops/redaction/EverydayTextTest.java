package dev.llmops.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Values as people write them, and sentences that only look like them. */
class EverydayTextTest {

    private final Redactor redactor = Redactor.ofDefaults();
    private final Judge judge = new Judge();

    @ParameterizedTest
    @MethodSource("cases")
    void value_is_replaced_and_ordinary_text_stays(JsonNode row) {
        String text = LabelledCases.text(row);
        String redacted = redactor.redact(text).text();
        String value = row.path("must_not_remain").asString("");
        if (value.isEmpty()) {
            assertThat(redacted).isEqualTo(text);
        } else {
            assertThat(redacted).doesNotContain(value).isNotEqualTo(RedactedText.DROPPED);
        }
        assertThat(judge.isStable(text)).isTrue();
        assertThat(judge.survivesSession(text)).isTrue();
    }

    static Stream<JsonNode> cases() {
        return LabelledCases.everyday().stream();
    }

    @ParameterizedTest
    @MethodSource("found")
    void case_found_in_use_is_right(JsonNode row) {
        value_is_replaced_and_ordinary_text_stays(row);
    }

    static Stream<JsonNode> found() {
        return LabelledCases.found().stream();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "NINO AB 12 34 56 C => UK_NINO",
                "NHS number 943 476 5919 => UK_NHS",
                "Steuer-ID 86 095 742 719 => DE_TAX_ID",
                "NIR 2 55 08 14 168 025 38 => FR_NIR",
                "12345678Z => ES_DNI",
                "X1234567L => ES_NIE",
                "RSSMRA85T10A562S => IT_FISCAL_CODE",
                "BSN 111222333 => NL_BSN",
                "PESEL 44051401359 => PL_PESEL",
                "529.982.247-25 => BR_CPF",
                "11.222.333/0001-81 => BR_CNPJ",
                "Aadhaar 2341 2341 2346 => IN_AADHAAR",
                "PAN ABCPE1234F => IN_PAN",
                "900101-1234567 => KR_RRN",
                "S1234567D => SG_NRIC",
                "A123456(3) => HK_ID",
                "ROC id A123456789 => TW_ID",
                "912-70-1234 => US_ITIN",
                "IMEI 490154203237518 => IMEI",
                "passport C01X00T47 => PASSPORT",
                "CVV 123 => CARD_CVV",
                "OTP 482913 => ONE_TIME_CODE",
                "{SSHA}Yk2mN1vB7LtYhPw03TyRb77q8Zk2mN1v => PASSWORD_HASH"
            })
    void identifier_has_its_type(String text, String type) {
        assertThat(redactor.redact(text).counts()).containsExactly(Map.entry(type, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "NHS number 943 476 5918",
        "Steuer-ID 86 095 742 718",
        "NIR 2 55 08 14 168 025 39",
        "12345678A",
        "RSSMRA85T10A562T",
        "BSN 111222334",
        "PESEL 44051401358",
        "529.982.247-26",
        "11.222.333/0001-82",
        "Aadhaar 2341 2341 2347",
        "S1234567E",
        "IMEI 490154203237519"
    })
    void wrong_check_digit_stays(String text) {
        assertThat(redactor.redact(text).text()).isEqualTo(text);
    }

    @Test
    void policy_may_name_the_countries_whose_identifiers_it_replaces() {
        Redactor german = Redactor.builder().countries("DE").build();
        assertThat(german.redact("Steuer-ID 86 095 742 719, CPF 529.982.247-25").text())
                .isEqualTo("Steuer-ID [DE_TAX_ID], CPF 529.982.247-25");
    }

    @Test
    void name_and_value_in_fields_of_their_own_are_read_together_in_trees() {
        assertThat(redactor.redactTree(Map.of("name", "DB_PASSWORD", "value", "Sommer99x"))
                        .value())
                .isEqualTo(Map.of("name", "DB_PASSWORD", "value", "[SECRET_ASSIGNMENT]"));
        assertThat(redactor.redactTree(Map.of("variable", Map.of("db_password", Map.of("default", "Sommer99x"))))
                        .value()
                        .toString())
                .doesNotContain("Sommer99x");
    }
}
