// The JavaScript half of embind for the few types that module.cpp uses: numbers, and texts as std::string. Emscripten's own knows
// all types of C++, and is larger than all the rest of its glue; it says the same things to embind's C++ half.
mergeInto(LibraryManager.library, {
  $boundTexts: '{}',

  _embind_register_std_string__deps: ['$boundTexts'],
  _embind_register_std_string: function (type) {
    boundTexts[type] = true
  },

  // What is passed and returned as a number needs nothing said about it.
  _embind_register_void__deps: [],
  _embind_register_void: function () {},
  _embind_register_bool__deps: [],
  _embind_register_bool: function () {},
  _embind_register_integer__deps: [],
  _embind_register_integer: function () {},
  _embind_register_float__deps: [],
  _embind_register_float: function () {},
  _embind_register_std_wstring__deps: [],
  _embind_register_std_wstring: function () {},
  _embind_register_emval__deps: [],
  _embind_register_emval: function () {},
  _embind_register_memory_view__deps: [],
  _embind_register_memory_view: function () {},

  // Types: the result's, then the arguments'. A text is a pointer to its length and its bytes, made by one side and freed by the
  // other.
  _embind_register_function__deps: ['$boundTexts', '$getWasmTableEntry', 'malloc', 'free'],
  _embind_register_function: function (nameAt, count, typesAt, signature, invoker, bound) {
    var types = HEAPU32.slice(typesAt >> 2, (typesAt >> 2) + count)
    var end = HEAPU8.indexOf(0, nameAt)
    Module[new TextDecoder().decode(HEAPU8.subarray(nameAt, end))] = function (...given) {
      var made = []
      var args = given.map(function (value, index) {
        if (!boundTexts[types[index + 1]]) return value
        var bytes = new TextEncoder().encode(value)
        var at = _malloc(4 + bytes.length + 1)
        if (at === 0) throw new RangeError('there is no memory left')
        HEAPU32[at >> 2] = bytes.length
        HEAPU8.set(bytes, at + 4)
        made.push(at)
        return at
      })
      var result = getWasmTableEntry(invoker)(bound, ...args)
      made.forEach(_free)
      if (!boundTexts[types[0]]) return result
      var text = new TextDecoder().decode(HEAPU8.subarray(result + 4, result + 4 + HEAPU32[result >> 2]))
      _free(result)
      return text
    }
  },
})
