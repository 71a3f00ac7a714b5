import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { type Mailer, MailRefused } from '../../src/app/ports/mailer';
import { rawMessage } from '../../src/mail/mime';
import { smtpMailer } from '../../src/mail/smtp';
import { aMessage } from '../support/mails';
import { type SmtpPeer, smtpPeer } from '../support/smtpPeer';

const message = aMessage();
const QUICK = { connection: 300, greeting: 300, socket: 300 };
const UNKNOWN = { permanent: false, code: null };

let peer: SmtpPeer;
let mailer: Mailer;

beforeEach(async () => {
  peer = await smtpPeer();
  mailer = smtpMailer(peer.url, QUICK);
});

afterEach(async () => {
  mailer.close();
  await peer.close();
});

async function refusal(sending: Promise<void>): Promise<Pick<MailRefused, 'permanent' | 'code'>> {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MailRefused)) throw new Error(`not refused: ${error}`);
  return { permanent: error.permanent, code: error.code };
}

describe('smtpMailer', () => {
  it('hands the bytes over as they are, to one recipient', async () => {
    await mailer.send(message);
    expect(peer.received).toEqual([
      { from: message.from.address, to: [message.to.address], raw: await rawMessage(message) },
    ]);
  });

  it('sends again after a refusal, over the same mailer', async () => {
    peer.behave(451);
    await refusal(mailer.send(message));
    peer.behave('accept');
    await mailer.send(message);
    expect(peer.received).toHaveLength(1);
  });

  it.each([
    [451, { permanent: false, code: 451 }],
    [550, { permanent: true, code: 550 }],
    [{ data: 452 }, { permanent: false, code: 452 }],
    [{ data: 554 }, { permanent: true, code: 554 }],
  ])('tells %j as %j', async (behaviour, expected) => {
    peer.behave(behaviour);
    expect(await refusal(mailer.send(message))).toEqual(expected);
  });

  it.each(['drop', 'hang', 'silent'] as const)('knows no outcome from a peer that does %s', async (behaviour) => {
    peer.behave(behaviour);
    expect(await refusal(mailer.send(message))).toEqual(UNKNOWN);
  });

  it('hands a mail over once, and never tries again by itself', async () => {
    peer.behave('drop');
    await refusal(mailer.send(message));
    expect(peer.unacknowledged).toHaveLength(1);
  });

  it('knows no outcome where nobody listens', async () => {
    const nobody = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => nobody.once('listening', resolve));
    const { port } = nobody.address() as AddressInfo;
    await new Promise((resolve) => nobody.close(resolve));
    const alone = smtpMailer(`smtp://127.0.0.1:${port}`, QUICK);
    expect(await refusal(alone.send(message))).toEqual(UNKNOWN);
    alone.close();
  });

  it('does not give a mail up because the operator’s password is wrong', async () => {
    const locked = smtpMailer(peer.url.replace('//', '//user:wrong@'), QUICK);
    expect((await refusal(locked.send(message))).permanent).toBe(false);
    locked.close();
  });

  it('never connects for an address that is not one', async () => {
    const to = { name: '', address: 'a@b.example, c@d.example' };
    await expect(mailer.send({ ...message, to })).rejects.toThrow('invalid');
    expect(peer.received).toEqual([]);
  });
});
