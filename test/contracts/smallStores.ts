import type { StaffUser } from '../../src/app/ports/staffStore';
import type { Storage, Stores } from '../../src/app/ports/storage';
import type { Task } from '../../src/app/ports/tasks';
import type { PlanLine } from '../../src/domain/booking/absencePlan';
import type { Booking } from '../../src/domain/booking/booking';
import { type OperationLine, placeOf, type StaffOperation } from '../../src/domain/booking/operation';
import type { HoursException } from '../../src/domain/calendar/hours';
import { HOUR, MINUTE } from '../../src/domain/calendar/interval';
import { limitsOf } from '../../src/domain/limits';
import type { WaitingOffer } from '../../src/domain/waiting/entry';
import {
  aDesk,
  anAdvisor,
  aPartner,
  aPlan,
  aQuestion,
  aQueueEntry,
  aTopic,
  aWaitingEntry,
  NOW,
  span,
  TUESDAY_NINE,
} from '../support/builders';
import { refusal } from '../support/refusal';
import { add, another } from './bookingStore';
import { type Open, withDesks } from './databases';

/** What the stores of desks, staff, tasks and keys do, and the transaction around them all. */
export function smallStoresContract(open: Open): void {
  let storage: Storage;
  beforeEach(async () => {
    storage = await withDesks(open);
  });
  afterEach(() => storage.close());

  describe('answers to a booking', () => {
    it('are noted once each, and erased with it', async () => {
      const booking = another();
      await add(storage, booking);
      const reply = {
        ...{ bookingId: booking.id, deskId: booking.deskId, digest: 'a', partstat: 'DECLINED' as const, sequence: 2 },
        ...{ stamp: NOW, reader: 'client' as const, at: NOW },
      };
      const mail = { ...reply, digest: 'b', partstat: null, sequence: null, stamp: null, reader: null, at: NOW + 1 };
      const noted = (each: Parameters<Stores['replies']['add']>[0]) =>
        storage.write(({ replies }) => replies.add(each));
      expect([await noted(reply), await noted(mail), await noted(reply)]).toEqual([true, true, false]);
      expect(await storage.replies.ofBooking(booking.id)).toEqual([reply, mail]);
      await storage.write(({ bookings }) => bookings.erase(booking.id, NOW));
      expect(await storage.replies.ofBooking(booking.id)).toEqual([]);
    });

    it('are found by the UID of the calendar', async () => {
      const booking = another();
      await add(storage, booking);
      expect(await storage.bookings.findByUid(booking.uid)).toEqual(booking);
      expect(await storage.bookings.findByUid('nobody')).toBeUndefined();
    });
  });

  describe('a mailbox', () => {
    const taken = (now: number) =>
      storage.atomically(({ mailboxes }) => mailboxes.takeFiling('m', '7', { now, until: now + MINUTE }));

    it('is read from where it was left, by one process, and anew when its UIDs are others', async () => {
      const within = <T>(work: (store: Stores['mailboxes']) => Promise<T>) =>
        storage.atomically(({ mailboxes }) => work(mailboxes));
      await within((store) => store.begin('m', '7'));
      expect(await within((store) => store.advance('m', '7', 5))).toBe(true);
      expect(await within((store) => store.advance('m', '7', 5))).toBe(false);
      expect(await within((store) => store.advance('m', '6', 9))).toBe(false);
      for (const uid of [5, 4, 5]) await within((store) => store.toFile('m', '7', uid));
      expect(await taken(NOW)).toEqual([4, 5]);
      await within((store) => store.filed('m', '7', [4]));
      expect(await taken(NOW + MINUTE)).toEqual([5]);
      await within((store) => store.looked('m', NOW));
      const read = { name: 'm', uidValidity: '7', lastUid: 5, lookedAt: NOW, failing: null };
      expect(await storage.mailboxes.list()).toEqual([read]);
      await within((store) => store.begin('m', '8'));
      expect(await storage.mailboxes.list()).toEqual([{ ...read, uidValidity: '8', lastUid: 0 }]);
      expect(await taken(NOW + HOUR)).toEqual([]);
    });

    it('lets one process at a time move a mail, until its time is over or it gives it back, and whatever a clock does', async () => {
      await storage.atomically(async ({ mailboxes }) => {
        await mailboxes.begin('m', '7');
        for (const uid of [4, 5]) await mailboxes.toFile('m', '7', uid);
      });
      expect([await taken(NOW), await taken(NOW)]).toEqual([[4, 5], []]);
      await storage.atomically(({ mailboxes }) => mailboxes.giveBackFiling('m', '7', [4]));
      expect([await taken(NOW), await taken(NOW + MINUTE - 1)]).toEqual([[4], []]);
      expect([await taken(NOW + MINUTE), await taken(NOW - HOUR)]).toEqual([
        [4, 5],
        [4, 5],
      ]);
    });

    it('is away since the first time that it was, until it is read', async () => {
      const away = (why: 'unreachable' | 'refused', at: number) =>
        storage.atomically(({ mailboxes }) => mailboxes.away('m', why, at));
      expect([await away('unreachable', NOW), await away('unreachable', NOW + 1)]).toEqual([true, false]);
      expect(await away('refused', NOW + 2)).toBe(true);
      expect(await storage.mailboxes.list()).toMatchObject([{ failing: { since: NOW, why: 'refused' } }]);
      await storage.atomically(({ mailboxes }) => mailboxes.looked('m', NOW + 3));
      expect(await storage.mailboxes.list()).toMatchObject([{ failing: null, lookedAt: NOW + 3 }]);
    });
  });

  describe('desks', () => {
    it('have a paragraph about them, or none', async () => {
      const desk = aDesk({ id: 'bare', about: null });
      await storage.write(({ desks }) => desks.add(desk));
      expect(await storage.desks.find('bare')).toEqual(desk);
      expect((await storage.desks.find('expat-desk'))?.about).toEqual(aDesk().about);
    });

    it('are returned as they were stored, in the order of their file', async () => {
      const topics = ['zoo', 'apple', 'mid'].map((id) =>
        aTopic({
          id,
          neutralName: { de: 'B', en: 'C', uk: 'К' },
          shortName: { de: 'S', en: 'T' },
          searchWords: ['Kita', 'anaokulu'],
          sentence: { de: 'Ich suche einen Platz', en: 'I need a place' },
          group: { de: 'Kinder', en: 'Children' },
          forEmployers: true,
          bring: null,
          questions: [
            aQuestion({ hint: { de: 'D', en: 'E', ja: 'J' } }),
            aQuestion({
              id: 'old',
              kind: 'choice',
              choices: [{ id: 'a', label: { de: 'A', en: 'A' } }],
              retired: true,
            }),
          ],
          leadTimeMinutes: 0,
          leadTimeOpenMinutes: 0,
          horizonDays: 0,
          modes: ['video', 'phone'],
          partners: ['authority'],
        }),
      );
      const rule = {
        rrule: 'FREQ=WEEKLY;BYDAY=MO',
        start: '09:00',
        end: '24:00',
        from: '2026-01-01',
        until: '2027-01-01',
      };
      const advisors = [
        anAdvisor({
          id: 'z',
          topics: ['zoo', 'apple', 'mid'],
          languages: ['uk', 'de', 'ar'],
          workingRules: [rule, { ...rule, start: '08:00' }],
        }),
        anAdvisor({ id: 'a', topics: [] }),
      ];
      const closed = {
        id: '1',
        from: '2026-12-24',
        to: '2026-12-25',
        closed: true,
        windows: [],
        reason: { de: 'x', en: 'y' },
      };
      const opened = { ...closed, id: '2', closed: false, windows: [{ start: '01:00', end: '04:00' }] };
      const hours = { timeZone: 'Asia/Tokyo', holidays: null, rules: [rule], exceptions: [closed, opened] };
      const reserves = [
        { language: 'uk', topicId: null, urgent: false, startsPerDay: 2, releaseWorkingDays: 3 },
        { language: null, topicId: 'zoo', urgent: true, startsPerDay: 1, releaseWorkingDays: 0 },
      ];
      const desk = aDesk({
        id: 'full',
        directions: { de: 'Erster Stock', en: 'First floor' },
        places: [{ name: { de: 'Musterstadt', en: 'Sample Town' }, towns: ['Altstadt'], postcodes: ['402', '40721'] }],
        withoutMail: true,
        reminders: [{ daysBefore: 2, at: '09:00' }],
        missedMail: true,
        topics,
        advisors,
        hours,
        legal: {
          carrier: { de: 'Stadt', en: 'City' },
          dataProtectionOfficer: { email: 'dpo@city.example', phone: null, address: 'Weg 1' },
          accessibility: {
            status: 'none',
            made: '2026-01-02',
            reviewed: '2026-02-03',
            tested: null,
            gaps: { de: 'a', en: 'b' },
          },
        },
        limits: limitsOf({
          openBookingsPerAddress: 3,
          mailsPerAddress: { day: 40 },
          bookingsPerHour: { '/48': 301 },
          heldShare: 0.5,
        }),
        reserves,
      });
      await storage.write(({ desks }) => desks.add(desk));
      expect(await storage.desks.find('full')).toEqual(desk);
      expect((await storage.desks.list()).map(({ id }) => id)).toEqual(['expat-desk', 'full', 'wuppertal']);
      expect(await storage.desks.find('nowhere')).toBeUndefined();
      expect(await storage.desks.withAdvisor('a1')).toEqual(['expat-desk', 'wuppertal']);
      expect(await storage.desks.withAdvisor('nobody')).toEqual([]);
    });

    it('change their rules and exceptions, each without affecting the other', async () => {
      const rules = [{ rrule: 'FREQ=DAILY', start: '10:00', end: '11:00' }];
      const exception = {
        id: 'x',
        from: '2027-01-04',
        to: '2027-01-05',
        closed: true,
        windows: [],
        reason: { de: 'a', en: 'b' },
      };
      await storage.write(async ({ desks }) => {
        await desks.replaceOpeningRules('expat-desk', rules);
        await desks.addException('expat-desk', exception, 'staff');
      });
      expect((await storage.desks.find('expat-desk'))?.hours).toEqual({
        ...aDesk().hours,
        rules,
        exceptions: [exception],
      });
      expect((await storage.desks.find('wuppertal'))?.hours).toEqual(aDesk().hours);
    });

    it('keep the order of topics by version, and who made it', async () => {
      const at = 'expat-desk';
      expect(await storage.desks.topicOrder(at)).toEqual({ part: ['residence', 'career'], origin: 'file', version: 1 });
      await storage.write(
        async ({ desks }) => {
          expect(await desks.putTopicOrder(at, ['career', 'residence'], 'staff')).toBe(2);
          await desks.putTopic(at, aTopic({ id: 'work' }), 'staff');
        },
        { desk: at },
      );
      const order = { part: ['career', 'residence', 'work'], origin: 'staff', version: 2 };
      expect(await storage.desks.topicOrder(at)).toEqual(order);
      expect((await storage.desks.find(at))?.topics.map(({ id }) => id)).toEqual(order.part);
    });

    it('keep topics, advisors and rooms by version, who wrote them, and what who has left covered', async () => {
      const at = 'expat-desk';
      const bo = anAdvisor({
        id: 'a2',
        languages: ['ja', 'de'],
        levels: { ja: 'native' },
        modes: ['phone'],
        from: '2026-12-01',
      });
      const work = aTopic({ id: 'work' });
      await storage.write(
        async ({ desks }) => {
          expect(await desks.putTopic(at, work, 'staff')).toBe(1);
          expect(await desks.putTopic(at, { ...work, retired: true }, 'staff')).toBe(2);
          expect(await desks.putAdvisor(at, { ...bo, topics: ['career', 'work'], retired: true }, 'staff')).toBe(2);
          expect(await desks.putRooms(at, { reserves: [], capacities: { phone: 2 } }, 'staff')).toBe(2);
        },
        { desk: at },
      );
      const [topics, advisors] = [await storage.desks.topics(at), await storage.desks.advisors(at)];
      expect(topics.map(({ part, origin, version }) => [part.id, origin, version])).toEqual([
        ['residence', 'file', 1],
        ['career', 'file', 1],
        ['work', 'staff', 2],
      ]);
      expect(advisors[1]).toEqual({
        part: { ...bo, topics: ['career', 'work'], retired: true },
        ...{ origin: 'staff', version: 2 },
      });
      expect(await storage.desks.rooms(at)).toMatchObject({ part: { capacities: { phone: 2 } }, version: 2 });
      const desk = await storage.desks.find(at);
      expect(desk?.advisors[1]).toMatchObject({ retired: true, languages: [], topics: [] });
      expect(desk?.capacities).toEqual({ phone: 2 });

      // A file that changes one of them leaves the others their versions.
      await storage.write(
        ({ desks }) =>
          desks.replace({
            ...(desk as NonNullable<typeof desk>),
            topics: (desk?.topics ?? []).map((topic) => ({ ...topic, ...(topic.id === 'career' && { maxPeople: 3 }) })),
          }),
        { desk: at },
      );
      expect((await storage.desks.topics(at)).map(({ version }) => version)).toEqual([1, 2, 2]);
      expect((await storage.desks.advisors(at))[1]).toEqual(advisors[1]);
      expect(await storage.desks.rooms(at)).toMatchObject({ origin: 'staff', version: 2 });
    });

    it('keep partners by version, and say which of them a topic names', async () => {
      const at = 'expat-desk';
      const whole = aPartner({
        ...{ address: 'Platz 1', phone: '115', email: 'amt@amt.example', website: 'https://amt.example/' },
        ...{ hours: { de: 'H', en: 'H', ja: 'H' }, bring: { de: 'B', en: 'B' }, bookingUrl: 'https://amt.example/b' },
      });
      const other = aPartner({ id: 'other', bookingDesk: 'wuppertal' });
      await storage.write(
        async ({ desks }) => {
          expect(await desks.putPartner(at, whole, 'staff')).toBe(1);
          expect(await desks.putPartner(at, other, 'staff')).toBe(1);
          expect(await desks.putPartner(at, { ...other, retired: true }, 'staff')).toBe(2);
          await desks.putTopic(at, aTopic({ partners: ['authority'] }), 'staff');
        },
        { desk: at },
      );
      expect(await storage.desks.partners(at)).toEqual([
        { part: whole, origin: 'staff', version: 1 },
        { part: { ...other, retired: true }, origin: 'staff', version: 2 },
      ]);
      const desk = await storage.desks.find(at);
      expect([desk?.partners, desk?.topics[0]?.partners]).toEqual([
        [whole, { ...other, retired: true }],
        ['authority'],
      ]);
      expect(await storage.desks.isInUse(at, { partnerId: 'authority' })).toBe(true);
      expect(await storage.desks.isInUse(at, { partnerId: 'other' })).toBe(false);
      await storage.write(
        async ({ desks }) => {
          await desks.removePart(at, { partnerId: 'other' });
          await desks.replace({ ...(desk ?? aDesk()), partners: [aPartner({ id: 'new' }), whole] });
        },
        { desk: at },
      );
      const after = await storage.desks.partners(at);
      expect(after.map(({ part, origin, version }) => [part.id, origin, version])).toEqual([
        ['new', 'file', 1],
        ['authority', 'staff', 1],
      ]);
    });

    it('delete topics and advisors to which nothing refers', async () => {
      const at = 'expat-desk';
      await add(storage, another());
      expect(await storage.desks.isInUse(at, { topicId: 'residence' })).toBe(true);
      expect(await storage.desks.isInUse(at, { topicId: 'career' })).toBe(false);
      expect(await storage.desks.isInUse(at, { advisorId: 'a1' })).toBe(true);
      expect(await storage.desks.isInUse(at, { advisorId: 'a2' })).toBe(false);
      await storage.write(
        async ({ desks }) => {
          await desks.removePart(at, { topicId: 'career' });
          await desks.removePart(at, { advisorId: 'a2' });
        },
        { desk: at },
      );
      const desk = await storage.desks.find(at);
      expect([desk?.topics.map(({ id }) => id), desk?.advisors.map(({ id }) => id)]).toEqual([['residence'], ['a1']]);
    });

    it('have the texts that they word, until they have none any more', async () => {
      const entry = { key: 'mail.booked.title', text: { de: 'Da', uk: 'Є' }, before: null, version: 1 };
      const own = async (id: string) => (await storage.desks.find(id))?.ownTexts;
      await storage.write(({ texts }) => texts.put('expat-desk', entry), { desk: 'expat-desk' });
      expect(await own('expat-desk')).toEqual({ 'mail.booked.title': entry.text });
      expect(await storage.texts.list('expat-desk')).toEqual([entry]);
      expect(await storage.texts.list('wuppertal')).toEqual([]);
      expect(await storage.desks.find('wuppertal')).not.toHaveProperty('ownTexts');

      const taken = { ...entry, text: {}, before: entry.text, version: 2 };
      await storage.write(({ texts }) => texts.put('expat-desk', taken), { desk: 'expat-desk' });
      expect(await own('expat-desk')).toBeUndefined();
      expect(await storage.texts.find('expat-desk', 'mail.booked.title')).toEqual(taken);
      expect(await storage.texts.find('expat-desk', 'mail.moved.title')).toBeUndefined();
    });

    it('keep exceptions in the order in which they were entered, a changed one as the newest', async () => {
      const day = (id: string, part = {}) => ({
        ...{ id, from: '2027-01-04', to: '2027-01-05', closed: true, windows: [], reason: { de: 'a', en: 'b' } },
        ...part,
      });
      const kept = async () => (await storage.desks.find('expat-desk'))?.hours.exceptions;
      await storage.write(async ({ desks }) => {
        for (const id of ['c', 'a', 'b']) await desks.addException('expat-desk', day(id), 'staff');
      });
      expect(await kept()).toEqual([day('c'), day('a'), day('b')]);

      const pause = { closed: false, pauses: [{ start: '12:30', end: '13:30' }], rrule: 'FREQ=YEARLY' };
      await storage.write(({ desks }) => desks.replaceException('expat-desk', day('a', pause)));
      expect(await kept()).toEqual([day('c'), day('b'), day('a', pause)]);
      expect(await storage.desks.exceptions('expat-desk')).toEqual([
        { exception: day('c'), origin: 'staff', version: 1 },
        { exception: day('b'), origin: 'staff', version: 1 },
        { exception: day('a', pause), origin: 'staff', version: 2 },
      ]);

      await storage.write(({ desks }) => desks.removeException('wuppertal', 'b'));
      expect(await kept()).toHaveLength(3);
      await storage.write(({ desks }) => desks.removeException('expat-desk', 'b'));
      await storage.write(({ desks }) => desks.addException('expat-desk', day('d'), 'file'));
      expect((await kept())?.map(({ id }) => id)).toEqual(['c', 'a', 'd']);
      expect((await storage.desks.exceptions('expat-desk')).at(-1)?.origin).toBe('file');
    });

    it('make a list the exceptions, in its order, and keep where each came from', async () => {
      const day = (id: string, from = '2027-03-01'): HoursException => ({
        ...{ id, from, to: '2027-03-02', closed: true, windows: [], reason: { de: id, en: id } },
      });
      const [a, b, c] = [day('a'), day('b'), day('c')];
      const order = async () =>
        (await storage.desks.exceptions('expat-desk')).map(({ exception, origin }) => [exception.id, origin]);
      await storage.write(async ({ desks }) => {
        await desks.addException('expat-desk', a, 'file');
        for (const each of [b, c]) await desks.addException('expat-desk', each, 'staff');
      });
      await storage.write(({ desks }) => desks.replaceExceptions('expat-desk', [c, a, day('d')]));
      expect(await order()).toEqual([
        ['c', 'staff'],
        ['a', 'file'],
        ['d', 'staff'],
      ]);
      await storage.write(({ desks }) => desks.replaceExceptions('expat-desk', [c, day('a', '2027-02-01')]));
      expect((await storage.desks.find('expat-desk'))?.hours.exceptions).toEqual([c, day('a', '2027-02-01')]);
    });

    it('tell which exceptions came with the desk file', async () => {
      const closed = { id: 'f', from: '2027-01-04', to: '2027-01-05', closed: true, windows: [], reason: { en: 'b' } };
      const desk = aDesk({ id: 'seeded', hours: { ...aDesk().hours, exceptions: [closed] } });
      await storage.write(({ desks }) => desks.add(desk));
      expect(await storage.desks.exceptions('seeded')).toEqual([{ exception: closed, origin: 'file', version: 1 }]);
      expect(await storage.desks.exceptions('expat-desk')).toEqual([]);
    });

    it('change and forget absences, and list them by start, a page at a time', async () => {
      const at = (id: string, start: string) => ({
        id,
        advisorId: 'a1',
        time: span(`2026-12-01T${start}:00+01:00`, 60),
        reason: null,
      });
      const [over, b, a, c] = [at('over', '08:00'), at('b', '10:00'), at('a', '10:00'), at('c', '12:00')];
      await storage.write(async ({ desks }) => {
        for (const one of [c, b, over, a]) await desks.addAbsence('expat-desk', one);
        await desks.addAbsence('wuppertal', at('elsewhere', '10:00'));
      });
      const from = over.time.end;
      const first = await storage.desks.absencesFrom('expat-desk', { from, limit: 2 });
      const entry = (absence: typeof a) => ({ absence, deskId: 'expat-desk', version: 1 });
      expect(first).toEqual({ entries: [entry(a), entry(b)], next: expect.any(String) });
      const cursor = first.next ?? '';
      expect(await storage.desks.absencesFrom('expat-desk', { from, limit: 2, cursor })).toEqual({
        entries: [entry(c)],
        next: null,
      });
      await expect(storage.desks.absencesFrom('expat-desk', { from, limit: 2, cursor: 'x' })).rejects.toEqual(
        refusal('invalid'),
      );

      const later = { ...b, time: span('2026-12-02T10:00:00+01:00', 30), reason: 'ill' };
      await storage.write(({ desks }) => desks.replaceAbsence(later));
      expect(await storage.desks.findAbsence('b')).toEqual({ absence: later, deskId: 'expat-desk', version: 2 });
      await storage.write(({ desks }) => desks.removeAbsence('b'));
      expect(await storage.desks.findAbsence('b')).toBeUndefined();
      expect(await storage.desks.findAbsence('a')).toEqual(entry(a));
    });

    it('return the absences that overlap a range, by start', async () => {
      const absence = (id: string, start: string) => ({
        id,
        advisorId: 'a1',
        time: span(`2026-12-01T${start}:00+01:00`, 60),
        reason: null,
      });
      const [nine, ten, eleven] = [
        absence('9', '09:00'),
        absence('10', '10:00'),
        { ...absence('11', '11:00'), reason: 'ill' },
      ];
      await storage.write(async ({ desks }) => {
        for (const one of [eleven, nine, ten]) await desks.addAbsence('expat-desk', one);
      });
      expect(await storage.desks.absences('expat-desk', { start: nine.time.end, end: eleven.time.end })).toEqual([
        ten,
        eleven,
      ]);
      expect(await storage.desks.absences('wuppertal', { start: 0, end: Number.MAX_SAFE_INTEGER })).toEqual([]);
    });
  });

  describe('staff', () => {
    const lea: StaffUser = {
      id: 'u1',
      email: 'Lea@Desk.example',
      name: 'Lea',
      role: 'advisor',
      deskId: 'expat-desk',
      advisorId: 'a1',
      passwordHash: 'h',
      demo: false,
      disabledAt: null,
    };
    const addUser = (user: StaffUser) => storage.write(({ staff }) => staff.addUser(user));

    it('are found by address in any case, and cannot share one', async () => {
      await addUser(lea);
      const stored = { ...lea, email: 'lea@desk.example' };
      expect(await storage.staff.findUserByEmail('LEA@desk.EXAMPLE')).toEqual(stored);
      expect(await storage.staff.findUser('u1')).toEqual(stored);
      await expect(addUser({ ...lea, id: 'u2', email: 'lea@DESK.example' })).rejects.toThrow(refusal('invalid'));
      expect(await storage.staff.countUsers()).toBe(1);
    });

    it('have sessions that end by request, by idleness or by age', async () => {
      await addUser({ ...lea, advisorId: null });
      const session = (idHash: string, seenAt: number, createdAt = NOW) => ({
        idHash,
        userId: 'u1',
        csrf: 'c',
        createdAt,
        seenAt,
      });
      await storage.write(async ({ staff, retention }) => {
        for (const one of [
          session('a', NOW + 3),
          session('b', NOW + 1),
          session('c', NOW + 3, NOW - HOUR),
          session('e', NOW + 3, NOW + HOUR),
          session('d', NOW + 1),
        ])
          await staff.addSession(one);
        await staff.touchSession('d', NOW + 5);
        await staff.rememberSearch('d', 'Kim');
        expect(await retention.sessions({ seen: NOW + 1, created: NOW - 1, ahead: NOW + HOUR }).forget(9)).toBe(3);
        await staff.removeSession('a');
      });
      const found = await Promise.all(['a', 'b', 'c', 'e', 'd'].map((id) => storage.staff.findSession(id)));
      expect(found).toEqual([undefined, undefined, undefined, undefined, { ...session('d', NOW + 5), search: 'Kim' }]);
    });

    it('change in the named fields only, and lose their sessions when they are removed', async () => {
      const demo = { ...lea, id: 'u2', email: 'demo@desk.example', advisorId: null, demo: true };
      await addUser(lea);
      await addUser(demo);
      const begun = { csrf: 'c', createdAt: NOW, seenAt: NOW };
      await storage.write(async ({ staff }) => {
        await staff.changeUser('u1', {});
        await staff.changeUser('u1', { disabledAt: NOW, advisorId: null });
        for (const [idHash, userId] of [
          ['a', 'u1'],
          ['b', 'u2'],
          ['c', 'u2'],
        ] as const)
          await staff.addSession({ ...begun, idHash, userId });
      });
      const changed = { ...lea, email: 'lea@desk.example', disabledAt: NOW, advisorId: null };
      expect(await storage.staff.listUsers()).toEqual([demo, changed]);
      expect((await storage.staff.listSessions()).map(({ idHash }) => idHash)).toEqual(['a', 'b', 'c']);
      await storage.write(async ({ staff }) => {
        expect(await staff.removeSessionsOf('u1')).toBe(1);
        expect(await staff.removeSessionsOf('u1')).toBe(0);
        await staff.removeUser('u2');
      });
      expect(await storage.staff.listUsers()).toEqual([changed]);
      expect(await storage.staff.listSessions()).toEqual([]);
    });

    it('have tokens for programs, found by hash', async () => {
      const token = {
        hash: 'x',
        name: 'statistics',
        role: 'manager',
        deskId: 'expat-desk',
        advisorId: null,
        endsAt: NOW + HOUR,
      } as const;
      await storage.write(({ staff }) => staff.addToken(token, NOW));
      expect(await storage.staff.findToken('x')).toEqual({ ...token, createdAt: NOW, lastUsedAt: null });
      expect(await storage.staff.findToken('y')).toBeUndefined();
      await storage.write(async ({ staff }) => {
        await staff.addToken({ ...token, hash: 'a' }, NOW - 1);
        await staff.noteTokenUse('x', NOW + 1);
      });
      const both = await storage.staff.listTokens();
      expect(both.map(({ hash, lastUsedAt }) => [hash, lastUsedAt])).toEqual([
        ['a', null],
        ['x', NOW + 1],
      ]);
      await storage.write(({ staff }) => staff.removeToken('x'));
      expect((await storage.staff.listTokens()).map(({ hash }) => hash)).toEqual(['a']);
    });
  });

  describe('operations', () => {
    const [one, two] = [another(), another({ advisorId: 'a2' })];
    beforeEach(() => add(storage, one, two));
    const line = (booking: Booking, part: Partial<OperationLine> = {}): OperationLine => ({
      bookingId: booking.id,
      isAsked: true,
      tell: 'mail',
      before: placeOf(booking),
      version: booking.version + 1,
      ...part,
    });
    const operation = (id: string, ...lines: OperationLine[]): StaffOperation => ({
      id,
      deskId: 'expat-desk',
      at: NOW,
      undoes: null,
      undoneAt: null,
      lines,
    });
    const addAll = (...all: StaffOperation[]) =>
      storage.write(async ({ operations }) => {
        for (const each of all) await operations.add(each);
      });

    it('are returned with their lines as they were stored, and marked as undone once', async () => {
      const first = operation('first', line(two, { tell: 'phone' }), line(one, { isAsked: false }));
      await addAll(first);
      expect(await storage.operations.find('first')).toEqual(first);
      expect(await storage.operations.find('second')).toBeUndefined();
      const undone = () => storage.write(({ operations }) => operations.markUndone('first', NOW + 1));
      expect([await undone(), await undone()]).toEqual([true, false]);
      expect(await storage.operations.find('first')).toEqual({ ...first, undoneAt: NOW + 1 });
    });

    it('are found by the bookings that were asked for, the last one first', async () => {
      const second = operation('second', line(one, { version: 3 }));
      await addAll(second, operation('first', line(one), line(two, { isAsked: false })));
      expect(await storage.operations.lastOf(one.id)).toEqual(second);
      expect(await storage.operations.lastOf(two.id)).toBeUndefined();
    });
  });

  describe('plans', () => {
    const one = another();
    beforeEach(() => add(storage, one));
    const inPlans = <T>(work: (plans: Stores['plans']) => Promise<T>) => storage.write(({ plans }) => work(plans));

    it('are returned as they were saved last', async () => {
      const lines: PlanLine[] = [{ bookingId: one.id, version: 1, action: 'ask', start: NOW, advisorId: null }];
      const plan = aPlan({ lines, reason: 'flu' });
      await inPlans((plans) => plans.save(plan));
      expect(await storage.plans.find('plan')).toEqual(plan);
      const done = aPlan({
        state: 'committed',
        absenceIds: ['a'],
        exceptionIds: ['e'],
        operationId: 'o',
        committedAt: 1,
      });
      await inPlans((plans) => plans.save(done));
      expect(await storage.plans.find('plan')).toEqual(done);
      await inPlans((plans) => plans.save(aPlan({ id: 'proposed' })));
      await inPlans((plans) => plans.save({ ...done, id: 'later', committedAt: 2, backAt: NOW }));
      expect((await storage.plans.committed('expat-desk')).map(({ id }) => id)).toEqual(['later', 'plan']);
      expect(await storage.plans.committed('wuppertal')).toEqual([]);
      expect(await storage.plans.find('other')).toBeUndefined();
    });

    it('ask one question about a booking at a time, until it is settled', async () => {
      const question = { bookingId: one.id, deskId: 'expat-desk', version: 2, until: NOW };
      await inPlans((plans) => plans.ask({ ...question, version: 1, until: NOW - 1 }));
      await inPlans((plans) => plans.ask(question));
      expect(await storage.plans.question(one.id)).toEqual(question);
      expect(await storage.plans.unanswered(NOW - 1)).toEqual([]);
      expect(await storage.plans.unanswered(NOW)).toEqual([question]);
      const settle = () => inPlans((plans) => plans.settle(one.id));
      expect([await settle(), await settle(), await storage.plans.question(one.id)]).toEqual([true, false, undefined]);
    });
  });

  describe('the queue', () => {
    const one = another();
    beforeEach(() => add(storage, one));
    const inQueue = <T>(work: (queue: Stores['queue']) => Promise<T>) => storage.write(({ queue }) => work(queue));

    it('is found by id, by ticket, by booking and by day', async () => {
      const walkIn = aQueueEntry({ name: 'Ola', urgent: '' });
      const called = aQueueEntry({ id: 'called', bookingId: one.id, arrivedAt: NOW + 1 });
      await inQueue(async (queue) => {
        await queue.add(called, 'hash of called');
        await queue.add(walkIn, 'hash');
      });
      expect(await storage.queue.find('entry')).toEqual(walkIn);
      expect(await storage.queue.findByToken('hash')).toEqual(walkIn);
      expect(await storage.queue.findByToken('another')).toBeUndefined();
      expect(await storage.queue.findByBooking(one.id)).toEqual(called);
      const within = (start: number, end: number) => storage.queue.within('expat-desk', { start, end });
      expect(await within(NOW, NOW + 2)).toEqual([walkIn, called]);
      expect(await within(NOW, NOW + 1)).toEqual([walkIn]);
      expect(await storage.queue.within('wuppertal', { start: NOW, end: NOW + 2 })).toEqual([]);
    });

    it('is saved over the version before only', async () => {
      await inQueue((queue) => queue.add(aQueueEntry(), 'hash'));
      const called = aQueueEntry({ state: 'called', advisorId: 'a1', calledAt: NOW, misses: 1, version: 2 });
      await inQueue((queue) => queue.save(called));
      expect(await storage.queue.find('entry')).toEqual(called);
      await expect(inQueue((queue) => queue.save(called))).rejects.toMatchObject({ code: 'version-moved-on' });
    });
  });

  describe('the waiting list', () => {
    const list = <T>(work: (waiting: Stores['waiting']) => Promise<T>) => storage.write(({ waiting }) => work(waiting));
    const offer: WaitingOffer = {
      ...{ holdId: 'h1', time: TUESDAY_NINE, language: 'en', mode: 'phone', mailId: '<1@desk.example>' },
      ...{ tellAt: NOW, until: NOW + HOUR },
    };
    const full = aWaitingEntry({
      ...{ id: 'full', languages: ['uk', 'en'], mode: 'phone', from: '2026-12-01', until: '2027-02-01' },
      ...{ weekdays: ['MO', 'FR'], after: '13:00', before: '17:00', deadline: '2027-01-31', bookingId: 'b1' },
      ...{ state: 'offered', offers: 2, passed: [NOW], offer },
    });

    it('is returned with all its fields, by id, by desk and by booking', async () => {
      expect(await storage.waiting.hasOpen('expat-desk')).toBe(false);
      await list(async (waiting) => {
        await waiting.add(aWaitingEntry());
        await waiting.add(full);
        await waiting.add(aWaitingEntry({ id: 'gone', state: 'booked', bookedId: 'b1', endedAt: NOW }));
      });
      expect(await storage.waiting.find('full')).toEqual(full);
      const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
      expect((await storage.waiting.open('expat-desk')).sort(byId)).toEqual([full, aWaitingEntry()]);
      expect((await storage.waiting.ofBooking('b1')).map(({ id }) => id).sort()).toEqual(['full', 'gone']);
      expect(await storage.waiting.hasOpen('expat-desk')).toBe(true);
      expect(await storage.waiting.hasOpen('wuppertal')).toBe(false);
      expect(await storage.waiting.desksWithOpen()).toEqual(['expat-desk']);
    });

    it('is saved over the version before only, and forgets who leaves', async () => {
      await list((waiting) => waiting.add(aWaitingEntry()));
      const lapsed = aWaitingEntry({ state: 'lapsed', endedAt: NOW, version: 2 });
      await list((waiting) => waiting.save(lapsed));
      expect(await storage.waiting.find('waiting')).toEqual(lapsed);
      await expect(list((waiting) => waiting.save(lapsed))).rejects.toThrow(refusal('version-moved-on'));
      expect(await storage.waiting.desksWithOpen()).toEqual([]);
      await list((waiting) => waiting.remove('waiting'));
      expect(await storage.waiting.find('waiting')).toBeUndefined();
    });
  });

  describe('tasks', () => {
    const [one, two] = [another(), another({ advisorId: 'a2' })];
    beforeEach(() => add(storage, one, two));
    const task = (id: string, part: Partial<Task> = {}): Task => ({
      id,
      deskId: 'expat-desk',
      bookingId: one.id,
      kind: 'mail_failed',
      createdAt: NOW,
      ...part,
    });
    const addTasks = (...tasks: Task[]) =>
      storage.write(async (stores) => {
        for (const each of tasks) await stores.tasks.add(each);
      });
    const open = async () => (await storage.tasks.open('expat-desk')).map(({ id }) => id);

    it('are open, oldest first, until a member of the desk’s staff finishes them', async () => {
      const late = task('late', { bookingId: two.id, createdAt: NOW + 1 });
      await addTasks(late, task('early'));
      const done = (deskId: string) => storage.write(({ tasks }) => tasks.done(deskId, 'early', 'Lea', NOW));
      expect(await storage.tasks.open('expat-desk')).toEqual([task('early'), late]);
      expect([await done('wuppertal'), await done('expat-desk'), await done('expat-desk')]).toEqual([
        false,
        true,
        false,
      ]);
      expect(await storage.tasks.open('expat-desk')).toEqual([late]);
      expect(await storage.tasks.open('wuppertal')).toEqual([]);
    });

    it('of a kind are open once for each booking, and again when the first is done', async () => {
      const flag = { kind: 'outside_hours' } as const;
      await addTasks(
        task('mail'),
        task('flag', flag),
        task('second', flag),
        task('other', { ...flag, bookingId: two.id }),
      );
      expect((await open()).sort()).toEqual(['flag', 'mail', 'other']);
      const done = () => storage.write(({ tasks }) => tasks.doneOf(one.id, 'outside_hours', 'Lea', NOW));
      expect([await done(), await done()]).toEqual([true, false]);
      expect((await open()).sort()).toEqual(['mail', 'other']);
      await addTasks(task('again', flag));
      expect((await open()).sort()).toEqual(['again', 'mail', 'other']);
    });

    it('are remembered by booking, open or done', async () => {
      await addTasks(task('mail'), task('flag', { kind: 'outside_hours', bookingId: two.id }));
      await storage.write(({ tasks }) => tasks.doneOf(two.id, 'outside_hours', 'Lea', NOW));
      expect(await storage.tasks.bookingsWith('expat-desk', 'outside_hours')).toEqual(new Set([two.id]));
      expect(await storage.tasks.bookingsWith('wuppertal', 'outside_hours')).toEqual(new Set());
    });
  });

  it('the check value of the secret exists once, and links are found by the hash of either secret', async () => {
    expect([await storage.linkKeys.check(), await storage.linkKeys.newest()]).toEqual([undefined, undefined]);
    const time = { start: TUESDAY_NINE.start + HOUR, end: TUESDAY_NINE.end + HOUR };
    const first = another({ createdAt: NOW });
    const second = another({ createdAt: NOW + 1, time, blockedUntil: time.end });
    for (const booking of [first, second]) await add(storage, booking);
    await storage.write(async ({ linkKeys }) => {
      for (const value of ['one', 'other']) await linkKeys.keepCheck(value);
      await linkKeys.replace([{ bookingId: first.id, tokenHash: 'new', previousHash: 'old' }]);
    });
    expect(await storage.linkKeys.check()).toBe('other');
    expect((await storage.linkKeys.newest())?.bookingId).toBe(second.id);
    for (const hash of ['new', 'old']) expect(await storage.bookings.findByToken(hash)).toEqual(first);
    const all = await storage.linkKeys.batch('', 9);
    expect(all.map(({ bookingId }) => bookingId)).toEqual([first.id, second.id].sort());
    expect(all.find(({ bookingId }) => bookingId === first.id)).toMatchObject({
      tokenHash: 'new',
      previousHash: 'old',
    });
    expect(await storage.linkKeys.batch(all[0]?.bookingId ?? '', 9)).toEqual(all.slice(1));
  });

  it('there is another snapshot of a desk after each change at it, and after no other change', async () => {
    const snapshots = [await storage.snapshot('expat-desk')];
    const elsewhere = await storage.snapshot('wuppertal');
    for (const hour of [9, 10, 11]) {
      await add(storage, another({ time: span(`2026-12-02T${String(hour).padStart(2, '0')}:00:00+01:00`, 30) }));
      snapshots.push(await storage.snapshot('expat-desk'));
    }
    expect(new Set(snapshots).size).toBe(4);
    const all = await storage.snapshots();
    expect(all).toEqual([snapshots.at(-1), elsewhere]);
    await storage.atomically(({ jobs }) => jobs.register('outbox'));
    expect(await storage.snapshot('expat-desk')).toBe(snapshots.at(-1));
    expect(await storage.snapshot('wuppertal')).toBe(elsewhere);
    expect(await storage.snapshots()).toBe(all);
  });

  it('searches without a result are counted by desk, week, topic and language', async () => {
    const unmet = { deskId: 'expat-desk', topicId: 'residence', language: 'uk', week: '2026-W48' };
    for (const each of [unmet, unmet, { ...unmet, week: '2026-W49' }, { ...unmet, language: 'ar' }])
      await storage.atomically(({ demand }) => demand.count(each, 1));
    await storage.atomically(({ demand }) => demand.count({ ...unmet, deskId: 'wuppertal' }, 3));
    expect(await storage.demand.list('expat-desk')).toEqual([
      { ...unmet, language: 'ar', searches: 1 },
      { ...unmet, searches: 2 },
      { ...unmet, week: '2026-W49', searches: 1 },
    ]);
  });

  it('idempotency keys belong to their scope, and are purged by desk and age', async () => {
    const deskId = 'expat-desk';
    const record = { scope: 's', key: 'k', deskId, fingerprint: 'f', result: { a: [1, null, 'ä'] }, createdAt: NOW };
    await storage.write(async ({ keys }) => {
      await keys.add(record);
      await keys.add({ ...record, scope: 't', result: null, createdAt: NOW + 1 });
      await keys.add({ ...record, scope: 'u', deskId: 'wuppertal' });
    });
    expect(await storage.keys.find('s', 'k')).toEqual(record);
    expect(await storage.keys.find('t', 'k')).toMatchObject({ result: null });
    expect(await storage.keys.find('s', 'other')).toBeUndefined();
    expect(await storage.write(({ retention }) => retention.idempotencyKeys({ deskId, until: NOW }).forget(2))).toBe(1);
    expect(await storage.keys.find('s', 'k')).toBeUndefined();
    expect(await storage.keys.find('t', 'k')).toBeDefined();
    expect(await storage.keys.find('u', 'k')).toBeDefined();
  });

  describe('write', () => {
    it('leaves nothing of a transaction that throws', async () => {
      const before = await storage.desks.list();
      const work = storage.write(async (stores) => {
        await stores.bookings.add(another(), 'hash');
        await stores.desks.replaceOpeningRules('expat-desk', []);
        await stores.keys.add({
          scope: 's',
          key: 'k',
          deskId: 'expat-desk',
          fingerprint: 'f',
          result: 1,
          createdAt: NOW,
        });
        throw new Error('changed my mind');
      });
      await expect(work).rejects.toThrow('changed my mind');
      expect(await storage.desks.list()).toEqual(before);
      expect(await storage.keys.find('s', 'k')).toBeUndefined();
      expect(await storage.bookings.within('expat-desk', { start: 0, end: TUESDAY_NINE.end })).toEqual([]);
    });

    it('leaves nothing of a transaction that the database refused, and works afterwards', async () => {
      const [one, two] = [another({ advisorId: 'a2' }), another()];
      await add(storage, two);
      await expect(add(storage, one, another())).rejects.toThrow(refusal('slot-unavailable'));
      expect(await storage.bookings.find(one.id)).toBeUndefined();
      await add(storage, one);
    });

    it('reads what it wrote itself, and returns the result of its work', async () => {
      const booking = another();
      const seen = await storage.write(async ({ bookings }) => {
        await bookings.add(booking, 'hash');
        return bookings.find(booking.id);
      });
      expect(seen).toEqual(booking);
    });

    it('lets nobody read a half-finished transaction', async () => {
      const [one, two] = [another(), another({ advisorId: 'a2' })];
      const writing = add(storage, one, two);
      const seen = await storage.bookings.within('expat-desk', TUESDAY_NINE);
      await writing;
      expect([0, 2]).toContain(seen.length);
    });
  });
}
