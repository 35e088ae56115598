// The named comparisons of rules, and how they mend a value.
#include "schema/predicate.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "image_tables.hpp"

namespace recreq {
namespace {

using image::predicate_name;

// A predicate with its argument, as a rule of some image has it.
class predicate {
 public:
  predicate(predicate_name name, std::string_view argument) : name_(name) {
    compiler::image_tables tables;
    argument_ = tables.value(compiler::json::parse(argument));
    words_ = tables.finish(tables.string("example"), tables.string("{}"));
    EXPECT_EQ(opened_.open(words_), image::open_error::none);
  }

  bool holds_for(std::string_view text) const { return holds(name_, opened_.view(), argument_, text); }

  std::string repaired(std::string_view text) const {
    arena memory{std::size_t{1} << 20U};
    const auto mended = repair(name_, opened_.view(), argument_, text, memory);
    return mended ? std::string(*mended) : "nothing";
  }

 private:
  predicate_name name_;
  image::index argument_;
  std::vector<std::uint32_t> words_;
  image::opened_image opened_;
};

TEST(UrlScheme, HoldsForTheSchemesOfItsArgument) {
  const predicate websocket(predicate_name::url_scheme, R"(["ws","wss"])");
  EXPECT_TRUE(websocket.holds_for("wss://example.com"));
  EXPECT_TRUE(websocket.holds_for("WS://example.com"));
  for (const std::string_view url : {"https://example.com", "example.com", "", "javascript:alert(1)",
                                     "file:///etc/hosts", "wss:example.com", "wsss://x"}) {
    EXPECT_FALSE(websocket.holds_for(url)) << url;
  }
}

TEST(UrlScheme, IsRepairedWithTheFirstThatIsListed) {
  const predicate websocket(predicate_name::url_scheme, R"(["wss","ws"])");
  EXPECT_EQ(websocket.repaired("https://example.com/a?b#c"), "wss://example.com/a?b#c");
  EXPECT_EQ(predicate(predicate_name::url_scheme, R"(["rtmp"])").repaired("https://example.com/a"),
            "rtmp://example.com/a");
  EXPECT_EQ(websocket.repaired("example.com"), "nothing");
}

TEST(UrlSlashBeforeQuery, LooksAtTheFirstQuestionMark) {
  const predicate slash(predicate_name::url_slash_before_query, "true");
  for (const std::string_view url : {"wss://example.com", "wss://example.com/?a", "wss://example.com/b/?a?c", ""}) {
    EXPECT_TRUE(slash.holds_for(url)) << url;
  }
  for (const std::string_view url : {"wss://example.com?a", "wss://example.com/b?a=/?c"}) {
    EXPECT_FALSE(slash.holds_for(url)) << url;
  }
}

TEST(UrlSlashBeforeQuery, TakesNoQuestionMarkInAFragmentForAQuery) {
  const predicate slash(predicate_name::url_slash_before_query, "true");
  EXPECT_TRUE(slash.holds_for("wss://example.com/a#b?c"));
}

TEST(UrlSlashBeforeQuery, IsRepairedInPlace) {
  const predicate slash(predicate_name::url_slash_before_query, "true");
  EXPECT_EQ(slash.repaired("wss://example.com?a=b"), "wss://example.com/?a=b");
  EXPECT_EQ(slash.repaired("wss://example.com/c?a?b"), "wss://example.com/c/?a?b");
  EXPECT_EQ(slash.repaired("wss://example.com"), "nothing");
  EXPECT_TRUE(slash.holds_for(slash.repaired("wss://example.com?a=b")));
}

TEST(PublicHostPredicate, HoldsForPublicHostsAndForWhatIsNoUrl) {
  const predicate open(predicate_name::public_host, "true");
  EXPECT_TRUE(open.holds_for("https://example.com/"));
  EXPECT_FALSE(open.holds_for("https://[::ffff:127.0.0.1]/"));
  EXPECT_TRUE(open.holds_for("not a URL"));
  EXPECT_EQ(open.repaired("https://localhost/"), "nothing");
}

TEST(UrlPathSegments, CountsThoseThatAreNotEmpty) {
  const predicate two(predicate_name::url_path_segments, "2");
  for (const std::string_view url : {"rtmp://a/live/key", "rtmp://a//live//key/", "rtmp://a/live/key/more?x"}) {
    EXPECT_TRUE(two.holds_for(url)) << url;
  }
  for (const std::string_view url :
       {"rtmp://a", "rtmp://a/", "rtmp://a/live", "rtmp://a/live/", "rtmp://a/live?b/c", "live/key"}) {
    EXPECT_FALSE(two.holds_for(url)) << url;
  }
}

TEST(StartsWithAndEndsWith, CompareText) {
  const predicate starts(predicate_name::starts_with, R"("en")");
  EXPECT_TRUE(starts.holds_for("en"));
  EXPECT_TRUE(starts.holds_for("en-GB"));
  EXPECT_FALSE(starts.holds_for("e"));
  EXPECT_FALSE(starts.holds_for("EN"));
  const predicate ends(predicate_name::ends_with, R"(".data")");
  EXPECT_TRUE(ends.holds_for("transcript.data"));
  EXPECT_TRUE(ends.holds_for(".data"));
  EXPECT_FALSE(ends.holds_for("data"));
  EXPECT_FALSE(ends.holds_for("transcript.data "));
}

TEST(WordCharacters, AreLettersDigitsTheUnderscoreAndThoseOfTheArgument) {
  const predicate strict(predicate_name::word_characters, R"("")");
  EXPECT_TRUE(strict.holds_for("recording_local_1"));
  EXPECT_TRUE(strict.holds_for(""));
  for (const std::string_view text : {"a-b", "a b", "a.b", "a/b", "\u00e9", "a\n"}) {
    EXPECT_FALSE(strict.holds_for(text)) << text;
  }
  const predicate loose(predicate_name::word_characters, R"("- ")");
  EXPECT_TRUE(loose.holds_for("a-b c_1"));
  EXPECT_FALSE(loose.holds_for("a.b"));
}

TEST(WordCharacters, AreRepairedWithAnUnderscoreForEachOther) {
  const predicate strict(predicate_name::word_characters, R"("")");
  EXPECT_EQ(strict.repaired("event-1.\u00e9\U0001F600"), "event_1___");
  EXPECT_EQ(predicate(predicate_name::word_characters, R"("-")").repaired("event-1.5"), "event-1_5");
}

TEST(UrlQueryHas, LooksForAWholeNameInTheQueryAlone) {
  const predicate token(predicate_name::url_query_has, R"(["secret","token"])");
  for (const std::string_view url :
       {"https://a/?token=x", "https://a?b=c&token=x", "https://a/?token", "https://a/?b&token&c"}) {
    EXPECT_TRUE(token.holds_for(url)) << url;
  }
  for (const std::string_view url :
       {"https://a/", "https://a/?", "https://a/?tokens=x", "https://a/?b=token", "https://a/token=x",
        "https://a/#?token=x", "https://a/?my&Token=x", "?token=x", ""}) {
    EXPECT_FALSE(token.holds_for(url)) << url;
  }
  EXPECT_EQ(token.repaired("https://a/"), "nothing");
}

TEST(WithoutWhitespace, FindsItAnywhere) {
  const predicate solid(predicate_name::without_whitespace, "true");
  for (const std::string_view text : {"", "p1", "Zoë-1_a"}) EXPECT_TRUE(solid.holds_for(text)) << text;
  for (const std::string_view text : {" p1", "p1 ", "p 1", "p\t1", "p\n1", "p\r1"})
    EXPECT_FALSE(solid.holds_for(text)) << text;
}

TEST(UrlWithoutUserInfo, LooksBeforeTheHostAlone) {
  const predicate anonymous(predicate_name::url_without_user_info, "true");
  for (const std::string_view url :
       {"https://example.com/", "https://example.com/a@b", "https://example.com?a@b", "https://example.com#a@b",
        "https://[::1]/", "user@example.com", "mailto:a@b", ""}) {
    EXPECT_TRUE(anonymous.holds_for(url)) << url;
  }
  for (const std::string_view url : {"https://user@example.com/", "https://user:password@example.com",
                                     "wss://:password@[::1]:8443/", "https://@a"}) {
    EXPECT_FALSE(anonymous.holds_for(url)) << url;
  }
  EXPECT_EQ(anonymous.repaired("https://user@example.com/"), "nothing");
}

TEST(FolderPath, HasNoSegmentsOfDotsAloneNoBackslashAndNoControlCharacter) {
  using namespace std::literals;
  const predicate folder(predicate_name::folder_path, "true");
  for (const std::string_view path : {"", "/", "meetings/2026", "a..b/c.d/...", "/abs", "a//b/", "R\u00e4ume/\u4f1a"}) {
    EXPECT_TRUE(folder.holds_for(path)) << path;
  }
  for (const std::string_view path :
       {".."sv, "."sv, "../x"sv, "a/../b"sv, "a/.."sv, "./a"sv, "a\\b"sv, "a\0b"sv, "a\nb"sv, "\x7f"sv}) {
    EXPECT_FALSE(folder.holds_for(path)) << path;
  }
}

TEST(PredicateNames, AreThoseOfDocuments) {
  EXPECT_EQ(predicate_text(predicate_name::url_scheme), "url-scheme");
  EXPECT_EQ(predicate_text(predicate_name::url_slash_before_query), "url-slash-before-query");
  EXPECT_EQ(predicate_text(predicate_name::public_host), "public-host");
  EXPECT_EQ(predicate_text(predicate_name::url_path_segments), "url-path-segments");
  EXPECT_EQ(predicate_text(predicate_name::starts_with), "starts-with");
  EXPECT_EQ(predicate_text(predicate_name::ends_with), "ends-with");
  EXPECT_EQ(predicate_text(predicate_name::word_characters), "word-characters");
  EXPECT_EQ(predicate_text(predicate_name::url_query_has), "url-query-has");
  EXPECT_EQ(predicate_text(predicate_name::without_whitespace), "without-whitespace");
  EXPECT_EQ(predicate_text(predicate_name::url_without_user_info), "url-without-user-info");
  EXPECT_EQ(predicate_text(predicate_name::folder_path), "folder-path");
}

}  // namespace
}  // namespace recreq
