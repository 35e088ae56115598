// Schemas as TypeScript types: aliases, interfaces, unions, each exported under the schema's name.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "document.hpp"
#include "typescript_comments.hpp"

namespace recreq::compiler {

/// Requests are closed: an unlisted value is a mistake. Responses are open: a provider may add values at any time.
enum class direction { request, response };

/// Whether an interface says all that a schema says.
bool plain_object(const place& schema);

class type_writer {
 public:
  /// What is being declared: in which direction, and which named types it mentions, to be declared after it.
  struct writing {
    direction way;
    std::vector<std::string> mentioned;  // pointers
    std::vector<std::string> open;       // pointers of unnamed schemas that are being written
  };

  /// Both have to outlive it. What cannot be said in TypeScript is added to `problems`.
  type_writer(const document& source, std::vector<problem>& problems)
      : source_(source), problems_(problems), comments_(source, problems) {}

  /// The types that a schema allows.
  std::vector<std::string> alternatives(const place& schema, writing& to, std::size_t indent);

  /// Declares the named schema at a pointer, unless that has been done.
  void declare(const std::string& pointer, direction way);

  /// Declares a schema under a name. Types follow the one that mentions them first.
  void declare_as(const std::string& name, const place& schema, direction way);

  /// Reports a name that is taken.
  void take_name(const std::string& name, const std::string& pointer);

  void add_declaration(std::string text) { declarations_.push_back(std::move(text)); }
  const std::vector<std::string>& declarations() const { return declarations_; }
  bool uses_exactly_one() const { return uses_exactly_one_; }
  schema_comments& comments() { return comments_; }

 private:
  std::string type_name(const std::string& pointer, direction way) const;
  // A type that requests use too needs a second, open form, if openness makes a difference.
  bool opened(const std::string& pointer) const;
  bool has_enum(const place& at, std::set<std::string>& seen) const;
  // A schema without a name of its own is written where it is referred to, which ends only if it does not contain
  // itself.
  std::vector<std::string> in_place(const place& schema, writing& to, std::size_t indent);
  std::string constant_type(const json& value, std::size_t indent) const;
  std::vector<std::string> enum_type(const place& listed, direction way, std::size_t indent) const;
  // What the schema's own keywords say, without its branches.
  std::vector<std::string> own_types(const place& schema, writing& to, std::size_t indent);
  std::vector<std::string> string_type(const place& schema, std::size_t indent) const;
  std::string array_type(const place& schema, writing& to, std::size_t indent);
  std::string object_type(const place& schema, writing& to, std::size_t indent);
  std::string members_text(const place& schema, writing& to, std::size_t indent, bool all_required);

  const document& source_;
  std::vector<problem>& problems_;
  schema_comments comments_;
  std::vector<std::string> declarations_;
  std::set<std::string> names_;
  std::set<std::string> in_requests_;  // pointers of declared schemas
  std::set<std::string> in_responses_;
  bool uses_exactly_one_ = false;
};

}  // namespace recreq::compiler
