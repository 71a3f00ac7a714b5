const { existsSync } = require('node:fs');
const { join } = require('node:path');

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
 * The process zones in which the tests of dates run, but this process's own: in that one all tests run. Apia is the farthest from
 * Berlin that has no summer time, New York lies behind UTC.
 */
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const PROCESS_ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia'].filter((zone) => zone !== HERE);

/**
 * What the zone of the process could change. Only the packages for public holidays and for VTIMEZONE ask the process for its zone, and
 * the linter lets nothing in src/ do so: these tests go through both, through the calendar that stands on them and through its texts.
 */
const IN_EACH_ZONE = [
  'domain/calendar/',
  'domain/slots/candidates',
  'domain/notifications/invitation',
  'mail/ics',
  'mail/mailWriter',
  'mail/mime',
  'mail/wire',
  'presentation/format',
  'app/booking',
];

/**
 * What a database could change. The contracts of test/contracts are kept by both kinds in `house`, as are the commands, the check and
 * the import; here is what works with several stores at once, races, counts or searches in the database, refuses what PostgreSQL
 * cannot keep, or is the only one to ask a statement. `safeMethods` opens every page there is.
 */
const ON_POSTGRES = [
  'app/booking',
  'app/booking/moveTargets',
  'app/booking/restoreBooking',
  'app/booking/undoMoves',
  'app/notifications/grace',
  'app/booking/swapTargets',
  'app/notifications/mergedMails',
  'app/notifications/outbox',
  'app/notifications/remindClients',
  'app/hours/blockTime',
  'app/plans/absencePlans',
  'app/plans/ownAbsence',
  'app/queue/queue',
  'app/retention/purge',
  'app/slots/assignment',
  'app/waiting/races',
  'app/webhooks/webhooks',
  'http/api/absences',
  'http/api/bookings',
  'http/api/busyCalendar',
  'http/api/events',
  'http/api/exceptions',
  'http/api/holds',
  'http/api/hostile',
  'http/api/idempotency',
  'http/api/moves',
  'http/api/race',
  'http/api/roles',
  'http/api/staff',
  'http/health',
  'http/keptForm',
  'http/publicLimits',
  'http/safeMethods',
  'http/secret',
  'http/tooManyBookings',
  'http/public/journey/heldSlots',
  'http/public/manage/manage',
  'http/staff/booking/booking',
  'http/staff/booking/falseBookings',
  'http/staff/myDay/myDay',
  'http/staff/newBooking/newBooking',
  'http/staff/search/search',
  'http/staff/signIn/knownDevice',
  'http/staff/signIn/signIn',
  'http/staff/tasks/tasks',
];

/** Below test/: a folder with its slash, or a test without its ending. */
const files = (names) =>
  names.map((name) => {
    const path = join(__dirname, 'test', name.endsWith('/') ? name : `${name}.test.ts`);
    if (!existsSync(path)) throw new Error(`jest.config.cjs: there is no ${path}`);
    return name.endsWith('/') ? `${path}**/*.test.ts` : path;
  });

/** docs/testing.md says what each project is for, and how long it takes. */
module.exports = {
  watchman: false,
  // One more than the processors of a small machine: some tests mostly wait, and these come first. With more, what counts seconds,
  // such as the patience of a client in the program's line, comes to its end on a slow one.
  maxWorkers: 3,
  // No test is timed: this finds those that hang, on a busy machine too, where the start of a few programs takes minutes.
  testTimeout: 300_000,
  // A worker that has ended its last test takes up to a second to give back its heap of many hundred megabytes; Jest waits for half a
  // second, and then says that a test leaks. One that a leak keeps alive is found as before.
  workerGracefulExitTimeout: 10_000,
  testSequencer: '<rootDir>/test/support/order.cjs',
  projects: [
    {
      ...common,
      displayName: 'house',
      roots: ['<rootDir>/test'],
      testPathIgnorePatterns: ['/node_modules/', '/test/journeys/', '/test/bench/', '/test/faults/'],
    },
    ...PROCESS_ZONES.map((processZone) => ({
      ...common,
      displayName: processZone,
      globalSetup: logsSetup,
      testEnvironment: '<rootDir>/test/support/zoneEnvironment.cjs',
      testEnvironmentOptions: { processZone },
      // Each zone tries its part of the generated cases.
      globals: { PARTS_OF_CASES: PROCESS_ZONES.length },
      testMatch: files(IN_EACH_ZONE),
    })),
    {
      ...common,
      displayName: 'postgres',
      setupFiles: ['<rootDir>/test/support/onPostgres.ts'],
      testMatch: files(ON_POSTGRES),
    },
    { ...common, displayName: 'journeys', roots: ['<rootDir>/test/journeys'] },
    {
      ...common,
      displayName: 'faults',
      roots: ['<rootDir>/test/faults'],
      globalSetup: '<rootDir>/test/faults/support/globalSetup.ts',
    },
  ],
};
