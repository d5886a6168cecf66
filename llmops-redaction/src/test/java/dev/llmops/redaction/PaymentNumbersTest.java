package dev.llmops.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentNumbersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111111",
                "4111 1111 1111 1111",
                "4111-1111-1111-1111",
                "378282246310005",
                "3782 822463 10005",
                "30569309025904",
                "5555555555554444",
                "6011111111111117",
                "3530111333300000",
                "4222222222222",
                "2223003122003222"
            })
    void card_of_an_issuer_is_found_without_a_word_beside_it(String card) {
        assertThat(Found.in("paid with " + card + ", thanks")).containsExactly("CREDIT_CARD " + card);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "4111 1111 1111 1112",
                "41111111111111111111",
                "x4111111111111111",
                "4111111111111111x",
                "1696161616164",
                "1234567890123452",
                "0000000000000000",
                "12.4111111111111111",
                "4111  1111  1111  1111"
            })
    void near_miss_of_a_card_stays(String text) {
        assertThat(Found.in("order " + text + " shipped")).isEmpty();
    }

    @Test
    void card_beside_a_word_needs_no_issuer() {
        assertThat(Found.in("my card 1234567890123452")).containsExactly("CREDIT_CARD 1234567890123452");
        assertThat(Found.in("卡号1234567890123452。")).containsExactly("CREDIT_CARD 1234567890123452");
    }

    @Test
    void cards_side_by_side_are_told_apart() {
        assertThat(Found.in("4012888888881881 4012-8888-8888-1881 4012 8888 8888 1881"))
                .containsExactly(
                        "CREDIT_CARD 4012888888881881",
                        "CREDIT_CARD 4012-8888-8888-1881",
                        "CREDIT_CARD 4012 8888 8888 1881");
        assertThat(Found.in("4111111111111111,5555555555554444"))
                .containsExactly("CREDIT_CARD 4111111111111111", "CREDIT_CARD 5555555555554444");
    }

    @Test
    void card_of_unionpay_is_a_chinese_bank_card() {
        assertThat(Found.in("请转到6222 0200 0003 4402，谢谢")).containsExactly("CN_BANK_CARD 6222 0200 0003 4402");
        assertThat(Found.in("6222020000034402000")).isEmpty();
    }

    @Test
    void full_width_digits_count() {
        assertThat(Found.in("卡号４１１１１１１１１１１１１１１１。")).containsExactly("CREDIT_CARD ４１１１１１１１１１１１１１１１");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GB29NWBK60161331926819",
                "GB29 NWBK 6016 1331 9268 19",
                "gb29nwbk60161331926819",
                "DE89 3704 0044 0532 0130 00",
                "NO9386011117947",
                "MT84MALT011000012345MTLCAST001S",
                "AL47-2121-1009-0000-0002-3569-8741"
            })
    void iban_with_its_check_and_length_is_found(String iban) {
        assertThat(Found.in("账号" + iban + "，")).containsExactly("IBAN " + iban);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GB28NWBK60161331926819",
                "GB29NWBK6016133192681",
                "GB29NWBK601613319268190",
                "XX29NWBK60161331926819",
                "GB29/NWBK/6016/1331/9268/19",
                "GB29 nwbk 6016 1331 9268 19",
                "AGB29NWBK60161331926819"
            })
    void near_miss_of_an_iban_stays(String text) {
        assertThat(Found.in(text)).isEmpty();
    }

    @Test
    void number_outside_the_ranges_of_issuers_stays() {
        assertThat(Found.in("paid 2221005517086003")).containsExactly("CREDIT_CARD 2221005517086003");
        assertThat(Found.in("paid 2210005517086006")).isEmpty();
    }

    @Test
    void some_groups_of_a_longer_number_are_no_card() {
        assertThat(Found.in("卡号 5018 1234 5673 被拒")).containsExactly("CREDIT_CARD 5018 1234 5673");
        assertThat(Found.in("卡号 5018 1234 5673 9014 被拒")).isEmpty();
        assertThat(Found.in("卡号 9014 5018 1234 5673 被拒")).isEmpty();
        assertThat(Found.in("card 4111 1111 1111 1111 123")).containsExactly("CREDIT_CARD 4111 1111 1111 1111");
    }

    @Test
    void long_number_that_is_called_an_identity_number_is_no_card() {
        assertThat(Found.in("我的身份证号是4402011909051628470")).isEmpty();
        assertThat(Found.in("我的卡号是4402011909051628470")).containsExactly("CREDIT_CARD 4402011909051628470");
    }

    @Test
    void travel_account_is_found_alone_or_beside_a_word() {
        assertThat(Found.in("135412345678911")).containsExactly("CREDIT_CARD 135412345678911");
        assertThat(Found.in("my card 135412345678911")).containsExactly("CREDIT_CARD 135412345678911");
        assertThat(Found.in("order 135412345678911")).isEmpty();
    }
}
