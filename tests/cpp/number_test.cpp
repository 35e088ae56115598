// Numbers: what is one, what a double carries of it, how ECMAScript prints it.
#include "json/number.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace recreq {
namespace {

double from_bits(std::uint64_t bits) {
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

std::string printed(double value) {
  std::array<char, longest_printed_number> out{};
  const std::size_t size = print_number(value, out.data());
  return {out.data(), size};
}

// All digits of a double that is an integer.
std::string all_digits(double value) {
  std::array<char, 400> out{};
  const int size = std::snprintf(out.data(), out.size(), "%.0f", value);
  return {out.data(), static_cast<std::size_t>(size)};
}

std::string plus_one(std::string digits) {
  std::size_t at = digits.size();
  while (at-- > 0) {
    if (digits[at] != '9') {
      ++digits[at];
      return digits;
    }
    digits[at] = '0';
  }
  return "1" + digits;
}

class random_bits {
 public:
  std::uint64_t next() {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return state_ ^ (state_ >> 29U);
  }

 private:
  std::uint64_t state_ = 42;
};

TEST(NumberGrammar, TakesWhatJsonCallsANumber) {
  for (const std::string_view number : {"0", "-0", "7", "-7", "10", "1.5", "-1.50", "0.0", "1e5", "1E5", "1e+5", "1e-5",
                                        "12.34E-56", "0e0", "-0.0e-0"}) {
    EXPECT_EQ(scan_number(number), number.size()) << number;
  }
}

TEST(NumberGrammar, StopsBehindTheNumber) {
  const std::array<std::pair<std::string_view, std::size_t>, 7> cases{
      {{"01", 1}, {"-01", 2}, {"0x1", 1}, {"1.5.2", 3}, {"1,", 1}, {"1e5e5", 3}, {"1_000", 1}}};
  for (const auto& [text, size] : cases) EXPECT_EQ(scan_number(text), size) << text;
}

TEST(NumberGrammar, RefusesWhatOnlyLooksLikeANumber) {
  for (const std::string_view text : {"", "-", "+1", ".5", "-.5", "1.", "1.e5", "1e", "1e+", "1e-", "--1", "Infinity",
                                      "-Infinity", "NaN", "e5", " 1"}) {
    EXPECT_EQ(scan_number(text), 0U) << text;
  }
}

TEST(NumberLoss, AcceptsIntegersUpToWhereDoublesHaveGaps) {
  for (const std::string_view number :
       {"0", "-0", "999999999999999", "1000000000000000", "9007199254740991", "-9007199254740991", "9007199254740992",
        "9007199254740994", "-9007199254740994", "18014398509481984"}) {
    EXPECT_EQ(find_loss(number), number_loss::none) << number;
  }
}

TEST(NumberLoss, NamesIntegersThatNoDoubleIs) {
  for (const std::string_view number :
       {"9007199254740993", "-9007199254740993", "9007199254740995", "18014398509481985", "18446744073709551615",
        "123456789012345680001", "100000000000000000000000", "99999999999999999999999999999999999999"}) {
    EXPECT_EQ(find_loss(number), number_loss::inexact) << number;
  }
}

TEST(NumberLoss, AcceptsLongIntegersThatAreExactlyADouble) {
  EXPECT_EQ(find_loss("18446744073709551616"), number_loss::none);
  EXPECT_EQ(find_loss("10000000000000000000000"), number_loss::none);
  EXPECT_EQ(find_loss("-10000000000000000000000"), number_loss::none);
  const double largest = std::numeric_limits<double>::max();
  ASSERT_EQ(all_digits(largest).size(), 309U);
  EXPECT_EQ(find_loss(all_digits(largest)), number_loss::none);
  EXPECT_EQ(find_loss(all_digits(-largest)), number_loss::none);
  EXPECT_EQ(find_loss(plus_one(all_digits(largest))), number_loss::inexact);
}

TEST(NumberLoss, IsExactAtEveryLength) {
  random_bits random;
  for (int i = 0; i < 2000; ++i) {
    // Any double from 2^53 up: an integer whose neighbours are at least 2 away.
    const std::uint64_t exponent = 1076 + random.next() % 971;
    const double value = from_bits(exponent << 52U | (random.next() & 0xFFFFFFFFFFFFFU));
    const std::string digits = all_digits(value);
    ASSERT_EQ(find_loss(digits), number_loss::none) << digits;
    const std::string other = plus_one(digits);
    if (other != printed(value)) {
      ASSERT_EQ(find_loss(other), number_loss::inexact) << digits;
    }
  }
}

TEST(NumberLoss, AcceptsWhatIsPrintedForAnIntegerAgain) {
  EXPECT_EQ(printed(number_value("123456789012345683968")), "123456789012345680000");
  EXPECT_EQ(find_loss("123456789012345680000"), number_loss::none);
  EXPECT_EQ(find_loss("-123456789012345680000"), number_loss::none);
  EXPECT_EQ(find_loss("18446744073709552000"), number_loss::none);
}

TEST(NumberLoss, NamesOverflow) {
  const std::string two_to_1024 =
      "1797693134862315907729305190789024733617976978942306572734300811577326758055009631327084773224075360211201138798"
      "713933"
      "5765878976881441662249284743063947412437776789342486548527630221960124609411945308295208500576883815068234246288"
      "147391"
      "3110540827237163350510684586298239947245938479716304835356329624224137216";
  for (const std::string& number :
       {std::string("1e400"), std::string("-1e400"), std::string("1e309"), std::string("1.7976931348623159e308"),
        two_to_1024, std::string(400, '9'), "1" + std::string(500, '0'), std::string("1e99999999999999999999"),
        "1" + std::string(400, '0') + ".5"}) {
    EXPECT_EQ(find_loss(number), number_loss::overflow) << number;
  }
}

TEST(NumberLoss, NamesUnderflow) {
  for (const std::string& number : {std::string("1e-400"), std::string("-1e-400"), std::string("2e-324"),
                                    std::string("1e-99999999999999999999"), "0." + std::string(400, '0') + "1"}) {
    EXPECT_EQ(find_loss(number), number_loss::underflow) << number;
  }
}

TEST(NumberLoss, LetsZeroBeWrittenInAnyWay) {
  for (const std::string_view number : {"0", "-0", "0.0", "-0.0", "0e400", "0e-400", "0.000e999999999999"}) {
    EXPECT_EQ(find_loss(number), number_loss::none) << number;
    EXPECT_EQ(number_value(number), 0.0) << number;
  }
}

TEST(NumberLoss, RoundsFractionsAndExponentsToTheNearest) {
  for (const std::string_view number :
       {"0.1", "3.141592653589793238462643383279", "9007199254740993.0", "1e23", "1e308", "5e-324", "3e-324",
        "2.2250738585072011e-308", "1.7976931348623157e308"}) {
    EXPECT_EQ(find_loss(number), number_loss::none) << number;
  }
}

TEST(NumberValue, IsTheNearestDouble) {
  EXPECT_EQ(number_value("0.1"), 0.1);
  EXPECT_EQ(number_value("-12"), -12.0);
  EXPECT_EQ(number_value("123456789012345"), 123456789012345.0);
  EXPECT_EQ(number_value("9007199254740993.0"), 9007199254740992.0);
  EXPECT_EQ(number_value("5e-324"), std::numeric_limits<double>::denorm_min());
  EXPECT_EQ(number_value("3e-324"), std::numeric_limits<double>::denorm_min());
  EXPECT_EQ(number_value("2.2250738585072014e-308"), std::numeric_limits<double>::min());
  EXPECT_EQ(number_value("1e400"), std::numeric_limits<double>::infinity());
  EXPECT_EQ(number_value("-1e400"), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(number_value("1e-400"), 0.0);
}

TEST(NumberKind, TellsIntegersByTheirValue) {
  for (const std::string_view number :
       {"0", "-0", "60", "60.0", "6e1", "0.5e1", "1e22", "9007199254740993", "-1.50e2"}) {
    EXPECT_TRUE(is_integer(number)) << number;
  }
  for (const std::string_view number : {"0.5", "-0.5", "1e-1", "60.01", "5e-324", "1e400"}) {
    EXPECT_FALSE(is_integer(number)) << number;
  }
}

TEST(NumberPrinting, FollowsTheSamplesOfRfc8785) {
  const std::array<std::pair<std::uint64_t, std::string_view>, 24> samples{{
      {0x0000000000000000U, "0"},
      {0x8000000000000000U, "0"},
      {0x0000000000000001U, "5e-324"},
      {0x8000000000000001U, "-5e-324"},
      {0x7fefffffffffffffU, "1.7976931348623157e+308"},
      {0xffefffffffffffffU, "-1.7976931348623157e+308"},
      {0x4340000000000000U, "9007199254740992"},
      {0xc340000000000000U, "-9007199254740992"},
      {0x4430000000000000U, "295147905179352830000"},
      {0x44b52d02c7e14af5U, "9.999999999999997e+22"},
      {0x44b52d02c7e14af6U, "1e+23"},
      {0x44b52d02c7e14af7U, "1.0000000000000001e+23"},
      {0x444b1ae4d6e2ef4eU, "999999999999999700000"},
      {0x444b1ae4d6e2ef4fU, "999999999999999900000"},
      {0x444b1ae4d6e2ef50U, "1e+21"},
      {0x3eb0c6f7a0b5ed8cU, "9.999999999999997e-7"},
      {0x3eb0c6f7a0b5ed8dU, "0.000001"},
      {0x41b3de4355555553U, "333333333.3333332"},
      {0x41b3de4355555554U, "333333333.33333325"},
      {0x41b3de4355555555U, "333333333.3333333"},
      {0x41b3de4355555556U, "333333333.3333334"},
      {0x41b3de4355555557U, "333333333.33333343"},
      {0xbecbf647612f3696U, "-0.0000033333333333333333"},
      {0x43143ff3c1cb0959U, "1424953923781206.2"},
  }};
  for (const auto& [bits, text] : samples) EXPECT_EQ(printed(from_bits(bits)), text);
}

TEST(NumberPrinting, ChangesFormWhereEcmaScriptDoes) {
  EXPECT_EQ(printed(1e20), "100000000000000000000");
  EXPECT_EQ(printed(1e21), "1e+21");
  EXPECT_EQ(printed(-1e21), "-1e+21");
  EXPECT_EQ(printed(123456789012345680000.0), "123456789012345680000");
  EXPECT_EQ(printed(1e-6), "0.000001");
  EXPECT_EQ(printed(1e-7), "1e-7");
  EXPECT_EQ(printed(1.5e-7), "1.5e-7");
  EXPECT_EQ(printed(0.5), "0.5");
  EXPECT_EQ(printed(-60.25), "-60.25");
  EXPECT_EQ(printed(100), "100");
}

TEST(NumberPrinting, ReadsBackAsTheSameDouble) {
  random_bits random;
  for (int i = 0; i < 5000; ++i) {
    const double value = from_bits(random.next());
    if (!std::isfinite(value)) continue;
    const std::string text = printed(value);
    ASSERT_LE(text.size(), longest_printed_number);
    ASSERT_EQ(scan_number(text), text.size()) << text;
    ASSERT_EQ(number_value(text), value) << text;
  }
}

}  // namespace
}  // namespace recreq
