// Biome does the rest. typescript-eslint is here for the rules that need types: no promise is left alone. ESLint itself keeps src/ from
// asking the process for its time zone, so that the tests need not run once more in each zone.
import { parser, plugin } from 'typescript-eslint';

const ZONE_OF_THE_PROCESS = [
  'CallExpression[callee.property.name=/^(get|set)(Date|Day|FullYear|Hours|Minutes|Month|Year|TimezoneOffset)$/]',
  'CallExpression[callee.property.name=/^to(Locale)?(Date|Time)String$/]',
  "NewExpression[callee.name='Date'][arguments.length>1]",
  "CallExpression[callee.object.name='DateTime'][callee.property.name=/^(local|now)$/]",
  "CallExpression[callee.object.name='DateTime'][callee.property.name=/^from/]:not(:has(Property[key.name=/^zone$|^setZone$/]))",
];

export default [
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'tools/**/*.ts'],
    languageOptions: { parser, parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { '@typescript-eslint': plugin },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...ZONE_OF_THE_PROCESS.map((selector) => ({
          selector,
          message: 'This depends on the zone in which the process stands: see src/domain/calendar/zone.ts.',
        })),
      ],
    },
  },
];
