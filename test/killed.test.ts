import { kinds, newDatabase, type TestDatabase } from './support/databases';
import { buildProgram, endPrograms, freePort, ready, startProgram, until } from './support/program';
import { type SmtpPeer, smtpPeer } from './support/smtpPeer';

jest.setTimeout(120_000);

/** The job looks every second; a start takes as long as it does. Before, this was 20 to 30 s. */
const MOST_MS = 6_000;

beforeAll(buildProgram, 300_000);
afterAll(endPrograms);

describe.each(kinds())('The program that was killed, on %s', (kind) => {
  let database: TestDatabase;
  let peer: SmtpPeer;
  let port: number;
  beforeEach(async () => {
    [database, peer, port] = [await newDatabase(kind), await smtpPeer(), await freePort()];
  });
  afterEach(async () => {
    endPrograms();
    await peer.close();
    await database.drop();
  });

  async function started() {
    const program = startProgram({
      NODE_ENV: 'production',
      ALLOW_HTTP: '1',
      SECRET: 'the secret of a test, which nobody else has',
      PORT: String(port),
      DATABASE_URL: database.url,
      SMTP_URL: peer.url,
    });
    await ready(`http://127.0.0.1:${port}`);
    return program;
  }

  let count = 0;
  async function book(): Promise<void> {
    const api = `http://127.0.0.1:${port}/api/v1/desks/expat-desk`;
    const query = { topic: 'residence', language: 'en' };
    const slots = await fetch(`${api}/slots?${new URLSearchParams(query)}`);
    const start = ((await slots.json()) as { slots: { start: string }[] }).slots[0]?.start;
    const client = { name: 'Kim Probe', email: `kim${count++}@client.example`, phone: '+49 211 5550100' };
    const body = JSON.stringify({ ...query, mode: 'phone', start, client, consent: true });
    const headers = { 'Content-Type': 'application/json' };
    expect((await fetch(`${api}/bookings`, { method: 'POST', headers, body })).status).toBe(201);
  }

  it('sends mail as soon as it is started again, also if it is killed several times', async () => {
    let program = await started();
    for (let round = 0; round < 3; round++) {
      await book();
      await until('its mail is there', () => peer.received.length > round);
      program.child.kill('SIGKILL');
      await program.exit;
      program = await started();
      const began = performance.now();
      await book();
      const before = peer.received.length;
      await until('the next mail is there', () => peer.received.length > before);
      const ms = Math.round(performance.now() - began);
      process.stdout.write(`${kind}: first mail ${ms} ms after a kill and a start.\n`);
      expect(ms).toBeLessThan(MOST_MS);
    }
  });
});
