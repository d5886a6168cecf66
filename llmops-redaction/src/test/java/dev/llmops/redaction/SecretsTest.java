package dev.llmops.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static final String PAYLOAD = ".eyJzdWIiOiIxIn0";

    private static String segment(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("dev.llmops.redaction.SampleKeys#all")
    void key_of_every_vendor_is_found_between_any_neighbours(String key) {
        for (String frame :
                new String[] {"%s", "use %s, please", "It is %s.", "(%s)", "[%s]:", "密钥是%s，谢谢", "<b>%s</b>", "\"%s\""
                }) {
            assertThat(Found.in(frame.formatted(key))).as(frame).containsExactly("API_KEY " + key);
        }
    }

    @Test
    void what_follows_a_secret_that_runs_into_a_label_is_read_on() {
        String text = "token=ghp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA[EMAIL_1]:: 4111111111111111";
        assertThat(Found.in(text)).endsWith("CREDIT_CARD 4111111111111111");
    }

    @ParameterizedTest
    @MethodSource("dev.llmops.redaction.SampleKeys#all")
    void key_inside_a_longer_word_is_none(String key) {
        assertThat(Found.in("x" + key)).doesNotContain("API_KEY " + key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-learn",
                "the hf_requiredCharacteristicTypesForDisplayMetadata method",
                "TODAYINASIAASACKOFRICEFELLOVER",
                "2018-250-xoxo-indieweb-1.jpg",
                "https://github.com/xoxa-nyc/xoxa-nyc.github.io",
                "AKIA",
                "glpat-short",
                "npm_config_registry",
                "SG.a.b"
            })
    void word_that_starts_like_a_key_stays(String text) {
        assertThat(Found.in(text)).isEmpty();
    }

    @Test
    void openai_key_under_another_prefix_is_known_by_its_mark() {
        String key = "sk-team-9ndHrYM6bmeAdyroQfaT3BlbkFJ2KDutaEmHHz3mMBtGJ8j";
        assertThat(Found.in("key: " + key + "!")).containsExactly("API_KEY " + key);
    }

    @Test
    void web_token_is_found_by_its_header() {
        String token = segment("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + PAYLOAD + ".c2lnbmF0dXJl";
        assertThat(Found.in("token " + token + ".")).containsExactly("JWT " + token);
        assertThat(Found.in("凭证" + token + "，")).containsExactly("JWT " + token);
    }

    @Test
    void unsigned_web_token_ends_with_its_dot() {
        String token = segment("{\"alg\":\"none\"}") + PAYLOAD + ".";
        assertThat(Found.in(token)).containsExactly("JWT " + token);
    }

    @Test
    void encrypted_web_token_has_five_parts() {
        String token = segment("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}") + "..aXY.Y2lwaGVy.dGFn";
        assertThat(Found.in("(" + token + ")")).containsExactly("JWT " + token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eyJust-a-nickname", "eyJAAAA.eyJBBB", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"})
    void near_miss_of_a_web_token_stays(String text) {
        assertThat(Found.in("see " + text + " here")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA PRIVATE KEY", "PRIVATE KEY", "PGP PRIVATE KEY BLOCK", "OPENSSH PRIVATE KEY"})
    void private_key_is_found_to_its_end(String label) {
        String key = "-----BEGIN " + label + "-----\nMIIEabc+/=\n-----END " + label + "-----";
        assertThat(Found.in("file:\n" + key + "\nbye")).containsExactly("PRIVATE_KEY " + key);
    }

    @Test
    void private_key_without_an_end_hides_the_rest() {
        assertThat(Found.REDACTOR
                        .redact("a -----BEGIN PRIVATE KEY-----\nMIIE\nand more")
                        .text())
                .isEqualTo("a [PRIVATE_KEY]");
    }

    @Test
    void private_key_in_json_is_found() {
        String text = "{\"private_key\":\"-----BEGIN PRIVATE KEY-----\\nMIIE\\n-----END PRIVATE KEY-----\\n\"}";
        assertThat(Found.REDACTOR.redact(text).text()).isEqualTo("{\"private_key\":\"[PRIVATE_KEY]\\n\"}");
    }

    @Test
    void public_certificate_stays() {
        assertThat(Found.in("-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "MY_TOKEN=abcdef1234567890 => MY_TOKEN=[SECRET_ASSIGNMENT]",
                "{\"api_key\": \"abcdef1234567890\"} => {\"api_key\": \"[SECRET_ASSIGNMENT]\"}",
                "{\\\"apiKey\\\":\\\"abcdef1234567890\\\"} => {\\\"apiKey\\\":\\\"[SECRET_ASSIGNMENT]\\\"}",
                "/api?api_key=ABCDEF123456&user=bob => /api?api_key=[SECRET_ASSIGNMENT]&user=bob",
                "Password=hunter2!;User=sa => Password=[SECRET_ASSIGNMENT];User=sa",
                "db.password2 := 'correct horse' => db.password2 := '[SECRET_ASSIGNMENT]'",
                "X-Api-Key: Bearer tok_abcdefghij => X-Api-Key: Bearer [BEARER]",
                "Authorization: Bearer aB3xY7zQ1234567890 => Authorization: Bearer [BEARER]",
                "Authorization: Basic dXNlcjpwYXNz => Authorization: Basic [SECRET_ASSIGNMENT]",
                "Authorization: SSWS a1b2c3d4e5 => Authorization: SSWS [SECRET_ASSIGNMENT]",
                "sent bearer aB3xY7zQ1234567890 here => sent bearer [BEARER] here",
                "The password is Summer2024! => The password is [SECRET_ASSIGNMENT]",
                "密码是Summer2024，别外传 => 密码是[SECRET_ASSIGNMENT]，别外传",
                "密码：Summer2024 => 密码：[SECRET_ASSIGNMENT]",
                "export DB_PASSWORD=letmein => export DB_PASSWORD=[SECRET_ASSIGNMENT]",
                "os.environ['MY_SECRET'] = 'a1b2c3d4' => os.environ['MY_SECRET'] = '[SECRET_ASSIGNMENT]'"
            })
    void value_behind_a_telling_name_is_replaced(String text, String redacted) {
        assertThat(Found.REDACTOR.redact(text).text()).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tokenizer: \"cl100k_base\"",
                "tokens_used: 123456",
                "max_tokens=4096000",
                "token_type: bearer_token1",
                "count=5",
                "api_key=${API_KEY_1}",
                "api_key=<your-key-1>",
                "password: ********",
                "password=[API_KEY]",
                "password = os.getenv",
                "password: required",
                "The token: an opaque string",
                "if (token == expected1) {",
                "bearer authentication",
                "Authorization: Required",
                "description=\"a reasonably long human description\"",
                "public_key = \"9Cnzh9o9OLaISk8Uq5ZlIWoGIdDSdGMA4BHIheYPOsq\"",
                "PWD=short",
                "primary key: 17"
            })
    void ordinary_setting_stays(String text) {
        assertThat(Found.in(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "postgres://user:sup3rs3cret@db.example.com:5432/app => postgres://user:[URL_CREDENTIALS]@db.example.com:5432/app",
                "redis://:p%40ss@host:6379 => redis://:[URL_CREDENTIALS]@host:6379",
                "https:\\/\\/u:pw1@host\\/x => https:\\/\\/u:[URL_CREDENTIALS]@host\\/x",
                "https://url:8000 @x => https://url:8000 @x",
                "https://u:${PW}@host => https://u:${PW}@host",
                "https://host/a:b@c => https://host/a:b@c"
            })
    void password_in_a_url_is_replaced_and_nothing_else(String text, String redacted) {
        assertThat(Found.REDACTOR.redact(text).text()).isEqualTo(redacted);
    }

    @Test
    void tokens_without_a_prefix_are_known_by_their_parts() {
        assertThat(Found.in("bot 123456789:AAHdnZeuEM4uPHNtfVc4qfVCl2Y3ICWDlbi ok"))
                .containsExactly("API_KEY 123456789:AAHdnZeuEM4uPHNtfVc4qfVCl2Y3ICWDlbi");
        assertThat(Found.in("0123456789abcdef0123456789abcdef-us12"))
                .containsExactly("API_KEY 0123456789abcdef0123456789abcdef-us12");
        assertThat(Found.in("0123456789abcdef0123456789abcdef.AbCdEfGh12345678"))
                .containsExactly("API_KEY 0123456789abcdef0123456789abcdef.AbCdEfGh12345678");
        assertThat(Found.in("md5 0123456789abcdef0123456789abcdef.")).isEmpty();
        assertThat(Found.in("secret WnL1Q~0D-_Vy~PxhJZwA8Lhc5xJKIp.AW5geyfCt!"))
                .containsExactly("API_KEY WnL1Q~0D-_Vy~PxhJZwA8Lhc5xJKIp.AW5geyfCt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "glpat-XXXXXXXXXXX-XXXXXXXX",
                "GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "secret: 12345xxxxxxxxxxxx"
            })
    void key_that_is_crossed_out_stays(String text) {
        assertThat(Found.in(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{ \"alg\":\"HS256\"}", "{\n \"alg\": \"HS256\"}", "{\t\"alg\":\"HS256\"}"})
    void web_token_may_have_white_space_in_its_header(String header) {
        String token = segment(header) + "." + segment("{ \"sub\": \"1\"}") + ".c2lnbmF0dXJl";
        assertThat(Found.in("use " + token + ", please")).containsExactly("JWT " + token);
    }

    @Test
    void private_key_without_a_body_is_none() {
        assertThat(Found.in("-----BEGIN OPENSSH PRIVATE KEY----------END OPENSSH PRIVATE KEY-----"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '^',
            value = {
                "curl -u li:hunter2 https://x => curl -u [SECRET_ASSIGNMENT] https://x",
                "curl -uli:hunter2 https://x => curl -u[SECRET_ASSIGNMENT] https://x",
                "curl --user=li:hunter2 https://x => curl --user=[SECRET_ASSIGNMENT] https://x",
                "curl -s --user 'li:h~2 x' https://x => curl -s --user '[SECRET_ASSIGNMENT]' https://x",
                "curl --proxy-user li:'h~2 x' https://x => curl --proxy-user [SECRET_ASSIGNMENT]' https://x",
                "curl -u \"li\":\"hunter2\" https://x => curl -u \"[SECRET_ASSIGNMENT]\" https://x",
                "curl -u li@example.com:hunter2 https://x => curl -u [SECRET_ASSIGNMENT] https://x",
                "curl -H 'X-User: li@example.com' -u li:hunter2 => curl -H 'X-User: [EMAIL]' -u [SECRET_ASSIGNMENT]",
                "curl -u k3y_a1b2c3: https://x => curl -u [SECRET_ASSIGNMENT] https://x",
                "`curl -u li:hunter2` => `curl -u [SECRET_ASSIGNMENT]`",
                "{\"cmd\":\"curl -u li:hunter2\"} => {\"cmd\":\"curl -u [SECRET_ASSIGNMENT]\"}",
                "wget --password=hunter22 x => wget --password=[SECRET_ASSIGNMENT] x",
                "wget --http-password hunter22 x => wget --http-password [SECRET_ASSIGNMENT] x"
            })
    void secret_in_an_option_of_a_command_is_replaced(String text, String redacted) {
        assertThat(Found.REDACTOR.redact(text).text()).isEqualTo(redacted);
    }

    @Test
    void options_on_the_lines_of_a_command_are_read() {
        assertThat(Found.in("$ curl https://x \\\n  -d 'y' \\\n  -u li:hunter2"))
                .containsExactly("SECRET_ASSIGNMENT li:hunter2");
        assertThat(Found.in("curl https://x\ngit push -u origin:main2")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl -u li https://x",
                "curl -u .[IP_ADDRESS]: https://x",
                "curl -u li:$PASSWORD https://x",
                "curl -u \"$1:$2\" https://x",
                "curl -u <name:password> https://x",
                "curl -u li:password https://x",
                "curl -u : https://x",
                "docker run -u 1000:1000 x",
                "the --token option is required"
            })
    void ordinary_option_stays(String text) {
        assertThat(Found.in(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "{\"password\":\"ab\\ncd ef\",\"x\":1} => {\"password\":\"[SECRET_ASSIGNMENT]\",\"x\":1}",
                "{\"secret\":\"a1b2c3d4\\r\\ne5f6\"} => {\"secret\":\"[SECRET_ASSIGNMENT]\"}",
                "{\\\"token\\\":\\\"a1b2c3d4\\\\ne5f6\\\"} => {\\\"token\\\":\\\"[SECRET_ASSIGNMENT]\\\"}",
                "{\"token\":\"Hello\\nWorld\"} => {\"token\":\"Hello\\nWorld\"}"
            })
    void quoted_value_ends_with_its_quote_whatever_line_breaks_it_holds(String text, String redacted) {
        assertThat(Found.REDACTOR.redact(text).text()).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kQzRtVwXyBmNpLsDfGhJ", "wJrXUtnFEMIKMDENGbPxRfiCY", "ZmQvLrTnWxKbGhYcPjSd"})
    void letters_at_random_behind_a_telling_name_are_a_secret(String value) {
        assertThat(Found.in("token: " + value + ", then")).containsExactly("SECRET_ASSIGNMENT " + value);
        assertThat(Found.in("the " + value + " value")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StringTokenizer",
                "AbstractAuthenticationProcessingFilter",
                "HTTPServletRequestWrapper",
                "getAccessTokenFromStorage",
                "NSURLSessionConfiguration"
            })
    void name_of_a_program_behind_a_telling_name_stays(String name) {
        assertThat(Found.in("token: " + name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "密码是“a1b2c3d4”。 => 密码是“[SECRET_ASSIGNMENT]”。",
                "令牌：「a1b2c3d4」 => 令牌：「[SECRET_ASSIGNMENT]」",
                "?token=ACCESS_TOKEN&x => ?token=ACCESS_TOKEN&x",
                "io.jsonwebtoken:jjwt-api:0.12.6 => io.jsonwebtoken:jjwt-api:0.12.6",
                "password = request.body['x1'] => password = request.body['x1']"
            })
    void quotes_of_print_and_names_of_things_are_known(String text, String redacted) {
        assertThat(Found.REDACTOR.redact(text).text()).isEqualTo(redacted);
    }

    @Test
    void value_before_its_name_ends_where_the_name_begins() {
        assertThat(Found.in("\"aaaaa是密码-----BEGIN PRIVATE KEY-----"))
                .containsExactly("SECRET_ASSIGNMENT aaaaa", "PRIVATE_KEY -----BEGIN PRIVATE KEY-----");
        assertThat(Found.in("\"Winter99 is my password-----BEGIN PRIVATE KEY-----"))
                .containsExactly("SECRET_ASSIGNMENT Winter99", "PRIVATE_KEY -----BEGIN PRIVATE KEY-----");
    }
}
