import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { applyDesks } from '../../../src/app/desks/applyDesks';
import type { Kind } from '../../../src/app/retention/outdated';
import { purge } from '../../../src/app/retention/purge';
import { DAY } from '../../../src/domain/calendar/dates';
import { HOUR, MINUTE } from '../../../src/domain/calendar/interval';
import { EMPTY_INTAKE } from '../../../src/domain/cases/intake';
import { USUAL_RETENTION } from '../../../src/domain/desk';
import type { MailFacts } from '../../../src/domain/notifications/mailFacts';
import { CLIENT } from '../../../src/domain/staff/caller';
import { randomIds } from '../../../src/identity/ids';
import { type TestApp, testApp } from '../../support/app';
import { aRequest, booked } from '../../support/bookings';
import {
  aBooking,
  aCase,
  aClient,
  aDesk,
  aDeskThatAsks,
  aPlan,
  aQuestion,
  aQueueEntry,
  aReceptionist,
  aWaitingEntry,
  NOW,
  span,
  TUESDAY_NINE,
} from '../../support/builders';
import { chosenKind, openUrl } from '../../support/databases';
import { addStaff, signedInAs } from '../../support/staff';
import { aDelivery, aWebhook } from '../../support/webhooks';

const SHORT = { bookingDays: 2, noteDays: 1, outboxDays: 3, draftHours: 1, keyHours: 6, demandDays: 4 };
const ENDED = TUESDAY_NINE.end;
const DECEMBER_17 = Date.parse('2026-12-17T10:00:00+01:00');
const STAFF = aReceptionist('Rezi Empfang');

let t: TestApp;
beforeEach(async () => {
  const asking = [aQuestion({ id: 'which', keepDays: 7 }), aQuestion({ id: 'since', kind: 'date', keepDays: 3 })];
  t = await testApp({
    desks: [aDeskThatAsks(asking), aDeskThatAsks(asking, { id: 'wuppertal', retention: SHORT })],
  });
});
afterEach(() => t.close());

const until = (at: number) => t.clock.advance(at - t.clock.now());
const purged = (dryRun = false) =>
  purge({ storage: t.storage, now: t.clock.now, pause: async () => {} })({
    dryRun,
    signal: new AbortController().signal,
  });
const purgedAt = async (at: number, kind: Kind) => {
  until(at);
  return (await purged())[kind];
};

/** What only the client told, each in words of its own. */
const SECRETS = {
  name: 'Aurelia Suchwort',
  email: 'aurelia.suchwort@client.example',
  phone: '0211 5550177',
  note: 'Mein Vermerk',
  plan: 'Die Grippe',
  waiting: 'Ola Wartend',
  onList: 'Ole Geduldig',
  inCase: 'Fallina Akte',
  goal: 'Mein Ziel',
  stepText: 'Mein Schritt',
  answer: 'Meine Antwort',
  organisation: 'Firma Findling',
  for: 'Bertram Angehörig',
  employee: 'Edda Beschäftigt',
  employeeMail: 'edda@firma.example',
  reason: 'Mein Grund',
  draft: 'Halbfertig getippt',
};

const request = (part: Parameters<typeof booked>[1] = {}) => ({
  details: {
    client: aClient({ name: SECRETS.name, email: SECRETS.email, phone: SECRETS.phone }),
    attendees: 2,
    onBehalfOf: { organisation: SECRETS.organisation, name: SECRETS.for },
    people: [{ name: SECRETS.employee, email: SECRETS.employeeMail, language: 'en' }],
    support: ['wheelchair' as const],
    note: SECRETS.note,
    answers: { which: SECRETS.answer },
  },
  origin: { networks: [{ width: 'host', key: 'Schlüssel eines Netzes' }], shared: false } as const,
  ...part,
});

/** Everything that the program can keep of one client, in each table that could have it. */
async function everythingOfAClient() {
  const idempotency = { scope: 'public', key: 'k', fingerprint: 'f' };
  const booking = await booked(t, request({ idempotency }));
  const { query } = aRequest();
  const { value: hold } = await t.app.holdSlot({
    who: CLIENT,
    deskId: 'expat-desk',
    query,
    start: TUESDAY_NINE.start,
    holder: 'b',
  });
  await t.app.keepDraft(hold, CLIENT, { note: SECRETS.draft });
  await t.app.addAbsence({
    who: { kind: 'system' },
    deskId: 'expat-desk',
    advisorId: booking.advisorId,
    time: booking.time,
    reason: 'Rückenschmerzen',
  });
  const receptionist = await signedInAs(t);
  await receptionist.get('/staff/expat-desk/bookings');
  const [session] = (await t.everything()).session as { id_hash: string }[];
  await t.storage.write(({ staff }) => staff.rememberSearch(session?.id_hash ?? '', SECRETS.name));
  await t.storage.atomically(({ limits }) => limits.count('hash of an address', MINUTE, t.clock.now()));
  const line = { version: 1, action: 'call', start: null, advisorId: null } as const;
  const plan = aPlan({ reason: SECRETS.plan, lines: [{ ...line, bookingId: booking.id }] });
  await t.storage.write(async ({ cases, plans, queue, waiting, webhooks }) => {
    await plans.save(plan);
    await cases.add(
      aCase({
        client: { name: SECRETS.inCase, email: SECRETS.email, phone: SECRETS.phone, languages: ['uk'] },
        meetings: [{ bookingId: booking.id, start: booking.time.start, topicId: booking.topicId }],
        intake: { ...EMPTY_INTAKE, goal: SECRETS.goal },
        steps: [{ id: 's', text: SECRETS.stepText, owner: 'client', due: null, state: 'open', partnerId: null }],
        ...{ state: 'closed', result: { kind: 'work', on: '2026-11-20' }, closedAt: t.clock.now() },
      }),
    );
    const client = aClient({ name: SECRETS.onList, email: SECRETS.email });
    await waiting.add(aWaitingEntry({ client, state: 'left', endedAt: t.clock.now() }));
    await webhooks.add(aWebhook());
    const told = { body: { id: booking.id }, bookingId: booking.id, client: { name: SECRETS.name } };
    await webhooks.queue([aDelivery({ ...told, createdAt: t.clock.now() })]);
    await webhooks.sent('d1', { at: t.clock.now(), status: 200, notReached: null });
    await queue.add(aQueueEntry({ name: SECRETS.waiting, arrivedAt: t.clock.now() }), 'hash of a ticket');
  });
  await t.run('sendOutbox');
  await t.app.moveBooking({ bookingId: booking.id, start: TUESDAY_NINE.start + HOUR, who: STAFF });
  await t.app.cancelBooking({ bookingId: booking.id, reason: SECRETS.reason, who: { kind: 'client' } });
  return booking;
}

/** With a reason that concerns nobody else, until the consultations of the tests are over. */
async function absent(deskId: string) {
  const { advisors = [] } = (await t.storage.desks.find(deskId)) ?? {};
  const time = { start: ENDED - MINUTE, end: ENDED };
  await t.app.addAbsence({
    who: { kind: 'system' },
    deskId,
    advisorId: advisors.at(-1)?.id ?? '',
    time,
    reason: 'Rückenschmerzen',
  });
}

/** For a language that nobody speaks there. */
async function searchedInVain(deskId: string) {
  const query = { ...aRequest().query, language: 'sw' };
  await t.app.findSlots({ deskId, query, audience: 'client' }, 'a network');
  await t.run('countUnmet');
}

const kept = async () => JSON.stringify(await t.everything());
const secretsIn = (text: string, secrets: object) => Object.values(secrets).filter((secret) => text.includes(secret));

describe('The purge', () => {
  it.each<[Kind, number]>([
    ['bookings', ENDED + 30 * DAY],
    ['freeTexts', ENDED + 7 * DAY],
    ['answers', ENDED + 7 * DAY],
    ['absenceReasons', ENDED + 7 * DAY],
    ['messages', NOW + HOUR + 14 * DAY],
    ['idempotencyKeys', NOW + 48 * HOUR],
    ['origins', NOW + 7 * DAY],
    // The week of `NOW` ends on Sunday night.
    ['unmetDemand', Date.parse('2026-11-30T00:00:00+01:00') + 730 * DAY],
  ])('of %s comes exactly when their time is over', async (kind, over) => {
    await booked(t, request({ idempotency: { scope: 'public', key: 'k', fingerprint: 'f' } }));
    await absent('expat-desk');
    await searchedInVain('expat-desk');
    t.clock.advance(HOUR);
    await t.run('sendOutbox');
    expect(await purgedAt(over - 1, kind)).toBe(0);
    expect(await purgedAt(over, kind)).toBe(kind === 'messages' ? 3 : 1);
    if (kind === 'absenceReasons') expect(await kept()).not.toContain('Rückenschmerzen');
  });

  it.each([
    ['draftHours', 'drafts', NOW + 15 * MINUTE + HOUR],
    ['keyHours', 'idempotencyKeys', NOW + 6 * HOUR],
    ['noteDays', 'freeTexts', ENDED + DAY],
    ['noteDays', 'absenceReasons', ENDED + DAY],
    ['bookingDays', 'bookings', ENDED + 2 * DAY],
    ['outboxDays', 'messages', NOW + 3 * DAY],
    ['demandDays', 'unmetDemand', Date.parse('2026-11-30T00:00:00+01:00') + 4 * DAY],
  ] as const)('follows the desk’s own period for %s', async (_, kind, over) => {
    const deskId = 'wuppertal';
    await booked(t, request({ deskId, idempotency: { scope: 'public', key: 'k', fingerprint: 'f' } }));
    const { query } = aRequest();
    await t.app.holdSlot({ who: CLIENT, deskId, query, start: TUESDAY_NINE.start });
    await absent(deskId);
    await searchedInVain(deskId);
    await t.run('sendOutbox');
    expect(await purgedAt(over - 1, kind)).toBe(0);
    expect(await purgedAt(over, kind)).toBeGreaterThan(0);
  });

  it.each([
    ['2 hours after it was last used', 2 * HOUR, 0],
    ['12 hours after it began', 12 * HOUR, HOUR],
  ])('deletes a session %s', async (_, over, step) => {
    const user = await addStaff(t);
    const session = { idHash: 'h', userId: user.id, csrf: 'c', createdAt: NOW, seenAt: NOW };
    await t.storage.atomically(({ staff }) => staff.addSession(session));
    while (step > 0 && t.clock.now() + step < NOW + over) {
      t.clock.advance(step);
      await t.storage.atomically(({ staff }) => staff.touchSession('h', t.clock.now()));
    }
    expect(await purgedAt(NOW + over - 1, 'sessions')).toBe(0);
    expect(await purgedAt(NOW + over, 'sessions')).toBe(1);
  });

  it('deletes a window of the rate limit, and a draft a day after its hold', async () => {
    const { query } = aRequest();
    await t.app.holdSlot({ who: CLIENT, deskId: 'expat-desk', query, start: TUESDAY_NINE.start });
    await t.storage.atomically(({ limits }) => limits.count('hash', MINUTE, NOW));
    expect(await purgedAt(NOW + MINUTE - 1, 'rateLimits')).toBe(0);
    expect(await purgedAt(NOW + MINUTE, 'rateLimits')).toBe(1);
    expect(await purgedAt(NOW + 15 * MINUTE + 24 * HOUR - 1, 'drafts')).toBe(0);
    expect(await purgedAt(NOW + 15 * MINUTE + 24 * HOUR, 'drafts')).toBe(1);
  });

  it('keeps a closed case as long as its desk says, and then a fact without a person', async () => {
    const own = aDeskThatAsks([], { id: 'by-case', cases: { keepDays: 90 } });
    const over = { state: 'closed', result: { kind: 'work', on: '2026-11-20' }, closedAt: NOW } as const;
    await t.storage.write(async ({ cases, desks }) => {
      await desks.add(own);
      await cases.add(aCase({ deskId: own.id, ...over }));
      await cases.add(aCase({ id: 'open', deskId: own.id, openedAt: 0 }));
    });
    expect(await purgedAt(NOW + 90 * DAY - 1, 'cases')).toBe(0);
    expect(await purgedAt(NOW + 90 * DAY, 'cases')).toBe(1);
    expect(await t.storage.cases.facts(own.id)).toMatchObject([{ month: '2026-11', result: 'work' }]);
    expect(await t.storage.cases.find('open')).toBeDefined();
  });

  it('leaves nothing of a client in any table', async () => {
    const booking = await everythingOfAClient();
    const { reference, uid, id } = await t.storage.bookings.find(booking.id).then((found) => found ?? booking);
    const secrets = { ...SECRETS, reference, id };
    const before = await kept();
    expect(secretsIn(before, { ...secrets, uid })).toEqual(Object.values({ ...secrets, uid }));
    until(ENDED + HOUR + 30 * DAY);
    const counts = await purged();
    // What was looked for in vain, the hours as they were, and who looked at what tell nothing of clients, and are kept longer.
    const kinds = Object.entries(counts).filter(([, count]) => count === 0);
    expect(kinds.map(([kind]) => kind)).toEqual(['unmetDemand', 'hoursVersions', 'trail']);
    expect(secretsIn(await kept(), { ...secrets, uid })).toEqual([]);
  });

  (chosenKind() === 'SQLite' ? it : it.skip)(
    'leaves nothing in the file either, where SQLite would keep it',
    async () => {
      await everythingOfAClient();
      const bytes = async () => {
        const { db, storage } = await openUrl(t.databaseUrl, { now: NOW });
        await sql`pragma wal_checkpoint(truncate)`.execute(db);
        await storage.close();
        return readFileSync(t.databaseUrl.slice('file:'.length), 'latin1');
      };
      const written = { ...SECRETS, for: 'Bertram', employee: 'Edda' };
      expect(secretsIn(await bytes(), written)).toEqual(Object.values(written));
      until(ENDED + HOUR + 30 * DAY);
      await purged();
      expect(secretsIn(await bytes(), written)).toEqual([]);
    },
  );

  it('changes nothing on a dry run, and counts what the next run then changes', async () => {
    await everythingOfAClient();
    await booked(t, request({ start: DECEMBER_17 }));
    await t.run('sendOutbox');
    until(ENDED + HOUR + 30 * DAY);
    const before = await t.everything();
    const foreseen = await purged(true);
    expect(await t.everything()).toEqual(before);
    expect(await purged()).toEqual(foreseen);
    expect(foreseen).toMatchObject({
      drafts: 1,
      idempotencyKeys: 1,
      sessions: 1,
      origins: 2,
      freeTexts: 2,
      bookings: 1,
    });
    expect(foreseen.rateLimits).toBeGreaterThan(0);
  });

  it('changes nothing when it is run a second time', async () => {
    await everythingOfAClient();
    for (const days of [0, 8, 15, 31]) {
      until(ENDED + HOUR + days * DAY);
      await purged();
      const after = await t.everything();
      expect(Object.values(await purged()).every((count) => count === 0)).toBe(true);
      expect(await t.everything()).toEqual(after);
    }
  });

  it('replaces each booking by a fact about its last state that does not lead back to it', async () => {
    const { id } = await booked(t, request());
    const phoned = await booked(t, { source: 'phone', query: { topicId: 'career', language: 'ja', mode: 'phone' } });
    until(ENDED);
    for (const what of ['check-in', 'complete', 'reopen'] as const)
      await t.app.recordAttendance({ bookingId: id, what, who: STAFF });
    // Called off in the last minute by mistake, and taken back at once.
    until(phoned.time.start - MINUTE);
    await t.app.cancelBooking({ bookingId: phoned.id, reason: null, who: { kind: 'client' } });
    await t.app.restoreBooking({ bookingId: phoned.id, who: { kind: 'client' } });
    until(ENDED + HOUR + 30 * DAY);
    await purged();
    const facts = (await t.everything()).consultation_fact as { language: string }[];
    expect(facts.sort((a, b) => (a.language < b.language ? -1 : 1))).toEqual([
      {
        desk_id: 'expat-desk',
        month: '2026-12',
        topic_id: 'residence',
        language: 'en',
        mode: 'in_person',
        source: 'web',
        status: 'checked_in',
        attendees: 2,
        on_behalf: 1,
        waiting_days: 7,
        ...{ cancelled_late: 0, given_back: 0, reminded_days: null, persons: 2, minutes: 30 },
        ...{ follow_up: 0, referred_to: null, client_group: null },
      },
      {
        desk_id: 'expat-desk',
        month: '2026-12',
        topic_id: 'career',
        language: 'ja',
        mode: 'phone',
        source: 'phone',
        status: 'confirmed',
        attendees: 1,
        on_behalf: 0,
        waiting_days: 7,
        ...{ cancelled_late: 0, given_back: 0, reminded_days: null, persons: 1, minutes: 60 },
        ...{ follow_up: 0, referred_to: null, client_group: null },
      },
    ]);
  });

  it('keeps a booking that is not over, except for the text of its old mails', async () => {
    const booking = await booked(t, request({ start: Date.parse('2027-01-20T10:00:00+01:00') }));
    await t.run('sendOutbox');
    until(booking.time.end - 1);
    expect(await purged()).toMatchObject({ bookings: 0, freeTexts: 0, messages: 3 });
    expect(await t.storage.bookings.find(booking.id)).toEqual(booking);
    expect(await t.storage.bookings.history(booking.id)).toHaveLength(1);
  });

  it('keeps a booking that was moved to a later time', async () => {
    const booking = await booked(t, request());
    await t.app.moveBooking({ bookingId: booking.id, start: DECEMBER_17, who: STAFF });
    until(ENDED + 7 * DAY);
    expect(await purged()).toMatchObject({ bookings: 0, freeTexts: 0 });
    expect(await t.storage.bookings.find(booking.id)).toMatchObject({ note: SECRETS.note });
    until(DECEMBER_17 + 30 * MINUTE + 7 * DAY);
    expect(await purged()).toMatchObject({ bookings: 0, freeTexts: 1, answers: 1 });
    expect(await t.storage.bookings.find(booking.id)).toMatchObject({
      note: null,
      answers: {},
      client: { name: SECRETS.name },
    });
  });

  it('erases each answer when its own question says so, and those that nobody asks for with the note', async () => {
    const answers = { which: SECRETS.answer, since: '2025-01-31' };
    const { id } = await booked(t, { details: { ...request().details, answers } });
    const answersAt = async (at: number) => {
      await purgedAt(at, 'answers');
      return (await t.storage.bookings.find(id))?.answers;
    };
    expect(await answersAt(ENDED + 3 * DAY - 1)).toEqual(answers);
    expect(await answersAt(ENDED + 3 * DAY)).toEqual({ which: SECRETS.answer });
    await applyDesks({ storage: t.storage, now: t.clock.now, ids: randomIds })([aDesk()], { apply: true });
    expect(await answersAt(ENDED + 7 * DAY - 1)).toEqual({ which: SECRETS.answer });
    await t.storage.write(({ desks }) => desks.replace(aDesk()));
    expect(await answersAt(ENDED + 7 * DAY)).toEqual({});
  });

  it('blanks a message and keeps its row, so that later messages are still correct', async () => {
    const { id } = await booked(t, request({ start: DECEMBER_17 }));
    await t.run('sendOutbox');
    until(NOW + 14 * DAY);
    await purged();
    const rows = (await t.everything()).outbox as Record<string, unknown>[];
    expect(rows).toHaveLength(3);
    for (const row of rows)
      expect(row).toMatchObject({
        state: 'sent',
        kind: 'booked',
        address: '',
        message_json: '{}',
        facts_json: null,
        content: null,
        blanked_at: t.clock.now(),
      });
    await t.app.cancelBooking({ bookingId: id, reason: null, who: { kind: 'client' } });
    await t.run('sendOutbox');
    const mails = await t.mailbox.list();
    expect(mails.find(({ to }) => to.includes(SECRETS.email))?.calendar?.method).toBe('CANCEL');
  });

  it('removes a message that is about no booking, because nothing else is about it', async () => {
    await booked(t, request({ start: DECEMBER_17 }));
    const [queued] = await t.storage.outbox.unwritten(NOW, 1);
    const facts = { ...(queued?.from as MailFacts), messageId: '<trial@desk.example>' };
    await t.storage.write(({ outbox }) =>
      outbox.queue({ deskId: 'expat-desk', bookingId: null, sequence: 0, facts, now: NOW }),
    );
    await t.run('sendOutbox');
    expect((await t.everything()).outbox).toHaveLength(4);
    until(NOW + 14 * DAY);
    await purged();
    expect((await t.everything()).outbox).toHaveLength(3);
  });

  it.each(['withdrawn', 'failed'])('blanks a message that was %s, but never one that waits', async (state) => {
    const { id } = await booked(t, request({ start: DECEMBER_17 }));
    if (state === 'withdrawn') await t.app.cancelBooking({ bookingId: id, reason: null, who: STAFF });
    else {
      await t.write();
      await t.storage.atomically(async ({ outbox }) => {
        const entry = await outbox.claim(NOW, MINUTE);
        await outbox.fail(entry?.id ?? 0, 550);
      });
    }
    expect(await purgedAt(NOW + 14 * DAY - 1, 'messages')).toBe(0);
    // The advisor's is withdrawn with the client's.
    expect(await purgedAt(NOW + 14 * DAY, 'messages')).toBe(state === 'withdrawn' ? 3 : 1);
    const rows = (await t.everything()).outbox as Record<
      'state' | 'address' | 'facts_json' | 'content',
      string | null
    >[];
    const blank = rows.filter((row) => row.facts_json === null && row.content === null && row.address === '');
    expect(new Set(blank.map((row) => row.state))).toEqual(new Set([state]));
    expect(rows.filter((row) => row.state === 'waiting').length).toBeGreaterThan(0);
  });

  it('waits for a process that is sending a message of the booking', async () => {
    await booked(t, request());
    until(ENDED + 30 * DAY);
    await t.write();
    await t.storage.atomically(({ outbox }) => outbox.claim(t.clock.now(), 5 * MINUTE));
    expect((await purged()).bookings).toBe(0);
    t.clock.advance(5 * MINUTE);
    expect((await purged()).bookings).toBe(1);
  });

  it('keeps the order of the outbox although SQLite reuses the highest ids', async () => {
    await booked(t, request());
    await t.run('sendOutbox');
    until(ENDED + 30 * DAY);
    await purged();
    const start = Date.parse('2027-01-11T10:00:00+01:00');
    const { id } = await booked(t, request({ start }));
    await t.run('sendOutbox');
    await t.app.moveBooking({ bookingId: id, start: start + HOUR, who: STAFF });
    await t.run('sendOutbox');
    const told = await t.outbox(id);
    expect(told.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'booked sent',
      'booked sent',
      'booked sent',
      'moved sent',
      'moved sent',
      'moved sent',
    ]);
  });

  it('works in batches, lets others write in between, and stops when it is told to', async () => {
    await t.storage.write(async ({ bookings }) => {
      for (let i = 0; i < 450; i++) {
        const time = { start: NOW + i * HOUR, end: NOW + i * HOUR + 30 * MINUTE };
        await bookings.add(aBooking({ id: `b${i}`, uid: `u${i}`, reference: `R${i}`, time }), `hash ${i}`);
      }
    });
    until(NOW + 450 * HOUR + 30 * DAY);
    const stopped = new AbortController();
    const seen: number[] = [];
    const pause = async () => {
      const fresh = aBooking({ id: `new${seen.length}`, uid: `new${seen.length}`, reference: `NEW${seen.length}` });
      const time = span('2027-03-01T09:00:00+01:00', 30);
      const later = { start: time.start + seen.length * HOUR, end: time.end + seen.length * HOUR };
      await t.storage.write(({ bookings }) =>
        bookings.add({ ...fresh, time: later, blockedUntil: later.end }, fresh.id),
      );
      seen.push((await t.everything()).booking?.length ?? 0);
    };
    const run = purge({ storage: t.storage, now: t.clock.now, pause });
    expect((await run({ signal: stopped.signal })).bookings).toBe(450);
    expect(seen).toEqual([251, 52]);
    stopped.abort();
    expect((await run({ signal: stopped.signal })).bookings).toBe(0);
  });

  it('runs as a nightly job', async () => {
    await booked(t, request());
    until(ENDED + 30 * DAY);
    expect(await t.run('purge')).toMatchObject({ bookings: 1 });
  });
});

describe('The default retention periods', () => {
  it('are those that the privacy notice promises', () => {
    expect(USUAL_RETENTION).toEqual({
      bookingDays: 30,
      noteDays: 7,
      outboxDays: 14,
      draftHours: 24,
      keyHours: 48,
      demandDays: 730,
    });
  });
});
