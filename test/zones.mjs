// Hours, slots, bookings, mails and dates must come out the same wherever the server stands: their tests, once in each process zone
// but this one's, in which all tests run anyway. Apia is the farthest from Berlin that has no summer time, New York lies behind UTC.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia'].filter((zone) => zone !== HERE);
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const jest = [join(root, 'node_modules/jest/bin/jest.js'), '--selectProjects', 'zones', '--runInBand'];

/** All zones at once, each in one process, and what each says in one piece. @returns whether all passed there */
async function passes(TZ) {
  // Each takes its part of the generated cases, see test/support/cases.ts.
  const env = { ...process.env, TZ, TEST_ZONES: String(ZONES.length) };
  const child = spawn(process.execPath, jest, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const code = new Promise((done) => child.once('close', done));
  // Jest says all on stderr.
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  console.log(`\nTZ=${TZ}\n${err}${out}`);
  return (await code) === 0;
}

const passed = await Promise.all(ZONES.map(passes));
const failed = ZONES.filter((_, i) => !passed[i]);
if (failed.length) console.error(`\nFailed with TZ=${failed.join(', ')}`);
process.exitCode = failed.length ? 1 : 0;
