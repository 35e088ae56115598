// JSON Schemas into instructions.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "document.hpp"
#include "image_tables.hpp"

namespace recreq::compiler {

/// A value of the document that has to satisfy a schema: a default or an example.
struct sample {
  place at;
  image::index schema;
};

class schema_writer {
 public:
  schema_writer(const document& source, image_tables& tables, std::vector<problem>& problems)
      : source_(source), tables_(tables), problems_(problems) {}

  /// Formats that are not implemented are annotations instead of being refused.
  void ignore_unknown_formats() { ignores_unknown_formats_ = true; }

  /// Compiles a schema, once for each place. `in_rule` allows `x-at` and `x-predicate`.
  image::index write(const place& schema, bool in_rule = false);

  /// The next `write` leaves out what stands at these pointers: something else asks for it.
  void leave_out(std::set<std::string> pointers) { left_out_ = std::move(pointers); }

  /// An object with the inputs of an operation and an unchecked `body`.
  image::index write_inputs(const operation& of);

  /// A pointer pattern as a list: its first word and its length.
  std::pair<image::index, std::uint32_t> pattern(const std::string& pointer);

  /// The properties that a place under `properties` became: one, and another where rules have the same schema.
  const std::vector<image::index>& properties_of(const std::string& pointer) const { return properties_.at(pointer); }

  const std::vector<sample>& samples() const { return samples_; }
  /// The `x-rules` of all schemas that were compiled.
  const std::vector<place>& rules() const { return with_rules_; }

 private:
  struct body;

  struct named_property {
    std::string name;
    std::string pointer;
    image::property_record record;
  };

  void write_into(image::index at, const place& schema, bool in_rule);
  void write_members(const place& schema, bool in_rule, body& out);
  std::vector<std::uint32_t> write_pattern_members(const place& patterns, bool in_rule);
  std::pair<image::index, std::uint32_t> write_pattern(const std::string& expression, const std::string& pointer);
  void write_object(const place& schema, bool in_rule, body& out);
  void write_counts(const place& schema, body& out);
  void write_bounds(const place& schema, body& out);
  void write_array(const place& schema, bool in_rule, body& out);
  void write_values(const place& schema, body& out);
  void write_union(const place& schema, std::string_view keyword, bool in_rule, body& out);
  bool write_by_type(const std::vector<place>& branches, bool in_rule, body& out);
  bool write_by_constant(const place& schema, const std::vector<place>& branches, bool in_rule, body& out);
  void write_combinations(const place& schema, bool in_rule, body& out);
  void write_rule_keywords(const place& schema, body& out);
  void check_keywords(const place& schema, bool in_rule);
  image::index write_shape(image::shape_record shape, std::vector<named_property> named);
  named_property write_property(const std::string& name, const place& schema, bool required, bool in_rule);
  std::uint32_t count_at(const place& number);
  std::vector<std::string> strings_at(const place& list);
  void check_argument(image::predicate_name predicate, const place& argument);
  std::uint32_t types_of(const place& schema, bool with_values, int depth = 0);
  std::uint32_t find_types(const place& schema, bool with_values, int depth);
  bool has_whole_default(const place& schema);
  bool has_default(const place& schema, std::set<std::string>& seen);

  const document& source_;
  image_tables& tables_;
  std::vector<problem>& problems_;
  bool ignores_unknown_formats_ = false;
  std::map<std::pair<std::string, bool>, image::index> written_;
  std::set<std::string> left_out_;
  std::map<std::pair<std::string, bool>, std::uint32_t> types_;  // by pointer and `with_values`
  int depth_ = 0;
  std::vector<std::tuple<image::index, place, bool>> waiting_;   // schemas that stand too deep to be written at once
  std::map<std::string, std::vector<image::index>> properties_;  // by pointer
  std::vector<sample> samples_;
  std::uint32_t slot_count_ = 0;  ///< of the look-ups of all shapes so far
  std::vector<place> with_rules_;
};

/// The bits of a type by its name; 0 when there is no such type.
std::uint32_t type_named(std::string_view name);

/// Whether the only members beside `$ref` are annotations, so that the target can stand for it.
bool only_annotates_reference(const json& schema);

}  // namespace recreq::compiler
