// Numbers are JavaScript's own: the module asks for a conversion instead of carrying two of them.
mergeInto(LibraryManager.library, {
  recreq_parse_double: function (text, size) {
    var digits = ''
    for (var i = 0; i < size; i++) digits += String.fromCharCode(HEAPU8[text + i])
    return Number(digits)
  },
  recreq_print_double: function (value, out) {
    var digits = String(value)
    for (var i = 0; i < digits.length; i++) HEAPU8[out + i] = digits.charCodeAt(i)
    return digits.length
  },
})
