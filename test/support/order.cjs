const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * The files that mostly wait, such as for a program to start or for a lease to end, with the seconds that each takes.
 * One of the journeys is among them, so that its browser does not work at the same time as that of the other.
 */
const WAITING = {
  'faults/postgres': 120,
  'faults/smtp': 110,
  'faults/races': 90,
  'faults/disk': 90,
  'faults/nginx': 80,
  'journeys/staff-works-the-day': 80,
  'faults/killMailer': 70,
  'faults/kill': 60,
  'faults/killReader': 60,
  'faults/killCommand': 60,
  stop: 60,
  'faults/suspended': 60,
  outage: 50,
  'faults/killMigration': 50,
  startRefused: 50,
  'faults/clock': 40,
  'faults/pageRaces': 40,
  'storage/foreignLock': 25,
  'http/bounds': 20,
  start: 20,
  killed: 20,
  'journeys/staff-sees-others': 20,
  'faults/clockChange': 20,
  'faults/rush': 20,
  'jobs/runner': 18,
  clearText: 15,
};
/**
 * The other long files, in the order in which they begin, with the seconds that each takes: if one of them began last,
 * it would keep one processor busy and all others idle. `storage/processes` starts six processes of its own, so it
 * comes when the browser of the first journey is done.
 */
const WORKING = {
  'journeys/client-books': 180,
  'journeys/client-asks': 80,
  'journeys/client-is-held-up': 20,
  'app/check/check': 35,
  'cli/import': 30,
  'http/limits': 30,
  'storage/processes': 60,
  'storage/stores': 24,
  'cli/restore': 22,
  'http/api/race': 20,
  'app/notifications/outbox': 20,
  'http/publicLimits': 20,
  'http/api/roles': 18,
  'cli/cli': 17,
  'app/booking/moveTargets': 16,
  'http/api/idempotency': 16,
  'demo/demo': 15,
  'app/slots/assignment': 15,
  'cli/moveDatabase': 14,
  'http/safeMethods': 13,
};
const USUAL_SECONDS = 5;

for (const name of [...Object.keys(WAITING), ...Object.keys(WORKING)])
  if (!existsSync(join(__dirname, '..', `${name}.test.ts`))) throw new Error(`order.cjs: there is no test ${name}`);

/**
 * Orders the test files. Jest itself orders them by how long they took last time, but a machine of CI knows no last
 * time. The long ones come first, and at any time about as many workers have a file that waits as one that works, so that
 * the processors are busy, and nothing that counts seconds comes to its end because too many files work at once.
 */
module.exports = class extends Sequencer {
  sort(tests) {
    const all = super.sort(tests);
    const waiting = inOrderOf(
      WAITING,
      all.filter((test) => secondsOf(test, WAITING)),
    );
    const working = inOrderOf(
      WORKING,
      all.filter((test) => !secondsOf(test, WAITING)),
    );
    const sorted = [];
    for (let [waited, worked] = [0, 0]; waiting.length + working.length > 0; ) {
      const waits = working.length === 0 || (waiting.length > 0 && waited <= worked);
      const next = (waits ? waiting : working).shift();
      if (waits) waited += secondsOf(next, WAITING);
      else worked += secondsOf(next, WORKING) ?? USUAL_SECONDS;
      sorted.push(next);
    }
    return sorted;
  }
};

/** Sorts the tests of the table into its order, and puts the others after them. */
function inOrderOf(table, tests) {
  const names = Object.keys(table);
  const place = (test) => (nameOf(test) in table ? names.indexOf(nameOf(test)) : names.length);
  return tests.sort((a, b) => place(a) - place(b));
}

function secondsOf(test, table) {
  return table[nameOf(test)];
}

function nameOf({ path }) {
  return path.replace(/^.*\/test\/(.*)\.test\.ts$/, '$1');
}
