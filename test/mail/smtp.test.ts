import { type Mailer, MailRefused } from '../../src/app/ports/mailer';
import { smtpMailer } from '../../src/mail/smtp';
import { aMessage, bytesOf, written } from '../support/mails';
import { nobodyAtSmtp, type SmtpPeer, smtpPeer } from '../support/smtpPeer';

const message = aMessage();
const mail = written(message);
const QUICK = { connection: 300, greeting: 200, socket: 300 };
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
  const { permanent, code } = await refused(sending);
  return { permanent, code };
}

async function refused(sending: Promise<void>): Promise<MailRefused> {
  const error = await sending.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MailRefused)) throw new Error(`not refused: ${error}`);
  return error;
}

describe('smtpMailer', () => {
  it('sends the bytes unchanged to one recipient', async () => {
    await mailer.send(mail);
    expect(peer.received).toEqual([{ from: message.from.address, to: [message.to.address], raw: bytesOf(message) }]);
  });

  it('sends a mail again after a refusal with the same mailer', async () => {
    peer.behave(451);
    await refusal(mailer.send(mail));
    peer.behave('accept');
    await mailer.send(mail);
    expect(peer.received).toHaveLength(1);
  });

  it.each([
    [451, { permanent: false, code: 451 }],
    [550, { permanent: true, code: 550 }],
    [{ data: 452 }, { permanent: false, code: 452 }],
    [{ data: 554 }, { permanent: true, code: 554 }],
  ])('reports %j as %j', async (behaviour, expected) => {
    peer.behave(behaviour);
    expect(await refusal(mailer.send(mail))).toEqual(expected);
  });

  it('distinguishes a refusal of the sender from one of the mail', async () => {
    peer.behave({ mailFrom: 553 });
    expect(await refused(mailer.send(mail))).toMatchObject({ permanent: false, code: 553, sender: true });
    peer.behave({ mailFrom: 451 });
    expect(await refused(mailer.send(mail))).toMatchObject({ permanent: false, code: 451, sender: false });
    peer.behave(550);
    expect(await refused(mailer.send(mail))).toMatchObject({ permanent: true, sender: false });
  });

  it.each(['drop', 'hang', 'silent'] as const)(
    'reports an unknown outcome for a server that does %s',
    async (behaviour) => {
      peer.behave(behaviour);
      expect(await refusal(mailer.send(mail))).toEqual(UNKNOWN);
    },
  );

  it('sends a mail once, and never tries again by itself', async () => {
    peer.behave('drop');
    await refusal(mailer.send(mail));
    expect(peer.unacknowledged).toHaveLength(1);
  });

  it('reports an unknown outcome if no server listens', async () => {
    const alone = smtpMailer(await nobodyAtSmtp(), QUICK);
    expect(await refused(alone.send(mail))).toMatchObject({ ...UNKNOWN, reached: false });
    alone.close();
  });

  it('distinguishes a server that does not greet from one that has got commands of the mail', async () => {
    peer.behave('silent');
    expect((await refused(mailer.send(mail))).reached).toBe(false);
    for (const behaviour of ['drop', 'hang', 451, 550] as const) {
      peer.behave(behaviour);
      expect((await refused(mailer.send(mail))).reached).toBe(true);
    }
  });

  it.each(['smtp', 'smtps'])('sends nothing by %s to a server whose certificate it cannot trust', async (protocol) => {
    const stranger = await smtpPeer({ tls: protocol === 'smtps' ? 'from the first byte' : 'by STARTTLS' });
    const careful = smtpMailer(stranger.url, QUICK);
    expect(await refused(careful.send(mail))).toMatchObject({ ...UNKNOWN, reached: false });
    expect(stranger.received).toEqual([]);
    careful.close();
    await stranger.close();
  });

  it('sends nothing to a server without TLS if TLS is required, and says so once', async () => {
    const said: string[] = [];
    const careful = smtpMailer(peer.url, { ...QUICK, requireTls: true, noTls: () => said.push('no TLS') });
    for (let tries = 0; tries < 2; tries++)
      expect(await refused(careful.send(mail))).toMatchObject({ permanent: false, reached: false });
    expect([peer.received, peer.unacknowledged, said]).toEqual([[], [], ['no TLS']]);
    careful.close();
  });

  it('waits no longer for a mail than its limit although the server never falls silent', async () => {
    peer.behave('trickle');
    const hurried = smtpMailer(peer.url, { ...QUICK, mail: 900 });
    const began = performance.now();
    expect(await refused(hurried.send(mail))).toMatchObject({ ...UNKNOWN, reached: true });
    expect(performance.now() - began).toBeGreaterThan(850);
    hurried.close();
  });

  it('does not give up a mail because the operator’s password is wrong', async () => {
    const locked = smtpMailer(peer.url.replace('//', '//user:wrong@'), QUICK);
    expect(await refused(locked.send(mail))).toMatchObject({ permanent: false, code: 535, reached: false });
    locked.close();
  });

  it('never connects for an invalid address', async () => {
    const to = { name: '', address: 'a@b.example, c@d.example' };
    await expect(mailer.send({ ...mail, to })).rejects.toThrow('invalid');
    expect(peer.received).toEqual([]);
  });
});
