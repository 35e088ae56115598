// An OpenAPI document, or a schema on its own, as the compiler sees it: loaded without losing anything, with every
// value at a JSON Pointer that a problem can name, with references resolved and the operations' inputs gathered.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace recreq::compiler {

/// Keeps the order of keys: it is the reading order of everything that is generated.
using json = nlohmann::ordered_json;

/// Something that is wrong with the document. `line` and `column` count from 1 and are set for syntax errors only.
struct problem {
  std::string pointer;
  std::string message;
  std::size_t line = 0;
  std::size_t column = 0;
};

/// Adds a problem unless the same one is there: several generators walk the same operations.
void report(std::vector<problem>& problems, std::string pointer, std::string message);

/// `file:pointer: message`, or `file:line:column: message` for a syntax error.
std::string problem_line(const std::filesystem::path& file, const problem& found);

/// A value and where it stands in the document; the value is null when there is nothing.
struct place {
  const json* value = nullptr;
  std::string pointer;

  explicit operator bool() const { return value != nullptr; }
};

std::string pointer_append(const std::string& pointer, std::string_view token);

/// What stands at a JSON Pointer; null when nothing does.
const json* value_at(const json& root, std::string_view pointer);

/// The member or element of a place; its value is null when the place has none of that name or number.
place member(const place& parent, std::string_view key);
place element(const place& parent, std::size_t index);

/// All members of an object or elements of an array, in document order; none for anything else.
std::vector<std::pair<std::string, place>> children(const place& parent);

/// The string at a member, or an empty one.
std::string text_of(const place& parent, std::string_view key);

/// Whether the member is there and is `true`.
bool flag_of(const place& parent, std::string_view key);

/// One value that a caller gives to an operation, apart from the body.
struct input {
  std::string name;       // what JavaScript calls it
  std::string wire_name;  // what the provider calls it
  std::string in;         // server, path, query or header
  bool required = false;
  bool repeated = false;  // an array in the query: its name stands before each element (style form, explode true)
  std::string type;       // string, boolean, number, integer; of an array in the query: array
  place schema;           // references are not followed
  place at;               // the parameter object or server variable
};

struct operation {
  std::string name;    // the operationId
  std::string method;  // upper case
  std::string path;    // the template: /bot/{id}/
  place at;
  std::vector<input> inputs;  // server variables, then parameters in document order
  std::optional<place> body;  // the schema of the application/json body; references are not followed
  bool body_required = false;
};

/// A schema that stands for itself: what an operation that the document does not have takes in one of its fields.
struct standalone_schema {
  std::string name;  // what JavaScript calls it
  place at;          // the entry of the document's x-schemas
  place schema;      // references are not followed
};

class document {
 public:
  /// Reads a document. Everything that is wrong with the file, its keys or its references is added to `problems`; a
  /// document comes back whenever there is something to go on with.
  static std::optional<document> load(const std::filesystem::path& file, std::vector<problem>& problems);

  /// The same for a text that is already in memory; `file` only gives it a name.
  static std::optional<document> parse(std::string_view text, const std::filesystem::path& file,
                                       std::vector<problem>& problems);

  /// The same for a JSON Schema that stands for itself: an object, true or false.
  static std::optional<document> parse_schema(std::string_view text, std::vector<problem>& problems);

  const json& root() const;
  const std::filesystem::path& file() const;

  /// The stem of the file's name: `recall`.
  std::string provider() const;

  place at(std::string_view pointer) const;

  /// What the `$ref` of an object names.
  place target(const place& holder) const;

  /// Follows `$ref` until something else stands there. A reference that leads nowhere gives a place without a value;
  /// `load` has reported it.
  place resolve(place from) const;

  /// The operations in document order with all their inputs.
  std::vector<operation> operations(std::vector<problem>& problems) const;

  /// The first security scheme that an operation asks for; a place without a value when it asks for none.
  place security_scheme(const operation& of, std::vector<problem>& problems) const;

  /// The schemas that stand for themselves, in document order.
  std::vector<standalone_schema> standalone_schemas(std::vector<problem>& problems) const;

 private:
  struct content;  // behind a pointer, so that places stay valid when the document moves
  explicit document(std::shared_ptr<const content> held);
  static std::shared_ptr<content> read(std::string_view text, const std::filesystem::path& file,
                                       std::vector<problem>& problems);
  std::shared_ptr<const content> content_;
};

/// `Idempotency-Key` → `idempotencyKey`.
std::string camel_case(std::string_view header_name);

/// `start_recording`, `startRecording`, `Idempotency-Key` → `StartRecording`, `StartRecording`, `IdempotencyKey`.
std::string pascal_case(std::string_view name);

/// `startRecording`, `idempotencyKey` → `start_recording`, `idempotency_key`.
std::string snake_case(std::string_view name);

}  // namespace recreq::compiler
