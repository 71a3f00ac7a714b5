import { setTimeout } from 'node:timers/promises';
import { importBookings } from '../app/booking/importBookings';
import type { ImportLine, ImportOutcome } from '../app/booking/importPlan';
import { secretFit } from '../app/secret/secretFit';
import { readSecret } from '../compose';
import { readConfig } from '../config';
import { SYSTEM } from '../domain/staff/caller';
import { randomIds } from '../identity/ids';
import { manageTokens } from '../identity/manageTokens';
import { organizerAddress } from '../mail/calendarFile';
import { FOREIGN_SECRET } from '../settleSecret';
import { type Command, Incomplete, optionsAndArguments, Refusal, required, type Terminal, UsageError } from './command';
import { COLUMNS, readImport } from './importFile';
import { deskNamed, withStorage } from './open';

const PROGRESS_MS = 1000;

export const importCommand: Command = {
  name: 'import',
  summary: 'take over the bookings of another system',
  usage: 'FILE --desk D',
  details: `FILE is a JSON array:
  [{ "advisor": "a1", "topic": "residence", "language": "en", "mode": "in_person", "start": "2026-12-01T09:00:00+01:00",
     "client": { "name": "Kim Example", "email": "kim@client.example", "phone": "+49 211 0000000" } }]
or CSV, with commas or semicolons, as spreadsheets write it:
  ${COLUMNS.join(',')}
  a1,residence,en,in_person,2026-12-01T09:00:00+01:00,Kim Example,kim@client.example,+49 211 0000000
What the topic asks may be answered: "answers": { "permit-end": "2027-03-01" }, or in a column answers.permit-end.
In UTF-8; mail address and phone may be missing: without an address nothing is ever mailed about that booking. A start without offset
is a time on the desk's clock, and may be written 1.12.2026 9:00. Past bookings are taken over, too.
No mail is sent. Every line that does not fit is listed with its reason; all others are imported. A line that was imported before
is never imported again, also if its booking has been moved or cancelled since: so an import may be interrupted and repeated.
Exit code 0: every line is there. 1: some do not fit, or the file cannot be read; in the latter case nothing is imported.`,

  async run(args, terminal) {
    const { values, positionals } = optionsAndArguments(args, { desk: { type: 'string' } });
    const { desk: deskId } = required(values, ['desk']);
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new UsageError('FILE: expected one file');

    const lines = readImport(file);
    const outcomes = await importInto(terminal, deskId, lines);
    report(terminal, lines, outcomes);
  },
};

async function importInto(terminal: Terminal, deskId: string, lines: readonly ImportLine[]): Promise<ImportOutcome[]> {
  const config = readConfig(terminal.env);
  return withStorage(terminal, async (storage) => {
    const desk = await deskNamed(storage, deskId);
    const tokens = manageTokens(readSecret(config, randomIds), config.secretPrevious);
    if ((await secretFit({ storage, tokens })) === 'foreign') throw new Refusal(FOREIGN_SECRET);
    const run = importBookings({
      storage,
      now: Date.now,
      ids: randomIds,
      sender: (at) => organizerAddress(config, at),
      // The tokens are made with the server's SECRET, so that the manage links in its later mails open these bookings.
      tokens: tokens,
      elapsed: () => performance.now(),
      pause: (took) => setTimeout(pauseAfter(took)),
    });
    return run({ deskId: desk.id, who: SYSTEM }, lines, progress(terminal, desk.id));
  });
}

/**
 * Returns the pause between two batches in milliseconds, which gives servers on the same SQLite file their turn. A
 * connection that waits for the lock retries every 25, later 50, then 100 ms (sqliteDefaultBusyCallback), so a pause
 * slightly longer than the retry interval lets in all that came while the batch was written.
 *
 * @param took how long the batch was written, in milliseconds
 */
function pauseAfter(took: number): number {
  if (took < 120) return 30;
  return took < 220 ? 60 : 110;
}

/** Returns a function that reports progress: one line at the beginning, then one each second, and one at the end. */
function progress(terminal: Terminal, deskId: string): (decided: number, all: number) => void {
  let told = 0;
  return (decided, all) => {
    if (decided < all && Date.now() - told < PROGRESS_MS) return;
    told = Date.now();
    terminal.err(`${deskId}: ${decided} of ${all} lines`);
  };
}

/** Lists the lines that do not fit, and counts all outcomes. @throws Incomplete if a line does not fit */
function report({ out }: Terminal, lines: readonly ImportLine[], outcomes: readonly ImportOutcome[]): void {
  for (const [i, { place }] of lines.entries()) {
    const outcome = outcomes[i];
    if (typeof outcome === 'object') out(`${place}: ${outcome.join('; ')}`);
  }
  const count = (wanted: ImportOutcome) => outcomes.filter((outcome) => outcome === wanted).length;
  const misfits = outcomes.filter((outcome) => typeof outcome === 'object').length;
  out(`${count('imported')} imported, ${count('present')} already there, ${misfits} do not fit`);
  if (misfits > 0)
    throw new Incomplete('Lines that do not fit can be mended and imported again, with all others or without.');
}
