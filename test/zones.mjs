// Hours, slots, bookings, mails and dates must come out the same wherever the server stands: their tests, once in each process zone
// but this one's, in which all tests have just run. Apia is the farthest from Berlin that has no summer time, New York lies behind UTC.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia'].filter((zone) => zone !== HERE);
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const parts = ['test/domain/(?!assignment/matching)', 'test/mail/', 'test/presentation/', 'test/app/booking.test.ts'];
const jest = [join(root, 'node_modules/jest/bin/jest.js'), '--selectProjects', 'house', '--testPathPatterns', ...parts];

const failed = ZONES.filter((TZ) => {
  console.log(`\nTZ=${TZ}`);
  return spawnSync(process.execPath, jest, { cwd: root, env: { ...process.env, TZ }, stdio: 'inherit' }).status !== 0;
});

if (failed.length) console.error(`\nFailed with TZ=${failed.join(', ')}`);
process.exitCode = failed.length ? 1 : 0;
