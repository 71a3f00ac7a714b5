import { join } from 'node:path';
import { type SmtpPeer, smtpPeer } from '../support/smtpPeer';
import { bookers, ledger } from './support/bookers';
import { ask } from './support/client';
import type { Place } from './support/databases';
import { seedFaultDesk } from './support/desk';
import { freePort, startProgram } from './support/program';
import { report } from './support/report';
import { suite } from './support/suite';

const PARALLEL = 50;
const NEWCOMERS = 5;
/**
 * The most bookings of others before a newcomer has an answer. Each client may come once before the newcomer, and once
 * more while the newcomer asks; the third time is a margin.
 */
const MOST_BEFORE = 3 * PARALLEL;

const here = suite();
let smtp: SmtpPeer;
beforeAll(async () => {
  smtp = here.closing(await smtpPeer());
});

describe('A rush', () => {
  it('keeps nobody from coming in: who asks whether the program lives waits for each other client once', async () => {
    for (const place of await here.places('rush')) await newcomers(place);
  });
});

async function newcomers({ kind, url }: Place): Promise<void> {
  await seedFaultDesk(url);
  const program = startProgram({ databaseUrl: url, smtpUrl: smtp.url, port: await freePort() });
  await program.ready();
  const kept = ledger(join(here.dir, `rush-${kind}.jsonl`));
  const clients = bookers({ origins: [program.origin], ledger: kept, parallel: PARALLEL });
  await clients.start();

  const before: number[] = [];
  for (let i = 0; i < NEWCOMERS; i++) {
    const { acknowledged } = clients.met;
    expect(await ask(`${program.origin}/healthz`)).toMatchObject({ status: 200 });
    before.push(clients.met.acknowledged - acknowledged);
    // A balancer that heard 503 would take the program out, and its clients would rush to the next one.
    expect(await ask(`${program.origin}/readyz`)).toMatchObject({ status: 200 });
  }
  const met = await clients.stop();
  kept.close();
  report({
    fault: `${kind}: a newcomer among ${PARALLEL} bookers`,
    tries: NEWCOMERS,
    acknowledged: met.acknowledged,
    remarks: `answered after ${before.join(', ')} bookings of others`,
  });
  expect(Math.max(...before)).toBeLessThan(MOST_BEFORE);
  expect(await program.term()).toBe(0);
}
