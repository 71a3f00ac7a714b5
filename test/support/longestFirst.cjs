const { default: Sequencer } = require('@jest/test-sequencer');

/** Those that take longest, the longest first; each would keep all but one processor idle if it began last. */
const LONGEST = [
  'outage',
  'stop',
  'storage/processes',
  'startRefused',
  'http/bounds',
  'storage/foreignLock',
  'killed',
  'cli/import',
  'app/check/check',
  'clearText',
  'start',
  'cli/backup',
  'demo/demo',
  'http/public/journey/journey',
  'storage/stores',
  'http/limits',
  'domain/calendar/recurrenceOracle',
  'http/api/race',
  'http/publicLimits',
  'http/api/staff',
  'http/api/hostile',
  'app/notifications/outbox',
  'app/slots/assignment',
  'jobs/runner',
  'faults/postgres',
  'faults/smtp',
  'faults/races',
  'faults/disk',
  'faults/nginx',
  'faults/kill',
  'faults/killCommand',
].map((name) => `/test/${name}.test.ts`);

/** Jest knows how long a file took last time, but on a machine of CI nothing has a last time: it would go by the size of the file. */
module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const place = LONGEST.findIndex((end) => path.endsWith(end));
      return place < 0 ? LONGEST.length : place;
    };
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};
