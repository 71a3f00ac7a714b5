import { join } from 'node:path';
import { type SmtpPeer, smtpPeer } from '../support/smtpPeer';
import { bookers, ledger } from './support/bookers';
import { seedFaultDesk } from './support/desk';
import { verdict } from './support/oracle';
import { endAll, freePort, pause, removeScratch, rounds, scratch, startProgram } from './support/program';
import { report } from './support/report';

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

const PARALLEL = 50;
/** Between two kills; not always the same moment of a commit. */
const LIVES_MS = { least: 300, most: 1_300 };

describe('A server that is killed under fifty parallel bookers', () => {
  it('has kept every booking that it acknowledged, each once and with its mails', async () => {
    const databaseUrl = `file:${join(dir, 'killed.db')}`;
    await seedFaultDesk(databaseUrl);
    const port = await freePort();
    const start = () => startProgram({ databaseUrl, smtpUrl: smtp.url, port });
    const kept = ledger(join(dir, 'killed.jsonl'));
    let program = start();
    await program.ready();
    const clients = bookers({ origins: [program.origin], ledger: kept, parallel: PARALLEL });
    await clients.start();

    const kills = rounds(6, 100);
    let slowest = 0;
    for (let i = 0; i < kills; i++) {
      await pause(LIVES_MS.least + Math.random() * (LIVES_MS.most - LIVES_MS.least));
      await program.kill();
      program = start();
      slowest = Math.max(slowest, await program.ready());
    }
    const met = await clients.stop();
    expect(await program.term()).toBe(0);
    kept.close();

    const found = await verdict(databaseUrl, kept.read());
    report({
      fault: `SQLite: kill -9 of the server under ${PARALLEL} bookers`,
      tries: kills,
      ...found,
      remarks: `${met.tries} requests, ${met.conflicts} conflicts, ${met.broken} broken connections; ready again within ${Math.round(slowest)} ms; integrity ${found.integrity}`,
    });
    expect(met.strange).toEqual([]);
    expect(found).toMatchObject({ lost: 0, doubled: 0, untold: 0, integrity: 'ok' });
    expect(found.acknowledged).toBeGreaterThan(kills);
    expect(slowest).toBeLessThan(15_000);
  }, 1_200_000);
});
