// URLs: their parts, the format `uri`, and hosts that only the caller's own machine can reach.
#include "schema/url.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "schema/format.hpp"

namespace recreq {
namespace {

bool is_public(std::string_view url) {
  const auto parts = split_url(url);
  EXPECT_TRUE(parts) << url;
  return parts && is_public_host(*parts);
}

TEST(Url, HasItsPartsAsTheyAreWritten) {
  const auto parts = split_url("WSS://user:secret@Example.com:8443/a/b?c=d?e#f/g");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->scheme, "WSS");
  EXPECT_EQ(parts->host, "Example.com");
  EXPECT_EQ(parts->path(), "/a/b");
  EXPECT_EQ(parts->query(), "?c=d?e");
  EXPECT_FALSE(parts->host_is_ipv6);
}

TEST(Url, HasNoPartsItWasNotGiven) {
  const auto parts = split_url("wss://example.com");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->host, "example.com");
  EXPECT_EQ(parts->path(), "");
  EXPECT_EQ(parts->query(), "");
  const auto query = split_url("wss://example.com?a=/b");
  ASSERT_TRUE(query);
  EXPECT_EQ(query->host, "example.com");
  EXPECT_EQ(query->path(), "");
  EXPECT_EQ(query->query(), "?a=/b");
}

TEST(Url, TakesIpv6AddressesOutOfTheirBrackets) {
  const auto parts = split_url("https://[2001:db8::1]:8443/x");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->host, "2001:db8::1");
  EXPECT_TRUE(parts->host_is_ipv6);
  EXPECT_EQ(parts->path(), "/x");
  EXPECT_FALSE(split_url("https://[::1"));
}

TEST(Url, IsNotFooledByUserInformationOrBackslashes) {
  EXPECT_EQ(split_url("https://example.com@evil.example/")->host, "evil.example");
  EXPECT_EQ(split_url("https://a@b@evil.example/")->host, "evil.example");
  EXPECT_EQ(split_url("https://evil.example\\@example.com/")->host, "evil.example");
  EXPECT_EQ(split_url("https://evil.example#@example.com/")->host, "evil.example");
  EXPECT_EQ(split_url("https://evil.example?@example.com/")->host, "evil.example");
}

TEST(Url, NeedsASchemeAndTwoSlashes) {
  for (const std::string_view text :
       {"", "example.com", "//example.com", "://example.com", "1a://x", "a b://x", "mailto:a@b.example"}) {
    EXPECT_FALSE(split_url(text)) << text;
  }
}

TEST(UriFormat, AcceptsAbsoluteUris) {
  for (const std::string_view text :
       {"https://example.com", "wss://example.com:443/a/b?c=d&e=%2F#top", "https://[::1]:8080/",
        "https://[::ffff:1.2.3.4]/", "rtmp://live.example.com/app/key", "urn:uuid:00000000-0000-4000-8000-000000000000",
        "mailto:a@example.com", "HTTPS://EXAMPLE.COM/%41", "https://user:pass@example.com/",
        "https://example.com/a;b=c,d(e)!$'*+", "file:///etc/hosts", "https://example.com:/", "a+b-c.d:x"}) {
    EXPECT_TRUE(is_uri(text)) << text;
  }
}

TEST(UriFormat, RefusesWhatAUriCannotBe) {
  for (const std::string_view text : {"",
                                      "example.com",
                                      "/path",
                                      "//example.com",
                                      "https:",
                                      ":x",
                                      "1https://example.com",
                                      "ht tps://example.com",
                                      "https://exa mple.com",
                                      "https://example.com/a b",
                                      "https://example.com/%",
                                      "https://example.com/%2",
                                      "https://example.com/%zz",
                                      "https://example.com/<x>",
                                      "https://example.com/\"",
                                      "https://example.com/{id}",
                                      "https://example.com/a\\b",
                                      "https://example.com/a|b",
                                      "https://example.com/\n",
                                      "https://m\u00fcller.example",
                                      "https://example.com/#a#b",
                                      "https://example.com:80a/",
                                      "https://[::1/",
                                      "https://::1/",
                                      "https://[zz]/",
                                      "https://[1:2:3:4:5:6:7:8:9]/",
                                      "https://[::1]x/",
                                      "https://example.com/[",
                                      "https://a[b]@example.com/",
                                      "https://example.com\x7F/"}) {
    EXPECT_FALSE(is_uri(text)) << text;
  }
}

TEST(UriFormat, ReadsVeryLongTextsOnce) {
  EXPECT_TRUE(is_uri("https://" + std::string(1'000'000, 'a')));
  EXPECT_FALSE(is_uri(std::string(1'000'000, 'a')));
  EXPECT_FALSE(is_uri("https://" + std::string(1'000'000, '@') + "["));
}

TEST(UuidFormat, WantsItsGroupsOfHexadecimalDigits) {
  const auto is_uuid = [](std::string_view text) { return has_format(image::format_name::uuid, text); };
  EXPECT_TRUE(is_uuid("00000000-0000-4000-8000-000000000000"));
  EXPECT_TRUE(is_uuid("3F0D7C1E-5f0b-4f43-9d6c-2a1f4f6f9c55"));
  for (const std::string_view text :
       {"", "..", ".", "%2e%2e", "3f0d7c1e5f0b4f439d6c2a1f4f6f9c55", "3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c5",
        "3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c555", "3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c5g",
        "3f0d7c1e-5f0b-4f43-9d6c/2a1f4f6f9c55", "{3f0d7c1e-5f0b-4f43-9d6c-2a1f4f6f9c5}"}) {
    EXPECT_FALSE(is_uuid(text)) << text;
  }
}

TEST(PublicHost, IsOneThatEverybodyReaches) {
  for (const std::string_view url :
       {"https://example.com/", "https://example.com./", "https://8.8.8.8/", "https://134744072/",
        "https://172.32.0.1/", "https://172.15.255.255/", "https://100.128.0.1/", "https://169.253.0.1/",
        "https://193.168.0.1/", "https://126.0.0.1/", "https://[2001:4860:4860::8888]/", "https://[::ffff:8.8.8.8]/",
        "https://localhost.example.com/", "https://local.example.com/", "https://mylocal/", "https://notlocalhost/",
        "https://127.0.0.1.example.com/"}) {
    EXPECT_TRUE(is_public(url)) << url;
  }
}

TEST(PublicHost, IsNotLoopbackInAnySpelling) {
  for (const std::string_view url : {"http://127.0.0.1/",
                                     "http://127.0.0.1:8080",
                                     "http://127.1",
                                     "http://127.0.1/",
                                     "http://127.255.255.254/",
                                     "http://2130706433/",
                                     "http://0x7f.1/",
                                     "http://0X7F000001/",
                                     "http://0x7f.0x0.0x0.0x1/",
                                     "http://0177.0.0.1/",
                                     "http://017700000001/",
                                     "http://127.0.0.1./",
                                     "http://user@127.0.0.1/",
                                     "http://example.com@127.0.0.1/",
                                     "http://127.0.0.1\\@example.com/",
                                     "http://[::1]/",
                                     "http://[0:0:0:0:0:0:0:1]/",
                                     "http://[::0001]:80/",
                                     "http://[::ffff:127.0.0.1]/",
                                     "http://[::ffff:7f00:1]/",
                                     "http://[0:0:0:0:0:FFFF:127.0.0.1]/",
                                     "http://[::127.0.0.1]/",
                                     "http://localhost/",
                                     "http://LOCALHOST:3000/",
                                     "http://localhost./",
                                     "http://a.localhost/",
                                     "http://A.B.LocalHost./"}) {
    EXPECT_FALSE(is_public(url)) << url;
  }
}

TEST(PublicHost, IsNotLoopbackBehindAnyNumberOfZeros) {
  EXPECT_FALSE(is_public("http://0x000000000000000000000000000000007f.1/"));
  EXPECT_FALSE(is_public("http://00000000000000000000000000000000000177.1/"));
}

TEST(PublicHost, IsNotLoopbackBehindPercentSigns) {
  EXPECT_FALSE(is_public("http://127.0.0.%31/"));
  EXPECT_FALSE(is_public("http://%6c%6F%63alhost/"));
  EXPECT_FALSE(is_public("http://localhost%2E/"));
}

TEST(PublicHost, IsNotPrivateLinkLocalOrUnspecified) {
  for (const std::string_view url : {"http://10.0.0.1/",
                                     "http://10.255.255.255/",
                                     "http://167772161/",
                                     "http://172.16.0.1/",
                                     "http://172.31.255.255/",
                                     "http://192.168.1.1/",
                                     "http://0xc0a80101/",
                                     "http://169.254.169.254/latest/meta-data",
                                     "http://169.254.1/",
                                     "http://100.64.0.1/",
                                     "http://0.0.0.0/",
                                     "http://0/",
                                     "http://0x/",
                                     "http://[::]/",
                                     "http://[fe80::1]/",
                                     "http://[fe80::1%25eth0]/",
                                     "http://[febf::1]/",
                                     "http://[fc00::1]/",
                                     "http://[fd12:3456::1]/",
                                     "http://[::ffff:169.254.169.254]/",
                                     "http://[::ffff:10.0.0.1]/",
                                     "http://printer.local/",
                                     "http://printer.LOCAL./",
                                     "http://local/",
                                     "http://metadata.google.internal/",
                                     "http://internal/"}) {
    EXPECT_FALSE(is_public(url)) << url;
  }
}

TEST(PublicHost, IsNotAHostThatIsMissing) {
  EXPECT_FALSE(is_public("http:///127.0.0.1/"));
  EXPECT_FALSE(is_public("http://"));
  EXPECT_FALSE(is_public("http://:80/"));
  EXPECT_FALSE(is_public("http://./"));
}

}  // namespace
}  // namespace recreq
