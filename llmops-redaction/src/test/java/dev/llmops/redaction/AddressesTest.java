package dev.llmops.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "li.test97@example.com",
                "a@b.co",
                "first.last+tag@mail.example.co.uk",
                "user@xn--80ak6aa92e.com",
                "andy.o'reilly@example.com",
                "%joe45@apache.org",
                "jürgen@bücher.example"
            })
    void mail_address_is_found_between_any_neighbours(String mail) {
        assertThat(Found.in("write to " + mail + ".")).containsExactly("EMAIL " + mail);
        assertThat(Found.in("<" + mail + ">")).containsExactly("EMAIL " + mail);
        assertThat(Found.in("邮箱：" + mail + "，谢谢")).containsExactly("EMAIL " + mail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b",
                "@example.com",
                "a@example.c",
                "a@-example.com",
                "a@ex_ample.com",
                "gmail..@example.com",
                "a@1.2"
            })
    void near_miss_of_a_mail_address_stays(String text) {
        assertThat(Found.in("see " + text + " there")).isEmpty();
    }

    @Test
    void dash_behind_a_mail_address_is_no_part_of_it() {
        assertThat(Found.in("li@example.com-----BEGIN")).containsExactly("EMAIL li@example.com");
        assertThat(Found.in("li@example.com–na@example.org"))
                .containsExactly("EMAIL li@example.com", "EMAIL na@example.org");
    }

    @Test
    void number_in_a_mail_address_is_part_of_it() {
        assertThat(Found.in("13812345678@example.com")).containsExactly("EMAIL 13812345678@example.com");
    }

    @Test
    void escaped_mail_address_is_found_where_it_stands() {
        assertThat(Found.in("{\"to\":\"joe\\u0040example.com\"}")).containsExactly("EMAIL joe\\u0040example.com");
        assertThat(Found.in("/users?mail=joe%40example.com&x=1")).containsExactly("EMAIL joe%40example.com");
        assertThat(Found.in("a\\njoe@example.com\\n")).containsExactly("EMAIL joe@example.com");
    }

    @Test
    void full_width_at_sign_counts() {
        assertThat(Found.in("邮箱joe＠example．com。")).containsExactly("EMAIL joe＠example．com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.19",
                "10.0.0.0/8",
                "2001:db8::1",
                "2001:db8::/32",
                "fe80::1%eth0",
                "::ffff:192.0.2.1",
                "64:ff9b::192.0.2.1",
                "1:2:3:4:5:6:7:8",
                "1::8",
                "::1"
            })
    void internet_address_is_found(String address) {
        assertThat(Found.in("from " + address + ", port 80")).containsExactly("IP_ADDRESS " + address);
        assertThat(Found.in("来自" + address + "。")).containsExactly("IP_ADDRESS " + address);
    }

    @Test
    void port_and_brackets_do_not_hide_an_address() {
        assertThat(Found.in("192.0.2.1:8080")).containsExactly("IP_ADDRESS 192.0.2.1");
        assertThat(Found.in("http://[2001:db8::1]:80/")).containsExactly("IP_ADDRESS 2001:db8::1");
        assertThat(Found.in("ip:2001:db8::1")).containsExactly("IP_ADDRESS 2001:db8::1");
        assertThat(Found.in("10.0.0.1-10.0.0.9")).containsExactly("IP_ADDRESS 10.0.0.1", "IP_ADDRESS 10.0.0.9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3",
                "1.2.3.4.5",
                "300.1.2.3",
                "01.2.3.4",
                "version 1.2.3.4",
                "v1.2.3.4",
                "12:34:56",
                "12::30",
                "std::cout",
                "a::b",
                "x[1::2]",
                "Foo :: Bar",
                "2001::25de::cade",
                "12345:db8::1",
                "1:2:3:4:5:6:7:8:9"
            })
    void near_miss_of_an_internet_address_stays(String text) {
        assertThat(Found.in("see " + text + " here")).isEmpty();
    }

    @Test
    void colons_behind_a_secret_start_no_internet_address() {
        assertThat(Found.in("token=1a2b3c4d:：0")).containsExactly("SECRET_ASSIGNMENT 1a2b3c4d");
        assertThat(Found.in("token=[SECRET_ASSIGNMENT]:：0")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00:1A:2B:3C:4D:5E",
                "00-1a-2b-3c-4d-5e",
                "aabb.ccdd.eeff",
                "A9 C5 D4 9F EB D3",
                "01:02:03:04:05:06:07:ab"
            })
    void hardware_address_is_found(String address) {
        assertThat(Found.in("seen " + address + " twice")).containsExactly("MAC_ADDRESS " + address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00:1A:2B:3C:4D",
                "00:1A:2B:3C:4D:5E:6F",
                "10:2F:33-AC-29-C3",
                "01 02 03 04 05 06",
                "0102.0304.0506",
                "aabb.ccdd.eeff.0011.2233"
            })
    void near_miss_of_a_hardware_address_stays(String text) {
        assertThat(Found.in("seen " + text + " twice")).isEmpty();
    }

    @Test
    void letters_of_a_mail_address_have_one_width() {
        assertThat(Found.in("ｌｉ＠ｅｘａｍｐｌｅ．ｃｏｍ")).containsExactly("EMAIL ｌｉ＠ｅｘａｍｐｌｅ．ｃｏｍ");
        assertThat(Found.in("li＠example.com")).containsExactly("EMAIL li＠example.com");
        assertThat(Found.in("ｌｉna@example.com")).containsExactly("EMAIL na@example.com");
        assertThat(Found.in("li@ｅｘａｍｐｌｅ.com")).isEmpty();
    }

    @Test
    void hardware_address_of_all_devices_is_nobodys() {
        assertThat(Found.in("to ff:ff:ff:ff:ff:ff")).isEmpty();
        assertThat(Found.in("to FF-FF-FF-FF-FF-FF")).isEmpty();
        assertThat(Found.in("FF:FF:FF:FF:FF:FF")).containsExactly("MAC_ADDRESS FF:FF:FF:FF:FF:FF");
        assertThat(Found.in("to ff:ff:ff:ff:ff:fe")).containsExactly("MAC_ADDRESS ff:ff:ff:ff:ff:fe");
    }

    @Test
    void hardware_address_of_64_bits_may_have_dots() {
        assertThat(Found.in("at 021a.2b3c.4d5e.6f70.")).containsExactly("MAC_ADDRESS 021a.2b3c.4d5e.6f70");
        assertThat(Found.in("at 021a.2b3c.4d5e.6f70.8192")).isEmpty();
    }

    @Test
    void number_of_a_version_is_no_address() {
        assertThat(Found.in("版本号1.2.3.4已发布")).isEmpty();
        assertThat(Found.in("主机1.2.3.4已上线")).containsExactly("IP_ADDRESS 1.2.3.4");
    }

    @Test
    void prefix_length_tells_a_network_from_a_scope() {
        assertThat(Found.in("from ::/0 on")).containsExactly("IP_ADDRESS ::/0");
        assertThat(Found.in("a :: b")).isEmpty();
    }
}
