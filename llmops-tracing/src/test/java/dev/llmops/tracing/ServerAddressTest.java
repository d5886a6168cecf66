package dev.llmops.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "api.openai.com, api.openai.com, 0",
        "localhost:8000, localhost, 8000",
        "[::1]:8000, ::1, 8000",
        "[::1], ::1, 0",
        "2001:db8::1, 2001:db8::1, 0",
        "host:, host:, 0",
        "host:99999, host:99999, 0",
        "host:0, host:0, 0",
        "host:８０, host:８０, 0",
        "':80', ':80', 0",
    })
    void a_port_is_told_from_its_host(String address, String host, int port) {
        assertThat(ServerAddress.of(address))
                .isEqualTo(new ServerAddress(host, port == 0 ? OptionalInt.empty() : OptionalInt.of(port)));
    }
}
