// What an editor shows about a schema: description, limits, defaults, confidence, links, examples.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "document.hpp"
#include "typescript_text.hpp"

namespace recreq::compiler {

/// As many examples as are worth reading in a hover.
inline constexpr std::size_t most_examples = 3;

class schema_comments {
 public:
  /// Both have to outlive it. Sources that the document does not list are added to `problems`.
  schema_comments(const document& source, std::vector<problem>& problems)
      : source_(source), problems_(problems), sources_(member(source.at(""), "x-source")) {}

  /// The comment of a schema; `owner` is the parameter or variable that has it, if one does.
  comment schema_comment(const place& schema, const place& owner = {});

  /// A link for each source that is listed.
  void add_links(comment& said, const place& listed);

  /// A member that names no source has at least the first one of its type, or of what it is part of.
  void add_nearest_link(comment& said, const place& schema, const place& whole);

 private:
  // An annotation of a schema, or of what it refers to; description and sources also of the one thing that may be null.
  place annotation(place schema, std::string_view keyword) const;
  std::string limits(const place& schema, std::string_view described) const;
  void add_link(comment& said, const place& id);

  const document& source_;
  std::vector<problem>& problems_;
  place sources_;
};

/// Adds code that shows how something is used.
void add_example(comment& said, const std::string& caption, const std::string& code);

/// The examples of a schema that show something.
std::vector<json> shown_examples(const place& schema);

/// `StartRecordingBody` → `body`.
std::string variable_name(const std::string& type);

}  // namespace recreq::compiler
