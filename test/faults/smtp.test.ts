import { join } from 'node:path';
import { type SmtpPeer, smtpPeer } from '../support/smtpPeer';
import { certificate } from './support/certificate';
import { outage } from './support/outage';
import { type Scene, sceneAt } from './support/scene';
import { atOnce, describeWithShim, suite } from './support/suite';

const here = suite();
const trusted = certificate(here.dir);
const scenes: Scene[] = [];
beforeAll(async () => {
  if (!trusted) process.stdout.write('No OpenSSL here: faults of TLS are left out.\n');
  await atOnce(await here.places('mail'), async (place) => {
    scenes.push(here.closing(await sceneAt(place, here.dir, { authority: trusted?.file })));
  });
});

/** How the mail server fails, and how it is put right. */
interface Fault {
  readonly name: string;
  readonly isDown?: boolean;
  readonly hangs?: boolean;
  /** The server may have got a mail without saying so. */
  readonly unknown?: boolean;
  begin?(scene: Scene): void;
  end?(scene: Scene): void;
}

const FAULTS: Fault[] = [
  { name: 'down for 2 h (nobody listens)', isDown: true },
  { name: 'hangs after connect', hangs: true, begin: ({ smtp }) => smtp.behave('silent') },
  { name: 'hangs after DATA', hangs: true, unknown: true, begin: ({ smtp }) => smtp.behave('hang') },
  { name: 'answers DATA without end', hangs: true, unknown: true, begin: ({ smtp }) => smtp.behave('trickle') },
  { name: 'drops after DATA', unknown: true, begin: ({ smtp }) => smtp.behave('drop') },
  { name: 'answers 451', begin: ({ smtp }) => smtp.behave(451) },
  {
    name: '1 byte a second',
    hangs: true,
    begin: ({ line }) => line.slowDown(1_000),
    end: ({ line }) => line.slowDown(null),
  },
];

describeWithShim('A mail server that fails', () => {
  it.each(FAULTS)(
    'delays no booking, and in the end all mails arrive in order: $name',
    async ({ begin = () => {}, end = ({ smtp }) => smtp.behave('accept'), unknown = false, ...fault }) => {
      await onAll((scene) =>
        outage(scene, { ...fault, begin: () => begin(scene), end: () => end(scene), unknown, peer: scene.smtp }),
      );
    },
    1_800_000,
  );

  it('gives reception a task, and all others their mails, if it answers 550 for one recipient', async () => {
    await onAll(async (scene) => {
      const refused = 'refused@client.example';
      const { smtp } = scene;
      await outage(scene, {
        name: 'answers 550 for one recipient',
        begin: () => smtp.behave(550, refused),
        end: () => smtp.behave('accept'),
        unknown: false,
        peer: smtp,
        refused,
      });
    });
  }, 1_800_000);

  it('gets no mail while it offers STARTTLS with a certificate that nobody trusts', async () => {
    if (!trusted) return;
    await onAll(async (scene) => {
      const peer = await anotherPeer('by STARTTLS');
      await outage(scene, {
        name: 'STARTTLS with a certificate that nobody trusts',
        begin: () => scene.leadTo(peer),
        end: () => peer.present(trusted),
        unknown: false,
        peer,
      });
      scene.leadTo(scene.smtp);
    });
  }, 1_800_000);

  it('gets no mail while it speaks smtps with a certificate that nobody trusts', async () => {
    if (!trusted) return;
    const peer = await anotherPeer('from the first byte');
    const place = { kind: 'SQLite', url: `file:${join(here.dir, 'smtps.db')}` } as const;
    const scene = here.closing(await sceneAt(place, here.dir, { authority: trusted.file, peer }));
    await outage(scene, {
      name: 'smtps with a certificate that nobody trusts',
      begin: () => {},
      end: () => peer.present(trusted),
      unknown: false,
      peer,
    });
  }, 1_800_000);
});

async function anotherPeer(tls: 'by STARTTLS' | 'from the first byte'): Promise<SmtpPeer> {
  return here.closing(await smtpPeer({ tls }));
}

/** Does the work on both databases at once: they do not affect one another, and most of the time is waiting. */
async function onAll(work: (scene: Scene) => Promise<void>): Promise<void> {
  await atOnce(scenes, work);
}
