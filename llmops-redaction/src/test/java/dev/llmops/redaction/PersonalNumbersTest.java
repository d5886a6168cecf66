package dev.llmops.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalNumbersTest {

    @ParameterizedTest
    @ValueSource(strings = {"11010119250224642X", "11010119250224642x", "410105191610233396"})
    void identity_number_is_found_beside_ideographs(String id) {
        assertThat(Found.in("身份证" + id + "已登记")).containsExactly("CN_ID_CARD " + id);
    }

    @Test
    void identity_number_in_groups_is_found() {
        assertThat(Found.in("号码为520103 19110206 7152。")).containsExactly("CN_ID_CARD 520103 19110206 7152");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "110101192502246420", // wrong check digit
                "320102208703057384", // born in the future
                "010219121902301234", // no such day
                "160101192001013235", // no such province
                "1101011925022464200", // a digit too many
                "11010119250224642" // a digit too few
            })
    void near_miss_of_an_identity_number_stays(String text) {
        assertThat(Found.in("编号" + text)).noneMatch(found -> found.startsWith("CN_ID_CARD"));
    }

    @Test
    void identity_number_of_fifteen_digits_needs_a_word() {
        assertThat(Found.in("身份证110101250224642")).containsExactly("CN_ID_CARD 110101250224642");
        assertThat(Found.in("编号110101250224642。")).isEmpty();
        assertThat(Found.in("身份证110101250230642")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "13812345678",
                "138 1234 5678",
                "138-1234-5678",
                "+8613812345678",
                "+86 138 1234 5678",
                "+86-138-1234-5678",
                "008613812345678",
                "86-13812345678",
                "19912345678"
            })
    void mobile_number_is_found(String mobile) {
        assertThat(Found.in("请打" + mobile + "找我")).containsExactly("CN_MOBILE " + mobile);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12812345678", "1381234567", "138123456789", "a13812345678", "3.13812345678"})
    void near_miss_of_a_mobile_number_stays(String text) {
        assertThat(Found.in("批次" + text + "。")).isEmpty();
    }

    @Test
    void credit_code_is_found_by_its_check() {
        assertThat(Found.in("（91520103G92F822A0B）")).containsExactly("CN_USCC 91520103G92F822A0B");
        assertThat(Found.in("（91520103G92F822A0C）")).isEmpty();
        assertThat(Found.in("公司税号是92230102HDG175F33K")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"078-05-1123", "078 05 1123", "078.05.1123"})
    void social_security_number_in_groups_is_found(String ssn) {
        assertThat(Found.in("it is " + ssn + ".")).containsExactly("US_SSN " + ssn);
    }

    @Test
    void social_security_number_of_bare_digits_needs_a_word() {
        assertThat(Found.in("my SSN is 078051123")).containsExactly("US_SSN 078051123");
        assertThat(Found.in("ticket 078051123")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "000-05-1123",
                "666-05-1123",
                "900-05-1123",
                "078-00-1123",
                "078-05-0000",
                "078-05.1123",
                "1-078-05-1123"
            })
    void void_social_security_number_stays(String text) {
        assertThat(Found.in("ref " + text + " end")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+1-305-120-6207", "+49 30 901820", "+1-305-120-6207x722", "(415)555-0132", "(415) 555-0132"})
    void telephone_number_with_a_mark_is_found(String phone) {
        assertThat(Found.in("reach us at " + phone + ", please")).containsExactly("PHONE " + phone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"272 4667", "(31) 4558-5207", "80-92-57-91", "07.49.65.65.05", "5321234567"})
    void telephone_number_beside_a_word_is_found(String phone) {
        assertThat(Found.in("Phone:\n" + phone + "\n")).containsExactly("PHONE " + phone);
        assertThat(Found.in("Offset:\n" + phone + "\n")).isEmpty();
    }

    @Test
    void number_behind_a_telephone_number_is_judged_on_its_own() {
        assertThat(Found.in("phone 10111 4111 1111 1111 1111."))
                .containsExactly("PHONE 10111 4111 1111", "PHONE 1111 1111");
    }

    @Test
    void date_beside_a_word_is_no_telephone_number() {
        assertThat(Found.in("phone since 2024-03-01")).isEmpty();
    }

    @Test
    void identifiers_stay() {
        assertThat(Found.in(
                        "4b1d4111-1111-4111-8111-138123456789 e83c5163316f89bfbde7d9ab23ca2e25604af290 1696161616161"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"078-05-1120", "123-45-6789", "my ssn is 078051120"})
    void specimen_of_a_social_security_number_stays(String text) {
        assertThat(Found.in(text)).isEmpty();
    }
}
