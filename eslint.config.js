import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** `src/` is the chain: it must run in a worker, in Node and in a browser, so it knows no host. */
const hostPackages = [
  'react',
  'react-dom',
  'react/*',
  'react-dom/*',
  '@ohif/*',
  '@cornerstonejs/*',
];
const domGlobals = ['window', 'document', 'navigator', 'localStorage', 'alert', 'HTMLElement'];

export default tseslint.config(
  { ignores: ['dist/', '.data/', 'coverage/', 'node_modules/'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strict],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', fetch: 'readonly' },
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: hostPackages,
              message: 'src/ runs without a viewer: keep host code in extension/ or mode/.',
            },
            {
              group: ['**/extension/**', '**/mode/**', '**/cli/**', '**/server/**'],
              message: 'src/ is the bottom layer.',
            },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        ...domGlobals.map((name) => ({
          name,
          message: 'src/ runs in workers and in Node: no DOM.',
        })),
      ],
    },
  },
);
