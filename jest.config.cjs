const common = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.[cm]?[jt]sx?$': [
      '@swc/jest',
      {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/support/globalSetup.ts',
  globalTeardown: '<rootDir>/test/support/globalTeardown.ts',
};

/**
 * `house`: all that needs no browser. `postgres`: those of them that open a database of the program's, on PostgreSQL.
 * `journeys`: headless Chromium, one browser at a time. `faults`: the real program, hurt.
 */
module.exports = {
  watchman: false,
  maxWorkers: 3,
  testTimeout: 30_000,
  projects: [
    {
      ...common,
      displayName: 'house',
      roots: ['<rootDir>/test'],
      testPathIgnorePatterns: ['/node_modules/', '/test/journeys/', '/test/bench/', '/test/faults/'],
    },
    {
      ...common,
      displayName: 'postgres',
      roots: ['<rootDir>/test/app', '<rootDir>/test/http', '<rootDir>/test/demo'],
      globalSetup: '<rootDir>/test/support/postgresSetup.ts',
      // These open no database.
      testPathIgnorePatterns: ['/node_modules/', '/test/demo/(simulation|standardDesk)'],
    },
    { ...common, displayName: 'journeys', roots: ['<rootDir>/test/journeys'] },
    {
      ...common,
      displayName: 'faults',
      roots: ['<rootDir>/test/faults'],
      globalSetup: '<rootDir>/test/faults/support/globalSetup.ts',
      globalTeardown: '<rootDir>/test/faults/support/globalTeardown.ts',
    },
  ],
};
