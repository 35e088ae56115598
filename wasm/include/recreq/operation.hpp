/// @file
/// Operations of a provider: check what a caller wants to send, build the request that carries it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "recreq/issue.hpp"
#include "recreq/match.hpp"
#include "recreq/options.hpp"
#include "recreq/provenance.hpp"

namespace recreq {

/// What an input is given: a text, a switch, a number, or several texts. Without any it is absent; an empty text is a
/// value.
using argument_value = std::variant<std::string_view, bool, double, std::span<const std::string_view>>;

/// The value of an input that may be absent.
template <class Value>
argument_value value_of(const std::optional<Value>& given) noexcept {
  if (!given) return {};
  if constexpr (std::is_same_v<Value, bool>) {
    return *given;
  } else {
    return static_cast<double>(*given);
  }
}

/// A named input. A default-constructed text or span stands for an absent one.
struct argument {
  std::string_view name;  ///< as the operation calls it: `region`, `idempotencyKey`
  argument_value value;   ///< texts in UTF-8, neither quoted nor percent-encoded
};

/// What an operation is called with: server variables and parameters by name, and the body's JSON text. The texts have
/// to live until the call has returned, and no longer.
struct arguments {
  /// Up to 16 inputs, which no operation exceeds; further ones are left out.
  class list {
   public:
    list() noexcept = default;
    list(std::initializer_list<argument>
             given) noexcept {  // NOLINT(google-explicit-constructor): a braced list is meant
      for (const argument& each : given) {
        if (size_ < items_.size()) items_[size_++] = each;
      }
    }
    std::span<const argument> items() const noexcept { return std::span(items_).first(size_); }

   private:
    std::array<argument, 16> items_{};
    std::size_t size_ = 0;
  };

  list inputs;
  std::string_view body{};  ///< UTF-8; default-constructed: absent
};

/// One header of a request.
struct header {
  std::string_view name;
  std::string_view value;
};

/// Which header carries the caller's credential, and what stands before it: `Authorization: Token <credential>`. The
/// credential itself never reaches the engine.
struct credential_header {
  std::string_view name;
  std::string_view prefix;
};

/// A request, ready but for its credential.
struct request {
  std::string_view method;          ///< upper case: `POST`
  std::string_view url;             ///< absolute, parameters percent-encoded
  std::span<const header> headers;  ///< all but the credential's
  std::string_view body;            ///< canonical JSON (RFC 8785); empty when the operation has none
  credential_header credential;
};

class operation;
class standalone_schema;

/// The outcome of a check. Views into it live as long as it does.
class report {
 public:
  report(report&&) noexcept;
  report& operator=(report&&) noexcept;
  report(const report&) = delete;
  report& operator=(const report&) = delete;
  ~report();

  /// No issue is an error.
  bool ok() const noexcept;
  /// In the order of the document, then in the order of the rules.
  std::span<const issue> issues() const noexcept;
  /// More issues were found than `limits::issues` lets through.
  bool truncated() const noexcept;
  /// The effective value as canonical JSON, defaults filled in; empty when the input could not be read.
  std::string_view value() const noexcept;
  /// Where each value of the effective body comes from; empty unless `options::provenance` asks for it.
  std::span<const placed_origin> provenance() const noexcept;
  /// The machine's memory, or the budget that the limits set, did not suffice: nothing else here means anything.
  bool memory_exhausted() const noexcept;

 private:
  friend class operation;
  friend class json_schema;
  friend class result;
  friend class standalone_schema;
  friend std::string apply_fixes(std::string_view body, const report& of);
  struct state;
  explicit report(std::unique_ptr<state> held) noexcept;
  std::unique_ptr<state> state_;
};

/// A request, or the issues that stand in its way. Views into it live as long as it does.
class result {
 public:
  /// Whether there is a request.
  explicit operator bool() const noexcept;
  /// The request; there has to be one.
  const request& operator*() const noexcept;
  const request* operator->() const noexcept;
  /// Errors when there is no request; warnings and hints in any case.
  std::span<const issue> issues() const noexcept;
  /// More issues were found than `limits::issues` lets through.
  bool truncated() const noexcept;
  /// The machine's memory, or the budget that the limits set, did not suffice; there is no request.
  bool memory_exhausted() const noexcept;

 private:
  friend class operation;
  friend std::string apply_fixes(std::string_view body, const result& of);
  explicit result(report&& outcome) noexcept;
  report outcome_;
};

/// The body with the fixes of all issues applied, as JSON text with its members in their order. Fixes that do not fit
/// together with an earlier one are left for the next check; when none can be applied the text is the one given. Fixes
/// of inputs beside the body are not applied.
std::string apply_fixes(std::string_view body, const report& of);
std::string apply_fixes(std::string_view body, const result& of);

/// A provider's compiled document. The words have to outlive it, and it has to outlive its operations.
class provider {
 public:
  /// Opens an image, which it verifies first: one that was truncated, damaged or made by another release is refused. A
  /// refused one gives a provider without operations, and `problem()` says why.
  explicit provider(std::span<const std::uint32_t> words) noexcept;
  provider(const provider&) = delete;
  provider& operator=(const provider&) = delete;
  provider(provider&&) = delete;
  provider& operator=(provider&&) = delete;
  ~provider();

  /// The document's name: `recall`.
  std::string_view name() const noexcept;
  /// Empty when the image was opened.
  std::string_view problem() const noexcept { return problem_; }
  /// JSON: the document's date, its hash and its sources.
  std::string_view facts() const noexcept;
  std::size_t operation_count() const noexcept;
  /// The operation of that name (`startRecording`); nothing when there is none.
  std::optional<operation> find(std::string_view name) const noexcept;

 private:
  friend class operation;
  friend class standalone_schema;
  struct opened;
  std::unique_ptr<opened> opened_;
  std::string_view problem_;
};

/// One operation of a provider. Const and stateless: any number of threads may use it at once.
class operation {
 public:
  /// The operation of that number, which is below `operation_count()`.
  operation(const provider& of, std::uint32_t index) noexcept : provider_(&of), index_(index) {}

  /// The operation's name in the document: `startRecording`.
  std::string_view name() const noexcept;
  /// `POST`, …
  std::string_view method() const noexcept;

  /// Checks everything that the operation is called with; pointers of issues begin at the input, `/body/…` or
  /// `/region`.
  report check(const arguments& input, const options& how = {}) const noexcept;
  /// The same, and the request when no issue is an error.
  result build(const arguments& input, const options& how = {}) const noexcept;
  /// Checks a body alone; pointers of issues begin at the body.
  report check_body(std::string_view body, const options& how = {}) const noexcept;

  /// Whether the operation's body can be made to match a bot. Without it, the two below give a match that is not ok.
  bool matches_bots() const noexcept;
  /// The body that makes a start do what the bot would have done. `bot` is the JSON text of a bot as it was answered,
  /// where what is null is left out; `overrides` are a body's fields that shall be different: plain objects are merged
  /// member by member, everything else, null too, takes the place of what the bot has.
  bot_match match_bot(std::string_view bot, std::string_view overrides = {}, const options& how = {}) const noexcept;
  /// The same for the configuration that the bot was created with, as it was written: absence means the default.
  bot_match match_config(std::string_view config, std::string_view overrides = {},
                         const options& how = {}) const noexcept;

 private:
  bot_match match(bool config, std::string_view given, std::string_view overrides, const options& how) const noexcept;
  report run(const arguments& input, bool body_alone, bool build, const options& how) const noexcept;

  const provider* provider_;
  std::uint32_t index_;
};

/// An operation with its own input type, with the same functions as `operation`. Generated headers define one for each
/// operation of a provider.
template <class Input>
class typed_operation {
 public:
  using service_function = const provider& (*)() noexcept;
  using arguments_function = arguments (*)(const Input&) noexcept;

  constexpr typed_operation(service_function service, std::uint32_t index, arguments_function name_arguments) noexcept
      : service_(service), name_arguments_(name_arguments), index_(index) {}

  report check(const Input& input, const options& how = {}) const noexcept {
    return untyped().check(name_arguments_(input), how);
  }
  result build(const Input& input, const options& how = {}) const noexcept {
    return untyped().build(name_arguments_(input), how);
  }
  report check_body(std::string_view body, const options& how = {}) const noexcept {
    return untyped().check_body(body, how);
  }

  /// The same operation, its inputs given by name.
  operation untyped() const noexcept { return {service_(), index_}; }

 private:
  service_function service_;
  arguments_function name_arguments_;
  std::uint32_t index_;
};

/// A typed operation whose body can be made to match a bot.
template <class Input>
class matching_operation : public typed_operation<Input> {
 public:
  using typed_operation<Input>::typed_operation;

  /// See `operation::match_bot`.
  bot_match match_bot(std::string_view bot, std::string_view overrides = {}, const options& how = {}) const noexcept {
    return this->untyped().match_bot(bot, overrides, how);
  }
  /// See `operation::match_config`.
  bot_match match_config(std::string_view config, std::string_view overrides = {},
                         const options& how = {}) const noexcept {
    return this->untyped().match_config(config, overrides, how);
  }
};

/// A schema that stands for itself, such as what another operation takes in one of its fields. Const and stateless: any
/// number of threads may use it at once. Generated headers define one for each that the provider has.
class standalone_schema {
 public:
  using service_function = const provider& (*)() noexcept;

  constexpr standalone_schema(service_function service, std::uint32_t index) noexcept
      : service_(service), index_(index) {}

  std::string_view name() const noexcept;
  /// Checks a JSON text; defaults are filled into the report's value as they are into a body.
  report check(std::string_view json, const options& how = {}) const noexcept;

 private:
  service_function service_;
  std::uint32_t index_;
};

}  // namespace recreq
