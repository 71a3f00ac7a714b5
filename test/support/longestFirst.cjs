const { default: Sequencer } = require('@jest/test-sequencer');

/** Those that take longest, the longest first; each would keep all but one processor idle if it began last. */
const LONGEST = [
  'storage/processes',
  'stop',
  'outage',
  'http/api/race',
  'app/outbox',
  'cli/import',
  'http/limits',
  'app/check/check',
  'start',
  'jobs/runner',
  'app/assignment',
  'demo/demo',
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
