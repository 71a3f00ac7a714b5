import { bookConsultation } from '../../src/app/booking/bookConsultation';
import { cancelBooking } from '../../src/app/booking/cancelBooking';
import { moveBooking } from '../../src/app/booking/moveBooking';
import { unmetLedger } from '../../src/app/demand/unmetLedger';
import { seedDesks } from '../../src/app/desks/seedDesks';
import { mulberry32 } from '../../src/demo/random';
import { HOUR, MINUTE } from '../../src/domain/calendar/interval';
import { isRefusal } from '../../src/domain/errors';
import { randomIds } from '../../src/identity/ids';
import { manageTokens } from '../../src/identity/manageTokens';
import { turns } from '../../src/turns';
import { aClient, aDesk, NOW, TUESDAY_NINE } from '../support/builders';
import { openUrl } from '../support/databases';

/** One of several processes on one database: `booker.ts DATABASE_URL SEED TRIES`, which may be Infinity. Prints what came of it as JSON. */
async function main([url = '', seed = '1', tries = '1']: readonly string[]): Promise<void> {
  const { storage } = await openUrl(url, { now: NOW });
  await seedDesks({ storage })([aDesk()]);
  const random = mulberry32(Number(seed));
  const deps = {
    storage,
    now: () => NOW,
    ids: randomIds,
    tokens: manageTokens('processes'),
    mailFacts: () => [],
    sender: () => aDesk().email,
    turn: turns(),
    unmet: unmetLedger(storage),
  };
  const [book, move, cancel] = [bookConsultation(deps), moveBooking(deps), cancelBooking(deps)];
  const mine: string[] = [];
  const report = { booked: 0, moved: 0, cancelled: 0, refused: 0, errors: [] as string[] };

  // Three days, so that the slots are soon taken and everybody wants the same ones.
  const someStart = () => TUESDAY_NINE.start + random.below(3) * 24 * HOUR + random.below(16) * 30 * MINUTE;
  const oneTry = async () => {
    const bookingId = mine.length > 0 && random.chance(50) ? random.pick(mine) : undefined;
    if (bookingId !== undefined && random.chance(50)) {
      await cancel({ bookingId, reason: null, who: { kind: 'client' } });
      mine.splice(mine.indexOf(bookingId), 1);
      report.cancelled++;
    } else if (bookingId !== undefined) {
      await move({ bookingId, start: someStart(), who: { kind: 'client' } });
      report.moved++;
    } else {
      const { value } = await book({
        deskId: 'expat-desk',
        query: {
          topicId: random.pick(['residence', 'career']),
          language: random.pick(['de', 'en', 'ja']),
          mode: 'phone',
        },
        start: someStart(),
        details: {
          client: aClient({ email: `c${random.below(10_000)}@client.example`, phone: '+493023125001' }),
          attendees: 1,
          onBehalfOf: null,
          people: [],
          support: [],
          note: null,
          answers: {},
        },
        source: 'web',
        who: { kind: 'client' },
      });
      mine.push(value.id);
      report.booked++;
    }
  };

  for (let i = 0; i < Number(tries); i++) {
    try {
      await oneTry();
    } catch (error) {
      if (isRefusal(error, 'slot-unavailable')) report.refused++;
      else report.errors.push(String(error));
    }
  }
  await storage.close();
  process.stdout.write(JSON.stringify(report));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
