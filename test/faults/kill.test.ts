import { join } from 'node:path';
import { type SmtpPeer, smtpPeer } from '../support/smtpPeer';
import { bookers, ledger } from './support/bookers';
import { seedFaultDesk } from './support/desk';
import { verdict } from './support/oracle';
import { freePort, pause, rounds, startProgram } from './support/program';
import { report } from './support/report';
import { suite } from './support/suite';

const here = suite();
let smtp: SmtpPeer;
beforeAll(async () => {
  smtp = here.closing(await smtpPeer());
});

const PARALLEL = 50;
/** The most that comes between two kills: so many acknowledged bookings, or so many ms. */
const LIFE = { bookings: 60, ms: 5_000 };
/** Each kill comes up to so much later, so that it does not always meet the same moment of a commit. */
const MOMENT_MS = 50;

describe('A server that is killed under fifty parallel bookers', () => {
  it.each(['SQLite', 'PostgreSQL'] as const)(
    'has kept on %s every booking that it acknowledged, each once and with its mails',
    async (kind) => {
      const all = await here.places(`killed_${kind.toLowerCase()}`);
      const databaseUrl = all.find((place) => place.kind === kind)?.url;
      if (!databaseUrl) return void process.stdout.write('left out: no PostgreSQL here\n');
      await seedFaultDesk(databaseUrl, rounds(20, 40));
      const port = await freePort();
      const start = () => startProgram({ databaseUrl, smtpUrl: smtp.url, port });
      const kept = ledger(join(here.dir, `${kind}.jsonl`));
      let program = start();
      await program.ready();
      const clients = bookers({ origins: [program.origin], ledger: kept, parallel: PARALLEL });
      await clients.start();

      const kills = rounds(2, 100);
      let slowest = 0;
      for (let i = 0; i < kills; i++) {
        await clients.acknowledged(1 + Math.floor(Math.random() * LIFE.bookings), LIFE.ms);
        await pause(Math.random() * MOMENT_MS);
        await program.kill();
        program = start();
        slowest = Math.max(slowest, await program.ready());
      }
      const met = await clients.stop();
      expect(await program.term()).toBe(0);
      kept.close();

      const found = await verdict(databaseUrl, kept.read());
      report({
        fault: `${kind}: kill -9 of the server under ${PARALLEL} bookers`,
        tries: kills,
        ...found,
        remarks: `${met.tries} requests, ${met.conflicts} conflicts, ${met.broken} broken connections; ready again within ${Math.round(slowest)} ms; integrity ${found.integrity}`,
      });
      expect(met.strange).toEqual([]);
      expect(found).toMatchObject({ lost: 0, doubled: 0, untold: 0, integrity: 'ok' });
      expect(found.acknowledged).toBeGreaterThan(kills);
      expect(slowest).toBeLessThan(30_000);
    },
    3_600_000,
  );
});
