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

}  // namespace
}  // namespace recreq
