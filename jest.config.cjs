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

/** What opens no PostgreSQL needs none to be started. */
const logsSetup = '<rootDir>/test/support/logsSetup.ts';

/**
 * `house`: all that needs no browser. `zones`: those of them that could depend on the zone of the process, see test/zones.mjs.
 * `postgres`: those of them that open a database of the program's, on PostgreSQL. `journeys`: headless Chromium, one browser at a
 * time. `faults`: the real program, hurt.
 */
module.exports = {
  watchman: false,
  // One more than the processors of a small machine are busy with: some tests mostly wait, and these come first.
  maxWorkers: 4,
  testTimeout: 30_000,
  testSequencer: '<rootDir>/test/support/longestFirst.cjs',
  projects: [
    {
      ...common,
      displayName: 'house',
      roots: ['<rootDir>/test'],
      testPathIgnorePatterns: ['/node_modules/', '/test/journeys/', '/test/bench/', '/test/faults/'],
    },
    {
      ...common,
      displayName: 'zones',
      globalSetup: logsSetup,
      roots: ['<rootDir>/test/domain', '<rootDir>/test/mail', '<rootDir>/test/presentation', '<rootDir>/test/app'],
      testPathIgnorePatterns: [
        '/node_modules/',
        // In these is no date and no time of day, or only how long something takes; mail/zones chooses its zone itself.
        '/test/domain/(slots/(givingWay|matching|permutation)|booking/reference|language)',
        '/test/mail/(address|mailbox|smtp|zones)',
        '/test/app/(?!booking.test)',
      ],
    },
    {
      ...common,
      displayName: 'postgres',
      roots: ['<rootDir>/test/app', '<rootDir>/test/http'],
      globalSetup: '<rootDir>/test/support/postgresSetup.ts',
      testPathIgnorePatterns: [
        '/node_modules/',
        // These open no database, or both kinds of it, wherever they run.
        '/test/app/(check|desks)/',
        '/test/app/booking/importBookings',
        '/test/http/(addressRange|bounds|closing|errors|proxyNotice)',
        // The document is the same on both.
        '/test/http/api/openApiDigest',
        // Hundreds of guesses each: what counts them is held by test/contracts/rateLimits, on both kinds.
        '/test/http/limits',
      ],
    },
    { ...common, displayName: 'journeys', globalSetup: logsSetup, roots: ['<rootDir>/test/journeys'] },
    {
      ...common,
      displayName: 'faults',
      roots: ['<rootDir>/test/faults'],
      globalSetup: '<rootDir>/test/faults/support/globalSetup.ts',
      globalTeardown: '<rootDir>/test/faults/support/globalTeardown.ts',
    },
  ],
};
