// TypeScript in js/src is linted with its types; the JavaScript that Node runs as it is has its types checked by tsc
// (tsconfig.json), so that ESLint looks at the rest.
import eslint from '@eslint/js'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

export default defineConfig(
  { ignores: ['build/', 'dist/', 'js/src/generated/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      // JSON's own rules speak of control characters, and methods are taken from prototypes so that nobody's override counts.
      'no-control-regex': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  // tsc knows the names of Node, and Emscripten those of its libraries.
  { files: ['**/*.mjs', '**/*.js'], rules: { 'no-undef': 'off' } },
  { files: ['**/*.mjs'], rules: { eqeqeq: 'error', 'no-var': 'error', 'prefer-const': 'error' } },
)
