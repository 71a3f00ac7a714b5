import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificate } from './faults/support/certificate';
import { buildProgram, endPrograms, freePort, pause, ready, startProgram, until } from './support/program';
import { type SmtpPeer, smtpPeer } from './support/smtpPeer';

const dir = mkdtempSync(join(tmpdir(), 'sprechstunde-clear-'));
/** Where this machine is for others, if anywhere: what is said there could be read on the way. */
const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
const trusted = outside === undefined ? null : certificate(dir, outside);
const here = trusted ? describe : describe.skip;

const peers: SmtpPeer[] = [];
/** A mail server for others than this machine. */
async function peerOutside(options: Parameters<typeof smtpPeer>[0] = {}): Promise<SmtpPeer> {
  const peer = await smtpPeer({ ...options, host: String(outside) });
  peers.push(peer);
  return peer;
}

beforeAll(buildProgram);
afterEach(async () => {
  endPrograms();
  for (const peer of peers.splice(0)) await peer.close();
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** In production, with a booking made. @param name of its database */
async function booked(name: string, env: Readonly<Record<string, string>>) {
  const port = await freePort();
  const program = startProgram({
    NODE_ENV: 'production',
    BASE_URL: 'https://termine.example',
    SECRET: 'the secret of a test, which nobody else has',
    DATABASE_URL: `file:${dir}/${name}.db`,
    PORT: String(port),
    ...env,
  });
  const api = `http://127.0.0.1:${port}/api/v1/desks/expat-desk`;
  await ready(`http://127.0.0.1:${port}`);
  const query = { topic: 'residence', language: 'en' };
  const slots = await fetch(`${api}/slots?${new URLSearchParams(query)}`);
  const [first] = ((await slots.json()) as { slots: { start: string }[] }).slots;
  const client = { name: 'Kim Probe', email: 'kim@client.example', phone: '+49 30 23125 001' };
  const body = JSON.stringify({ ...query, mode: 'phone', start: first?.start, client, consent: true });
  const answer = await fetch(`${api}/bookings`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  });
  expect(answer.status).toBe(201);
  return program;
}

here('Mail to a server beyond this machine', () => {
  it('waits while the server offers no TLS, and the log says why once', async () => {
    const peer = await peerOutside();
    const program = await booked('none', { SMTP_URL: peer.url });
    const said = () => program.log().filter(({ msg }) => String(msg).startsWith('SMTP_URL:'));
    await until('the log says so', () => said().length > 0);
    await pause(1_500);
    expect(said()).toMatchObject([
      { level: 50, msg: 'SMTP_URL: the mail server offers no TLS, so mail waits; ALLOW_HTTP=1 lets it pass without' },
    ]);
    expect([peer.received, peer.unacknowledged]).toEqual([[], []]);
  });

  it('is sent unencrypted with ALLOW_HTTP=1, and the log warns of that at the start', async () => {
    const peer = await peerOutside();
    const program = await booked('allowed', { SMTP_URL: peer.url, ALLOW_HTTP: '1' });
    await until('the mail is there', () => peer.received.length > 0);
    expect(program.log().filter(({ level }) => Number(level) >= 40)).toMatchObject([
      { level: 40, msg: 'SMTP_URL: mail is sent without TLS if the server offers none; ALLOW_HTTP=1 lets it pass' },
    ]);
  });

  it('is sent with TLS by STARTTLS, and by TLS from the first byte', async () => {
    for (const tls of ['by STARTTLS', 'from the first byte'] as const) {
      const peer = await peerOutside({ tls });
      if (trusted) peer.present(trusted);
      const program = await booked(tls, { SMTP_URL: peer.url, NODE_EXTRA_CA_CERTS: trusted?.file ?? '' });
      await until('the mail is there', () => peer.received.length > 0);
      expect(program.log().filter(({ level }) => Number(level) >= 40)).toEqual([]);
    }
  });
});
