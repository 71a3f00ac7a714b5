import type { Storage } from '../../src/app/ports/storage';
import { HOUR, MINUTE } from '../../src/domain/calendar/interval';
import type { AdvisorMailFacts, ClientMailFacts, MailFacts } from '../../src/domain/notifications/mailFacts';
import type { Known } from '../../src/domain/notifications/merging';
import { NOW, span, TUESDAY_NINE } from '../support/builders';
import { anOccasion, mailFacts } from '../support/mails';
import { add, another } from './bookingStore';
import { type Open, withDesks } from './databases';

const LEASE = 5 * MINUTE;
let count = 0;

/** Facts with a Message-ID of their own. */
function someFacts({ recipient = 'client', ...part }: Partial<ClientMailFacts | AdvisorMailFacts> = {}): MailFacts {
  const facts = mailFacts()(anOccasion()).find((each) => each.recipient === recipient);
  return { ...facts, messageId: `<${count++}@expat-desk.example>`, ...part } as MailFacts;
}

const contentFor = ({ messageId }: Pick<MailFacts, 'messageId'>) => `Message-ID: ${messageId}\r\n`;

const known: Known = { time: TUESDAY_NINE, advisorId: 'a1', tied: false, status: 'confirmed', by: { kind: 'client' } };

interface QueueOptions {
  readonly bookingId?: string | null;
  readonly now?: number;
  readonly holdUntil?: number;
  readonly usefulUntil?: number;
}

/** What every outbox does. */
export function outboxContract(open: Open): void {
  const first = another();
  const second = another({ time: span('2026-12-01T14:00:00+01:00', 30) });
  let storage: Storage;
  beforeEach(async () => {
    storage = await withDesks(open);
    await add(storage, first, second);
  });
  afterEach(() => storage.close());

  const queue = (facts: MailFacts, { bookingId = first.id, now = NOW, ...until }: QueueOptions = {}) =>
    storage.write(({ outbox }) =>
      outbox.queue({ deskId: 'expat-desk', bookingId, sequence: 0, facts, now, known, ...until }),
    );
  const write = async (now = NOW) => {
    for (const { id, from } of await storage.outbox.unwritten(now, 100))
      await storage.write(({ outbox }) => outbox.store(id, contentFor(from)));
  };
  const claim = async (now = NOW) => {
    await write(now);
    return storage.write(({ outbox }) => outbox.claim(now, LEASE));
  };
  const claimed = async (now = NOW) => (await claim(now))?.mail.messageId;
  const sent = (id = 0) => storage.write(({ outbox }) => outbox.sent(id, NOW + 1));
  const states = async (bookingId = first.id) => (await storage.outbox.ofBooking(bookingId)).map(({ state }) => state);
  const withdraw = (bookingId = first.id) =>
    storage.write(({ outbox }) => outbox.withdrawUnsent(bookingId, { by: 'moved' }));

  it('does not send what is of no use any more, and withdraws it', async () => {
    await queue(someFacts(), { usefulUntil: NOW + HOUR });
    await queue(someFacts(), { usefulUntil: NOW + 2 * HOUR });
    await storage.write(({ outbox }) => outbox.withdrawUseless(NOW + HOUR - 1));
    expect(await states()).toEqual(['waiting', 'waiting']);
    await storage.write(({ outbox }) => outbox.withdrawUseless(NOW + HOUR));
    expect(await states()).toEqual(['withdrawn', 'waiting']);
    expect(await claim(NOW + 2 * HOUR)).toBeUndefined();
    expect(await claim(NOW + 2 * HOUR - 1)).toBeDefined();
    await storage.write(({ outbox }) => outbox.withdrawUseless(NOW + 2 * HOUR));
    expect(await states()).toEqual(['withdrawn', 'waiting']);
  });

  it('withdraws mails that an event makes wrong, and no others', async () => {
    await queue(someFacts({ kind: 'missed' }));
    await queue(someFacts({ kind: 'missed' }), { bookingId: second.id });
    await queue(someFacts());
    const withdrawn = (by: 'reopened' | 'moved') =>
      storage.write(({ outbox }) => outbox.withdrawOutdated(first.id, by));
    await withdrawn('moved');
    expect(await states()).toEqual(['waiting', 'waiting']);
    await withdrawn('reopened');
    expect([await states(), await states(second.id)]).toEqual([['withdrawn', 'waiting'], ['waiting']]);
  });

  it('returns a message as it was written', async () => {
    const facts = someFacts();
    await queue(facts);
    expect(await claim()).toEqual({
      id: expect.any(Number),
      deskId: 'expat-desk',
      bookingId: first.id,
      recipient: 'client',
      mail: { from: facts.from, to: facts.to, messageId: facts.messageId, date: NOW, content: contentFor(facts) },
      attempts: 1,
      createdAt: NOW,
      lastCode: null,
      unwritableSince: null,
    });
  });

  it('sends messages about no booking, none of which waits for another', async () => {
    const [one, other] = [someFacts(), someFacts()];
    for (const facts of [one, other]) await queue(facts, { bookingId: null });
    const [first, second] = [await claim(), await claim()];
    expect(first).toMatchObject({ bookingId: null, mail: { messageId: one.messageId } });
    expect(second).toMatchObject({ bookingId: null, mail: { messageId: other.messageId } });
    expect(await states()).toEqual([]);
  });

  it('gives the facts of due messages that are not written, the oldest first, and no message before it is', async () => {
    const [later, sooner, notYet] = [someFacts(), someFacts({ recipient: 'staff' }), someFacts()];
    await queue(later, { now: NOW + 2 });
    await queue(sooner, { now: NOW + 1 });
    await queue(notYet, { now: NOW + 3 });
    await queue(someFacts(), { now: NOW, holdUntil: NOW + HOUR });
    const unwritten = () => storage.outbox.unwritten(NOW + 2, 100);
    expect(await storage.outbox.unwritten(NOW + 2, 1)).toEqual([
      {
        id: expect.any(Number),
        deskId: 'expat-desk',
        bookingId: first.id,
        recipient: 'staff',
        from: sooner,
        createdAt: NOW + 1,
        unwritableSince: null,
      },
    ]);
    expect((await unwritten()).map(({ from }) => from)).toEqual([sooner, later]);
    expect(await storage.write(({ outbox }) => outbox.claim(NOW + 2, LEASE))).toBeUndefined();
    await write(NOW + 2);
    expect(await unwritten()).toEqual([]);
    expect(await claimed(NOW + 2)).toBe(sooner.messageId);
  });

  it('keeps what was written first, and writes nothing into a message that does not wait any more', async () => {
    await queue(someFacts());
    const [{ id = 0 } = {}] = await storage.outbox.unwritten(NOW, 1);
    for (const content of ['one', 'another']) await storage.write(({ outbox }) => outbox.store(id, content));
    expect((await claim())?.mail.content).toBe('one');
    await queue(someFacts(), { bookingId: second.id });
    const [late] = await storage.outbox.unwritten(NOW, 1);
    await withdraw(second.id);
    await storage.write(({ outbox }) => outbox.store(late?.id ?? 0, 'late'));
    expect(await claim(NOW + LEASE - 1)).toBeUndefined();
  });

  it('delays a message that cannot be written, remembers since when, and counts no attempt', async () => {
    await queue(someFacts());
    const look = async (now: number) => (await storage.outbox.unwritten(now, 1))[0];
    const { id = 0 } = (await look(NOW)) ?? {};
    await storage.write(({ outbox }) => outbox.unwritable(id, NOW, NOW + MINUTE));
    expect(await look(NOW + MINUTE - 1)).toBeUndefined();
    await storage.write(({ outbox }) => outbox.unwritable(id, NOW + MINUTE, NOW + 2 * MINUTE));
    expect(await look(NOW + 2 * MINUTE)).toMatchObject({ id, unwritableSince: NOW });
    expect(await claim(NOW + 2 * MINUTE)).toMatchObject({ id, attempts: 1, unwritableSince: NOW });
  });

  it('dates a message by its first claim, and does not change the date', async () => {
    await queue(someFacts());
    const first = await claim(NOW + HOUR);
    await storage.write(({ outbox }) => outbox.retry(first?.id ?? 0, NOW + 2 * HOUR, 553));
    expect(await claim(NOW + 2 * HOUR)).toMatchObject({ mail: { date: NOW + HOUR }, lastCode: 553 });
  });

  it('queues the same message once', async () => {
    const message = someFacts();
    await queue(message);
    await queue(message);
    expect(await states()).toEqual(['waiting']);
  });

  it('gives each message to one process, the oldest first', async () => {
    const messages = [someFacts(), someFacts({ to: { name: '', address: 'b@client.example' } }), someFacts()];
    await queue(messages[0] as MailFacts, { now: NOW + 2 });
    await queue(messages[1] as MailFacts, { now: NOW + 1 });
    await queue(messages[2] as MailFacts, { now: NOW + 3, bookingId: second.id });
    const oldest = await claimed(NOW + 10);
    expect(oldest).toBe(messages[1]?.messageId);
    const others = await Promise.all([1, 2, 3].map(() => claimed(NOW + 10)));
    expect(new Set(others)).toEqual(new Set([messages[0]?.messageId, messages[2]?.messageId, undefined]));
  });

  it('gives no message before it is due', async () => {
    await queue(someFacts(), { now: NOW + 1 });
    expect(await claim(NOW)).toBeUndefined();
    expect(await claim(NOW + 1)).toBeDefined();
  });

  it('keeps the order for one booking and recipient, but not across others', async () => {
    const [one, two] = [someFacts(), someFacts({ kind: 'moved' })];
    const staff = someFacts({ recipient: 'staff', to: { name: '', address: 'a1@expat-desk.example' } });
    await queue(one);
    await queue(two);
    await queue(staff);
    const entry = await claim();
    expect(entry?.mail.messageId).toBe(one.messageId);
    expect(await claimed()).toBe(staff.messageId);
    expect(await claimed()).toBeUndefined();

    await storage.write(({ outbox }) => outbox.retry(entry?.id ?? 0, NOW + MINUTE, 451));
    expect(await claimed()).toBeUndefined();
    expect(await claim(NOW + MINUTE)).toMatchObject({ mail: { messageId: one.messageId }, attempts: 2 });
    await sent(entry?.id);
    expect(await claimed()).toBe(two.messageId);
  });

  it('gives a message at once although an earlier one to the same recipient is held until a later date', async () => {
    const [held, next] = [someFacts(), someFacts({ kind: 'link' })];
    await queue(held, { holdUntil: NOW + HOUR });
    await queue(next);
    const entry = await claim();
    expect(entry?.mail.messageId).toBe(next.messageId);
    expect(await claimed(NOW + HOUR - 1)).toBe(next.messageId);
    await sent(entry?.id);
    expect(await claimed(NOW + HOUR - 1)).toBeUndefined();
    expect(await claimed(NOW + HOUR)).toBe(held.messageId);
  });

  it('keeps the order from the moment at which an earlier message need not be held any longer', async () => {
    const [held, next] = [someFacts(), someFacts({ kind: 'moved' })];
    await queue(held, { holdUntil: NOW + HOUR });
    await queue(next, { now: NOW + HOUR });
    const entry = await claim(NOW + HOUR);
    expect(entry?.mail.messageId).toBe(held.messageId);
    expect(await claimed(NOW + HOUR)).toBeUndefined();
    await storage.write(({ outbox }) => outbox.retry(entry?.id ?? 0, NOW + HOUR + MINUTE, 451));
    expect(await claimed(NOW + HOUR)).toBeUndefined();
    await sent(entry?.id);
    expect(await claimed(NOW + HOUR)).toBe(next.messageId);
  });

  it('keeps the order after a message that was held before the clock was set back, for longer than any can be', async () => {
    const [held, next] = [someFacts(), someFacts({ kind: 'moved' })];
    await queue(held, { holdUntil: NOW + 30 * 24 * HOUR });
    await queue(next);
    expect(await claimed()).toBe(held.messageId);
    expect(await claimed()).toBeUndefined();
  });

  it('gives a message again when its lease has expired', async () => {
    await queue(someFacts());
    const entry = await claim();
    expect(await claim(NOW + LEASE - 1)).toBeUndefined();
    expect(await claim(NOW + LEASE)).toEqual({ ...entry, attempts: 2 });
  });

  it('does not give a message again that was sent or given up, and gives the next one', async () => {
    const [one, two, three] = [someFacts(), someFacts(), someFacts()];
    for (const message of [one, two, three]) await queue(message);
    await sent((await claim())?.id);
    const failed = (await claim())?.id ?? 0;
    await storage.write(({ outbox }) => outbox.fail(failed, 550));
    expect(await claimed()).toBe(three.messageId);
    expect(await claim(NOW + LEASE - 1)).toBeUndefined();
    expect(await states()).toEqual(['sent', 'failed', 'waiting']);
    expect((await storage.outbox.ofBooking(first.id)).map(({ at }) => at)).toEqual([NOW + 1, NOW, NOW]);
  });

  it('gives a message that is delayed further than any can be, because the clock was set back', async () => {
    const WAITS_MS = [MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 240 * MINUTE, 240 * MINUTE];
    await queue(someFacts());
    const { id = 0 } = (await claim()) ?? {};
    for (const wait of WAITS_MS) {
      await storage.write(({ outbox }) => outbox.retry(id, NOW + wait, 451));
      expect(await claim(NOW - 5 * MINUTE)).toBeUndefined();
      expect(await claim(NOW - 5 * MINUTE - 1)).toMatchObject({ id });
    }
  });

  it('delays all due messages for an unreachable server, and counts no attempt', async () => {
    const messages = [someFacts(), someFacts({ to: { name: '', address: 'b@client.example' } }), someFacts()];
    const [tried, beside, later] = messages as [MailFacts, MailFacts, MailFacts];
    await queue(tried);
    await queue(beside);
    await queue(later, { bookingId: second.id, now: NOW + 2 * MINUTE });
    const { id = 0 } = (await claim()) ?? {};
    await storage.write(({ outbox }) => outbox.postponeAll({ id, code: null }, NOW + MINUTE));
    expect(await claim(NOW + MINUTE - 1)).toBeUndefined();
    expect(await claim(NOW + MINUTE)).toMatchObject({ id, attempts: 1 });
    expect(await claimed(NOW + MINUTE)).toBe(beside.messageId);
    expect(await claim(NOW + 2 * MINUTE - 1)).toBeUndefined();
    expect(await claimed(NOW + 2 * MINUTE)).toBe(later.messageId);
  });

  it('leaves a message alone that is being sent while others are delayed', async () => {
    await queue(someFacts());
    await queue(someFacts({ to: { name: '', address: 'b@client.example' } }));
    const [busy, tried] = [await claim(), await claim()];
    await storage.write(({ outbox }) => outbox.postponeAll({ id: tried?.id ?? 0, code: null }, NOW + MINUTE));
    await storage.write(({ outbox }) => outbox.retry(busy?.id ?? 0, NOW + 1, 451));
    expect(await claim(NOW + 1)).toMatchObject({ id: busy?.id, attempts: 2 });
  });

  it('withdraws one message by its Message-ID, unless sending it was tried', async () => {
    const [one, other] = [someFacts(), someFacts()];
    for (const facts of [one, other]) await queue(facts, { bookingId: null });
    await storage.write(({ outbox }) => outbox.withdrawMail(one.messageId));
    expect(await claimed()).toEqual(other.messageId);
    await storage.write(({ outbox }) => outbox.withdrawMail(other.messageId));
    expect((await storage.outbox.state(NOW)).depth).toBe(1);
  });

  describe('withdrawUnsent', () => {
    it('withdraws messages that were never tried, and says that the client’s calendar has no entry', async () => {
      await queue(someFacts());
      await queue(someFacts({ kind: 'moved' }));
      expect(await withdraw()).toMatchObject({ heard: false });
      expect(await states()).toEqual(['withdrawn', 'withdrawn']);
      expect(await claim()).toBeUndefined();
    });

    it.each([
      ['was sent', async (id: number) => sent(id)],
      ['is being sent', async () => {}],
      ['is tried again later', (id: number) => storage.write(({ outbox }) => outbox.retry(id, NOW + MINUTE, 451))],
      // Nobody knows what a server does with a message that it refuses after it has read it.
      ['was given up', (id: number) => storage.write(({ outbox }) => outbox.fail(id, 554))],
    ])('knows that the calendar may have heard when the first %s', async (_, outcome) => {
      await queue(someFacts());
      await queue(someFacts({ kind: 'moved' }));
      await outcome((await claim())?.id ?? 0);
      expect(await withdraw()).toMatchObject({ heard: true });
      expect((await states())[1]).toBe('withdrawn');
    });

    it('leaves requested manage links and messages of other bookings alone', async () => {
      await queue(someFacts({ kind: 'link', method: null }));
      await queue(someFacts(), { bookingId: second.id });
      expect(await withdraw()).toEqual({ client: null, staff: null, heard: false });
      expect([...(await states()), ...(await states(second.id))]).toEqual(['waiting', 'waiting']);
    });

    it('returns what each kind of recipient knew before, and affects only the kind that is named', async () => {
      await queue(someFacts());
      await queue(someFacts({ recipient: 'staff' }));
      const staff = await storage.write(({ outbox }) =>
        outbox.withdrawUnsent(first.id, { by: 'reassigned', only: 'staff' }),
      );
      expect(staff).toEqual({ client: null, staff: { known, holdUntil: null }, heard: true });
      expect(await states()).toEqual(['waiting', 'withdrawn']);
      expect(await withdraw()).toEqual({ client: { known, holdUntil: null }, staff: null, heard: false });
    });

    it('leaves a change alone of which one of two advisors was already told', async () => {
      const to = (id: string) => ({ name: '', address: `${id}@expat-desk.example` });
      for (const id of ['a1', 'a2']) await queue(someFacts({ recipient: 'staff', to: to(id) }));
      await sent((await claim())?.id);
      expect(await withdraw()).toMatchObject({ staff: null });
      await queue(someFacts({ recipient: 'staff', to: to('a1') }), { now: NOW + 1 });
      expect(await withdraw()).toMatchObject({ staff: { known } });
      expect(await states()).toEqual(['sent', 'waiting', 'withdrawn']);
    });
  });

  describe('paused', () => {
    const pause = (reason = 'restored', now = NOW) => storage.write(({ outbox }) => outbox.pause(reason, now));
    const resume = () => storage.write(({ outbox }) => outbox.resume());

    it('gives no message, however many are due, but queues new ones', async () => {
      await queue(someFacts());
      await pause();
      expect(await storage.outbox.unwritten(NOW, 1)).toEqual([]);
      await queue(someFacts(), { bookingId: second.id });
      expect(await claim(NOW + 30 * LEASE)).toBeUndefined();
      expect(await states()).toEqual(['waiting']);
      expect(await withdraw()).toMatchObject({ heard: false });
    });

    it('gives all waiting messages once it is resumed, each as before', async () => {
      const messages = [someFacts(), someFacts()];
      await queue(messages[0] as MailFacts);
      await pause();
      await queue(messages[1] as MailFacts, { bookingId: second.id });
      expect(await resume()).toBe(true);
      expect([await claimed(), await claimed(), await claimed()]).toEqual([
        ...messages.map((one) => one.messageId),
        undefined,
      ]);
    });

    it('lets a message be finished that was being sent', async () => {
      await queue(someFacts());
      const entry = await claim();
      await pause();
      await sent(entry?.id);
      expect(await states()).toEqual(['sent']);
      await resume();
      expect(await claim(NOW + LEASE)).toBeUndefined();
    });

    it('reports since when and why it was first paused, and how many messages wait how long', async () => {
      await queue(someFacts(), { now: NOW - MINUTE });
      await queue(someFacts());
      await pause('restored', NOW);
      await pause('again', NOW + 1);
      const told = { since: NOW, reason: 'restored' };
      expect(await storage.outbox.state(NOW + MINUTE)).toEqual({ depth: 2, age: 2 * MINUTE, paused: told });
      expect([await resume(), await resume()]).toEqual([true, false]);
      expect(await storage.outbox.state(NOW - 2 * MINUTE)).toEqual({ depth: 2, age: 0, paused: null });
    });
  });
}
