import parser from '@babel/eslint-parser';
import reactHooks from 'eslint-plugin-react-hooks';

export default [
  { ignores: ['**/generated/', '**/dist/', '**/.next/', '**/*.d.ts'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: {
      // Babel's: ESLint's usual parser of TypeScript needs its former compiler.
      parser,
      parserOptions: { requireConfigFile: false, babelOptions: { presets: ['@babel/preset-typescript'], parserOpts: { plugins: ['jsx'] } } },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.flat.recommended.rules,
  },
];
