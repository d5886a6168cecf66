package dev.llmops.samples.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenEstimateTest {

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "'',0",
                "word,1",
                "' word',1",
                "'two words ',2",
                "测试回滚,4",
                "rollback测试,3",
                "' ',1",
                "' \uD83D\uDE42',1"
            })
    void a_text_is_worth_its_words_and_its_ideographs(String text, int tokens) {
        assertThat(TokenEstimate.of(text)).isEqualTo(tokens);
    }
}
