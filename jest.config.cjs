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

/** `house`: all that needs no browser. `journeys`: headless Chromium, one browser at a time. */
module.exports = {
  watchman: false,
  testTimeout: 30_000,
  projects: [
    {
      ...common,
      displayName: 'house',
      roots: ['<rootDir>/test'],
      testPathIgnorePatterns: ['/node_modules/', '/test/journeys/', '/test/bench/'],
    },
    { ...common, displayName: 'journeys', roots: ['<rootDir>/test/journeys'] },
  ],
};
