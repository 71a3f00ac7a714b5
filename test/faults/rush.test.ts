import { join } from 'node:path';
import { type SmtpPeer, smtpPeer } from '../support/smtpPeer';
import { bookers, ledger } from './support/bookers';
import { ask } from './support/client';
import { seedFaultDesk } from './support/desk';
import { endAll, freePort, removeScratch, scratch, startProgram } from './support/program';
import { report } from './support/report';

const PARALLEL = 50;
const NEWCOMERS = 5;
/** Each of the clients may come once before a newcomer, and once more while the newcomer asks. */
const MOST_BEFORE = 3 * PARALLEL;

const dir = scratch();
let smtp: SmtpPeer;
beforeAll(async () => {
  smtp = await smtpPeer();
});
afterAll(async () => {
  endAll();
  await smtp.close();
  removeScratch(dir);
});

describe('A rush', () => {
  it('keeps nobody from coming in: who asks whether the program lives waits for each other client once', async () => {
    const databaseUrl = `file:${join(dir, 'rush.db')}`;
    await seedFaultDesk(databaseUrl);
    const program = startProgram({ databaseUrl, smtpUrl: smtp.url, port: await freePort() });
    await program.ready();
    const kept = ledger(join(dir, 'rush.jsonl'));
    const clients = bookers({ origins: [program.origin], ledger: kept, parallel: PARALLEL });
    await clients.start();

    const before: number[] = [];
    for (let i = 0; i < NEWCOMERS; i++) {
      const { acknowledged } = clients.met;
      expect(await ask(`${program.origin}/healthz`)).toMatchObject({ status: 200 });
      before.push(clients.met.acknowledged - acknowledged);
    }
    const met = await clients.stop();
    kept.close();
    report({
      fault: `SQLite: a newcomer among ${PARALLEL} bookers`,
      tries: NEWCOMERS,
      acknowledged: met.acknowledged,
      remarks: `answered after ${before.join(', ')} bookings of others`,
    });
    expect(Math.max(...before)).toBeLessThan(MOST_BEFORE);
    expect(await program.term()).toBe(0);
  }, 300_000);
});
