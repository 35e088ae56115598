// Places as JSON Pointers and as paths.
#include "json/pointer.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "schema/report.hpp"

namespace recreq {
namespace {

std::string token(std::string_view text) {
  arena memory{std::size_t{1} << 20U};
  text_builder out(memory);
  append_pointer_token(out, text);
  return std::string(out.view());
}

std::string path_behind(std::string_view pointer) {
  arena memory{std::size_t{1} << 20U};
  return std::string(path_of_pointer(pointer, memory));
}

TEST(Pointer, OfTheRootIsEmpty) {
  arena memory{std::size_t{1} << 20U};
  EXPECT_EQ(pointer_text(nullptr, memory), "");
}

TEST(Pointer, NamesMembersAndElementsFromTheRootDown) {
  arena memory{std::size_t{1} << 20U};
  const place endpoints{nullptr, "realtime_endpoints"};
  const place second{&endpoints, {}, 1, true};
  const place url{&second, "url"};
  EXPECT_EQ(pointer_text(&url, memory), "/realtime_endpoints/1/url");
  text_builder path(memory);
  append_path(path, &url);
  EXPECT_EQ(path_text(path.view(), memory), R"(["realtime_endpoints",1,"url"])");
}

TEST(Pointer, EscapesTildeAndSlash) {
  EXPECT_EQ(token("a/b"), "/a~1b");
  EXPECT_EQ(token("m~n"), "/m~0n");
  EXPECT_EQ(token("~1"), "/~01");
  EXPECT_EQ(token(""), "/");
  EXPECT_EQ(token("\"\u00e9"), "/\"\u00e9");
}

TEST(Pointer, HasPathsThatAreJson) {
  arena memory{std::size_t{1} << 20U};
  const place quoted{nullptr, "a\"\n\\"};
  const place digits{&quoted, "0"};
  text_builder path(memory);
  append_path(path, &digits);
  EXPECT_EQ(path_text(path.view(), memory), R"(["a\"\n\\","0"])");
  EXPECT_EQ(path_text("", memory), "[]");
}

TEST(Pointer, BecomesAPathAgain) {
  EXPECT_EQ(path_behind(""), "[]");
  EXPECT_EQ(path_behind("/a/0/b"), R"(["a",0,"b"])");
  EXPECT_EQ(path_behind("/a~1b/m~0n/~01"), R"(["a/b","m~n","~1"])");
  EXPECT_EQ(path_behind("/"), R"([""])");
  EXPECT_EQ(path_behind("//x"), R"(["","x"])");
  EXPECT_EQ(path_behind("/1234567890123"), R"(["1234567890123"])");
}

TEST(Pointer, TakesNoKeyWithALeadingZeroForAPosition) { EXPECT_EQ(path_behind("/007/00/0"), R"(["007","00",0])"); }

}  // namespace
}  // namespace recreq
