import { SEALED_FOR } from '../src/app/webhooks/sealedAnew';
import { webhookSecret } from '../src/domain/webhooks/webhook';
import { randomIds } from '../src/identity/ids';
import { sealer } from '../src/identity/sealer';
import { kinds, newDatabase, openUrl, type TestDatabase } from './support/databases';
import { buildProgram, endPrograms, freePort, pause, ready, startProgram, until } from './support/program';
import { aReceiver, verified } from './support/receiver';
import { type SmtpPeer, smtpPeer } from './support/smtpPeer';
import { aWebhook } from './support/webhooks';

/** The job looks every second; a start takes as long as it does. Before, this was 20 to 30 s. */
const MOST_MS = 6_000;

const SECRET = 'the secret of a test, which nobody else has';

beforeAll(buildProgram);
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
      SECRET,
      CALENDAR_ALLOW: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: database.url,
      SMTP_URL: peer.url,
    });
    await ready(`http://127.0.0.1:${port}`);
    return program;
  }

  let count = 0;
  async function book(): Promise<string> {
    const api = `http://127.0.0.1:${port}/api/v1/desks/expat-desk`;
    const query = { topic: 'residence', language: 'en' };
    const slots = await fetch(`${api}/slots?${new URLSearchParams(query)}`);
    const start = ((await slots.json()) as { slots: { start: string }[] }).slots[0]?.start;
    const client = { name: 'Kim Probe', email: `kim${count++}@client.example`, phone: '+49 211 5550100' };
    const body = JSON.stringify({ ...query, mode: 'phone', start, client, consent: true });
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`${api}/bookings`, { method: 'POST', headers, body });
    expect(answer.status).toBe(201);
    return ((await answer.json()) as { id: string }).id;
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

  it('tells other programs of each booking that it has acknowledged, though it is killed before it could', async () => {
    const receiver = await aReceiver();
    let program = await started();
    const secret = webhookSecret(randomIds.secret());
    const { storage } = await openUrl(database.url, { now: Date.now() });
    const sealedSecret = sealer(SECRET, null).seal(secret, SEALED_FOR);
    await storage.write(({ webhooks }) =>
      webhooks.add(aWebhook({ url: receiver.url, events: ['booking.made'], sealedSecret })),
    );
    await storage.close();
    const booked: string[] = [];
    for (let round = 0; round < 3; round++) {
      booked.push(await book());
      program.child.kill('SIGKILL');
      await program.exit;
      program = await started();
    }
    const told = () => receiver.received.map(({ body }) => String(body.data.id));
    // One that was being sent when the program was killed waits for half a minute.
    await until('all of them are told', async () => {
      await pause(100);
      return booked.every((id) => told().includes(id));
    });
    expect(receiver.received.filter((each) => verified(each, secret) === null)).toEqual([]);
    await receiver.close();
  });
});
