import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { cancelBooking } from '../../src/app/booking/cancelBooking';
import { moveBooking } from '../../src/app/booking/moveBooking';
import { mulberry32 } from '../../src/demo/random';
import { HOUR, MINUTE } from '../../src/domain/calendar/interval';
import { isRefusal } from '../../src/domain/errors';
import { randomIds } from '../../src/identity/ids';
import { turns } from '../../src/turns';
import { aReceptionist, NOW, TUESDAY_NINE } from '../support/builders';
import { openUrl } from '../support/databases';
import { mailFacts } from '../support/mails';

/**
 * One of several processes that change the same bookings, with their mails: `changer.ts DATABASE_URL FOLDER SEED TRIES PROCESSES`. Prints
 * what came of it as JSON.
 */
async function main([
  url = '',
  folder = '',
  seed = '1',
  tries = '1',
  processes = '1',
]: readonly string[]): Promise<void> {
  const { storage } = await openUrl(url, { now: NOW });
  const deps = { storage, now: () => NOW, ids: randomIds, mailFacts: mailFacts(), turn: turns() };
  const [move, cancel] = [moveBooking(deps), cancelBooking(deps)];
  const week = { start: TUESDAY_NINE.start, end: TUESDAY_NINE.start + 24 * HOUR };
  const ids = (await storage.bookings.within('expat-desk', week)).map(({ id }) => id).sort();
  const random = mulberry32(Number(seed));
  const report = { changed: 0, refused: 0, errors: [] as string[] };

  await allReady(folder, seed, Number(processes));
  for (let i = 0; i < Number(tries); i++) {
    // By staff, whose changes are told one by one; a client's in a row become one mail.
    const request = { bookingId: random.pick(ids), who: aReceptionist('Reception') };
    try {
      // Late, so that there is something to change until then.
      if (i >= Number(tries) - 2) await cancel({ ...request, reason: null });
      else await move({ ...request, start: TUESDAY_NINE.start + random.below(5) * 30 * MINUTE });
      report.changed++;
    } catch (error) {
      if (isRefusal(error, 'slot-unavailable') || isRefusal(error, 'booking-not-changeable')) report.refused++;
      else report.errors.push(String(error));
    }
  }
  await storage.close();
  process.stdout.write(JSON.stringify(report));
}

/** Waits for the other processes: alone, the first one would be through before the last has started. */
async function allReady(folder: string, seed: string, processes: number): Promise<void> {
  writeFileSync(join(folder, seed), '');
  while (readdirSync(folder).length < processes) await setTimeout(5);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
