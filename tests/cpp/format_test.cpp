// The formats beside uri and uuid, which url_test.cpp looks at.
#include "schema/format.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace recreq {
namespace {

using image::format_name;

void expect_format(format_name format, const std::vector<std::string>& accepted,
                   const std::vector<std::string>& refused) {
  for (const std::string& text : accepted) EXPECT_TRUE(has_format(format, text)) << text;
  for (const std::string& text : refused) EXPECT_FALSE(has_format(format, text)) << text;
}

TEST(DateTimeFormat, IsThatOfRfc3339) {
  expect_format(format_name::date_time,
                {"2026-01-31T13:45:00Z", "2026-01-31t13:45:00z", "2026-01-31T13:45:00.5+01:00", "2024-02-29T00:00:00Z",
                 "2000-02-29T00:00:00-23:59", "2016-12-31T23:59:60Z", "2017-01-01T00:59:60+01:00"},
                {"",
                 "2026-01-31",
                 "2026-01-31T13:45:00",
                 "2026-01-31 13:45:00Z",
                 "2026-1-31T13:45:00Z",
                 "2026-02-29T00:00:00Z",
                 "1900-02-29T00:00:00Z",
                 "2026-04-31T00:00:00Z",
                 "2026-00-01T00:00:00Z",
                 "2026-13-01T00:00:00Z",
                 "2026-01-00T00:00:00Z",
                 "2026-01-31T24:00:00Z",
                 "2026-01-31T13:60:00Z",
                 "2026-01-31T13:45:61Z",
                 "2026-01-31T13:45:60Z",
                 "2026-01-31T13:45:00.Z",
                 "2026-01-31T13:45:00+24:00",
                 "2026-01-31T13:45:00+01:60",
                 "2026-01-31T13:45:00+0100",
                 "2026-01-31T13:45:00Zx",
                 "02026-01-31T13:45:00Z"});
}

TEST(HostnameFormat, IsThatOfRfc1123) {
  const std::string label(63, 'a');
  const std::string longest = label + "." + label + "." + label + "." + std::string(61, 'a');
  expect_format(
      format_name::hostname,
      {"example.com", "EXAMPLE", "3com.example", "a-b.c--d", "xn--bcher-kva.example", "127.0.0.1", label, longest},
      {"", ".", "example.com.", ".example", "a..b", "-a", "a-", "a.-b", "a_b", "a b", "b\u00fccher.example",
       label + "a", longest + "a", "example.com\n"});
}

TEST(EmailFormat, IsThatOfRfc5321) {
  expect_format(format_name::email,
                {"name@example.com", "first.last+tag@example.com", "o'hara@x", "\"two words\"@example.com",
                 "\"a\\\"b@c\"@example.com", "name@[192.0.2.1]", "name@[IPv6:2001:db8::1]"},
                {"", "name", "@example.com", "name@", "a@b@c", ".a@b", "a.@b", "a..b@c", "two words@example.com",
                 "name@exa_mple.com", "name@[192.0.2.256]", "name@[2001:db8::1]", "name@[192.0.2.1", "\"a@example.com",
                 "\"a\"b@example.com", "\"a\\", "n\u00e4me@example.com", "name@example.com\n"});
}

TEST(Ipv4Format, IsFourDecimalNumbers) {
  expect_format(format_name::ipv4, {"0.0.0.0", "192.0.2.1", "255.255.255.255", "200.100.99.9"},
                {"", "1.2.3", "1.2.3.4.5", "256.0.0.1", "01.2.3.4", "1.2.3.4 ", "1.2.3.", ".1.2.3", "1..2.3",
                 "0x1.2.3.4", "2130706433", "1.2.3.4/8", "1.2.3.1000"});
}

TEST(Ipv6Format, IsThatOfRfc4291) {
  expect_format(format_name::ipv6,
                {"::", "::1", "1::", "2001:db8::1", "1:2:3:4:5:6:7:8", "ABCD:ef01:2345:6789:abcd:EF01:2345:6789",
                 "::ffff:192.0.2.1", "1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8"},
                {"", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8:", ":1:2:3:4:5:6:7:8",
                 "1::2::3", "12345::", "g::", "1:2:3:4:5:6:7:8::", "::1%eth0", "[::1]", "::192.0.2.256", "::192.0.02.1",
                 "1:2:3:4:5:6:7:192.0.2.1", "192.0.2.1::", "::1 "});
}

}  // namespace
}  // namespace recreq
