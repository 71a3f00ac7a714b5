import type { Storage } from '../../src/app/ports/storage';
import type { Booking } from '../../src/domain/booking/booking';
import { clientKey } from '../../src/domain/booking/reachable';
import { HOUR, MINUTE } from '../../src/domain/calendar/interval';
import { aBooking, aClient, anEvent, NOW, span, TUESDAY_NINE } from '../support/builders';
import { refusal } from '../support/refusal';
import { type Open, withDesks } from './databases';

let count = 0;
/** Another booking at nine, with ids and reference of its own. */
export function another(part: Partial<Booking> = {}): Booking {
  count++;
  const code = String(count)
    .padStart(4, '0')
    .replace(/[0125 8]/g, (digit) => 'ACDEFGHJK'[Number(digit)] ?? 'X');
  return aBooking({ id: `booking-${count}`, uid: `uid-${count}`, reference: `TEST-${code}`, ...part });
}

/** Every booking with a token hash of its own. */
export function add(storage: Storage, ...bookings: Booking[]): Promise<void> {
  return storage.write(async (stores) => {
    for (const booking of bookings) await stores.bookings.add(booking, `hash of ${booking.id}`);
  });
}

/** What every store of bookings does. */
export function bookingStoreContract(open: Open): void {
  let storage: Storage;
  beforeEach(async () => {
    storage = await withDesks(open);
  });
  afterEach(() => storage.close());

  const save = (booking: Booking) => storage.write(({ bookings }) => bookings.save(booking));
  const at = (start: string, minutes = 30) => span(`2026-12-01T${start}:00+01:00`, minutes);
  const ids = (bookings: readonly Booking[]) => bookings.map(({ id }) => id);

  describe('outcomes', () => {
    const DONE = { kind: 'done', nextSteps: [], referral: null, group: null } as const;

    it('are missing where somebody was here, nobody has said so, and nothing follows', async () => {
      const of = (start: string, part: Partial<Booking> = {}) => another({ time: at(start), ...part });
      const [missing, noted, first] = [
        of('09:00', { status: 'completed' }),
        of('10:00', { status: 'completed', outcome: DONE }),
        of('11:00'),
      ];
      const next = of('15:00', { follows: first.id });
      await add(
        storage,
        missing,
        noted,
        first,
        next,
        of('12:00', { status: 'no_show' }),
        of('13:00', { status: 'cancelled' }),
      );
      const day = { start: at('09:00').start, end: at('14:00').start };
      const left = async (range = day) => ids(await storage.bookings.withoutOutcome('expat-desk', range));
      expect(await left()).toEqual([missing.id]);
      expect(await left({ ...day, end: day.start })).toEqual([]);
      expect(ids(await storage.bookings.following(first.id))).toEqual([next.id]);
      await save({ ...next, status: 'cancelled', version: 2 });
      expect(await left()).toEqual([missing.id, first.id]);
      await storage.write(({ bookings }) => bookings.erase(missing.id, NOW));
      expect(await left()).toEqual([first.id]);
    });
  });

  describe('find', () => {
    it('returns a booking with all its fields', async () => {
      const full = aBooking({
        tied: true,
        urgent: true,
        mode: 'video',
        language: 'ja',
        source: 'walk_in',
        blockedUntil: TUESDAY_NINE.end + 15 * MINUTE,
        client: aClient({ name: '高峰 美咲', phone: '+49 30 23125 001', language: 'ja' }),
        attendees: 3,
        onBehalfOf: { organisation: 'Beispiel AG', name: 'Олена' },
        people: [{ name: 'Олена', email: 'olena@client.example', language: 'uk' }],
        support: ['wheelchair', 'child'],
        note: 'It’s “quoted”; DROP TABLE booking; --\n🎏',
        answers: { 'how-long': '3 years' },
        follows: 'the first',
        outcome: {
          ...{ kind: 'referred', referral: { partnerId: 'authority', consentedAt: NOW }, group: 'family' },
          nextSteps: [{ text: { de: 'Anrufen.', uk: 'Зателефонувати.' }, phraseId: 'call', due: '2026-12-12' }],
        },
      });
      await add(storage, full);
      expect(await storage.bookings.find(full.id)).toEqual(full);
      expect(await storage.bookings.findByToken(`hash of ${full.id}`)).toEqual(full);
      expect(await storage.bookings.findByReference('expat-desk', full.reference)).toEqual(full);
    });

    it('stores a client without a mail address', async () => {
      const booking = aBooking({ client: aClient({ email: null, phone: null }) });
      await add(storage, booking);
      expect(await storage.bookings.find(booking.id)).toEqual(booking);
    });

    it('finds nothing for an unknown id or a booking of another desk', async () => {
      await add(storage, aBooking());
      expect(await storage.bookings.find('nobody')).toBeUndefined();
      expect(await storage.bookings.findByToken('')).toBeUndefined();
      expect(await storage.bookings.findByReference('wuppertal', aBooking().reference)).toBeUndefined();
    });
  });

  describe('within', () => {
    it('returns the bookings that overlap the range, by start, including cancelled ones', async () => {
      const before = another({ time: at('08:30') });
      const into = another({ time: at('09:00', 60) });
      const inside = another({ time: at('10:00'), status: 'cancelled' });
      const same = another({ time: at('10:00'), advisorId: 'a2' });
      const after = another({ time: at('11:00') });
      await add(storage, after, same, inside, into, before, another({ deskId: 'wuppertal' }));
      const found = await storage.bookings.within('expat-desk', { start: at('09:30').start, end: at('11:00').start });
      expect(ids(found)).toEqual(ids([into, inside, same]));
      expect(await storage.bookings.within('expat-desk', { start: into.time.end, end: into.time.end })).toEqual([]);
    });
  });

  describe('startsAhead', () => {
    it('counts the bookings of the desk that are still to take place or take place now, by start', async () => {
      const over = another({ time: at('08:30') });
      const running = another({ time: at('09:00', 60), status: 'checked_in' });
      const next = another({ time: at('10:00') });
      const same = another({ time: at('10:00'), advisorId: 'a2', status: 'requested' });
      const cancelled = another({ time: at('11:00'), status: 'cancelled' });
      await add(storage, next, cancelled, same, running, over, another({ deskId: 'wuppertal', time: at('12:00') }));
      expect(await storage.bookings.startsAhead('expat-desk', at('09:00').end)).toEqual([
        { start: at('09:00').start, bookings: 1 },
        { start: at('10:00').start, bookings: 2 },
      ]);
      expect(await storage.bookings.startsAhead('expat-desk', at('10:00').end)).toEqual([]);
    });
  });

  describe('withoutVideoLink', () => {
    it('returns the video bookings of the desk that are not over and have no link of their own, by start', async () => {
      const video = (part: Partial<Booking>) => another({ mode: 'video', ...part });
      const first = video({ time: at('09:00') });
      const second = video({ time: at('10:00'), status: 'checked_in' });
      const late = video({ time: at('12:00') });
      await add(
        storage,
        ...[late, second, first, another({ time: at('13:00') }), video({ deskId: 'wuppertal' })],
        video({ time: at('14:00'), videoLink: 'https://video.example/1' }),
        video({ time: at('15:00'), status: 'cancelled' }),
      );
      const ids_ = async (now: number) => ids(await storage.bookings.withoutVideoLink('expat-desk', now));
      expect(await ids_(first.time.start)).toEqual(ids([first, second, late]));
      expect(await ids_(first.time.end)).toEqual(ids([second, late]));
      expect(
        (await storage.bookings.search({ deskId: 'expat-desk', limit: 50 })).bookings.map((b) => b.videoLink),
      ).toContain('https://video.example/1');
    });
  });

  describe('search', () => {
    const search = async (text: string, part = {}) =>
      ids((await storage.bookings.search({ deskId: 'expat-desk', text, limit: 20, ...part })).bookings);
    /** `hour` of two digits. */
    const named = (name: string, hour: number, part: Partial<Booking> = {}) =>
      another({ client: aClient({ name, email: `c${hour}@client.example` }), time: at(`${hour}:00`), ...part });

    it('finds names whatever their case, accents and script', async () => {
      const muller = named('Jürgen Müller', 10);
      const olena = named('Олена Гайворська', 11);
      const yildiz = named('Çağla YILDIZ', 12);
      const misaki = named('ミサキ', 13);
      await add(storage, muller, olena, yildiz, misaki);
      for (const text of ['müller', 'MUELLER', 'muller', 'jurgen', '  mül  JÜR ', 'er'])
        expect(await search(text)).toEqual([muller.id]);
      for (const text of ['olena', 'Олена', 'ГАЙВОР']) expect(await search(text)).toEqual([olena.id]);
      for (const text of ['cagla', 'çağla yıldız']) expect(await search(text)).toEqual([yildiz.id]);
      expect(await search('misaki')).toEqual([misaki.id]);
      expect(await search('müller olena')).toEqual([]);
    });

    it('finds mail addresses, references with and without hyphen, and for whom it is', async () => {
      const booking = named('Kim', 10, {
        reference: 'K7MQ-4XWT',
        onBehalfOf: { organisation: 'Beispiel AG', name: 'Zoé' },
      });
      await add(storage, booking, named('Lea', 11));
      for (const text of ['c10@client', 'K7MQ-4XWT', 'k7mq4xwt', 'mq-4', 'beispiel', 'zoe'])
        expect(await search(text)).toEqual([booking.id]);
    });

    it('finds a name in another spelling, and a phone number by its last digits', async () => {
      const layla = named('Layla Haddad', 10, { client: aClient({ name: 'Layla Haddad', phone: '+492111234567' }) });
      const yuliia = named('Юлія Щербак', 11);
      await add(storage, layla, yuliia);
      for (const text of ['leila', 'ليلى', '4567', '0211 123 45 67', 'laila 4567'])
        expect(await search(text)).toEqual([layla.id]);
      for (const text of ['Julija Schtscherbak', 'yulia']) expect(await search(text)).toEqual([yuliia.id]);
      expect(await search('1234')).toEqual([]);
    });

    it('lists the nearest first, and future ones before past ones', async () => {
      const [nine, ten, eleven, twelve] = [10, 11, 12, 13].map((hour) => named('Kim', hour)) as [
        Booking,
        Booking,
        Booking,
        Booking,
      ];
      const same = named('Kim', 12, { advisorId: 'a2' });
      await add(storage, nine, ten, eleven, twelve, same);
      const nearestTo = eleven.time.start;
      const elevens = ids([eleven, same]).sort();
      expect(await search('kim', { nearestTo })).toEqual([...elevens, twelve.id, ten.id, nine.id]);
      const pages: string[] = [];
      for (let cursor: string | undefined | null; cursor !== null; ) {
        const page = await storage.bookings.search({ deskId: 'expat-desk', text: 'kim', nearestTo, limit: 1, cursor });
        pages.push(...ids(page.bookings));
        cursor = page.next;
      }
      expect(pages).toEqual([...elevens, twelve.id, ten.id, nine.id]);
    });

    it('treats wildcards as ordinary characters', async () => {
      const percent = named('100% Probe', 10);
      const under = named('under_score', 11);
      const slash = named('back\\slash', 12);
      await add(storage, percent, under, slash, named('plain', 13));
      expect(await search('%')).toEqual([percent.id]);
      expect(await search('_')).toEqual([under.id]);
      expect(await search('\\')).toEqual([slash.id]);
      expect(await search("'")).toEqual([]);
    });

    it('finds nothing, instead of everything, for a text without letters', async () => {
      await add(storage, named('Kim', 10));
      for (const text of ['😀', '\u0000', '\u200b']) expect(await search(text)).toEqual([]);
      expect(await search('  ')).toHaveLength(1);
    });

    it('narrows by start and status, and stays at its desk', async () => {
      const [ten, eleven, twelve] = [named('A', 10), named('B', 11, { status: 'cancelled' }), named('C', 12)];
      await add(storage, ten, eleven, twelve, another({ deskId: 'wuppertal' }));
      expect(await search('')).toEqual(ids([twelve, eleven, ten]));
      expect(await search('', { range: { start: eleven.time.start } })).toEqual(ids([twelve, eleven]));
      expect(await search('', { range: { end: twelve.time.start } })).toEqual(ids([eleven, ten]));
      expect(await search('', { status: 'cancelled' })).toEqual([eleven.id]);
    });

    it('pages through all of it once, newest first, also where starts are equal', async () => {
      const starts = Array.from({ length: 5 }, (_, i) => at(`1${i}:00`));
      const all = starts.flatMap((time) => ['a1', 'a2'].map((advisorId) => another({ time, advisorId })));
      await add(storage, ...all);
      const seen: Booking[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await storage.bookings.search({ deskId: 'expat-desk', limit: 3, cursor });
        seen.push(...page.bookings);
        if (page.next === null) break;
        expect(page.bookings.length).toBe(3);
        cursor = page.next;
      }
      expect([...ids(seen)].sort()).toEqual([...ids(all)].sort());
      expect(seen.map(({ time }) => time.start)).toEqual(seen.map(({ time }) => time.start).sort((a, b) => b - a));
      expect((await storage.bookings.search({ deskId: 'expat-desk', limit: all.length })).next).toBeNull();
    });

    it.each(['x', 'bm9wZQ', '%%%', Buffer.from('1e999 x').toString('base64url')])(
      'refuses the cursor %s',
      async (cursor) => {
        await expect(storage.bookings.search({ deskId: 'expat-desk', limit: 3, cursor })).rejects.toThrow(
          refusal('invalid'),
        );
      },
    );
  });

  describe('busy', () => {
    it('returns bookings of every status with their buffers, except cancelled ones', async () => {
      const statuses = ['requested', 'confirmed', 'checked_in', 'completed', 'no_show', 'cancelled'] as const;
      const bookings = statuses.map((status, i) => {
        const time = at(`1${i}:00`);
        return another({ status, time, blockedUntil: time.end + 15 * MINUTE });
      });
      await add(storage, ...bookings, another({ deskId: 'wuppertal' }));
      const busy = await storage.bookings.busy('expat-desk', { start: 0, end: Number.MAX_SAFE_INTEGER }, NOW);
      expect([...busy].sort((a, b) => a.time.start - b.time.start)).toEqual(
        bookings.slice(0, -1).map(({ id, time, blockedUntil, topicId, language, mode, status }) => ({
          id,
          advisorId: 'a1',
          time: { start: time.start, end: blockedUntil },
          consultation: time,
          topicId,
          language,
          mode,
          movable: status === 'requested' || status === 'confirmed',
          urgent: false,
          heldUntil: null,
        })),
      );
    });

    it('reaches as far as the buffer does', async () => {
      const booking = another({ blockedUntil: TUESDAY_NINE.end + 15 * MINUTE });
      await add(storage, booking);
      const from = (start: number) => storage.bookings.busy('expat-desk', { start, end: start + HOUR }, NOW);
      expect(await from(TUESDAY_NINE.end)).toHaveLength(1);
      expect(await from(booking.blockedUntil)).toEqual([]);
      expect(await from(TUESDAY_NINE.start - HOUR)).toEqual([]);
    });
  });

  describe('countAhead', () => {
    const ahead = (email: string, now = NOW) =>
      storage.bookings.countAhead('expat-desk', clientKey({ ...aClient(), email }) ?? '', now);

    it('counts the bookings of a mail address at the desk that are neither cancelled nor begun', async () => {
      const kim = (email: string | null, hour: number, part: Partial<Booking> = {}) =>
        another({ client: aClient({ email }), time: at(`${hour}:00`), ...part });
      await add(
        storage,
        kim('Kim@client.example', 10),
        kim('kim@CLIENT.example', 11, { status: 'requested' }),
        kim('kim@client.example', 12, { status: 'cancelled' }),
        kim('kim@client.example', 13, { status: 'no_show' }),
        kim('kim@client.example', 14, { deskId: 'wuppertal' }),
        kim('lea@client.example', 15),
        kim(null, 16),
        another({ client: aClient({ email: null, phone: '+492111234567' }), time: at('17:00') }),
      );
      expect(await ahead('KIM@client.example')).toBe(2);
      expect(await ahead('kim@client.example', at('10:00').start - 1)).toBe(2);
      expect(await ahead('kim@client.example', at('10:00').start)).toBe(1);
      expect(await ahead('nobody@client.example')).toBe(0);
      expect(await ahead('')).toBe(0);
      // Who has no address is counted by the number.
      expect(await storage.bookings.countAhead('expat-desk', '+492111234567', NOW)).toBe(1);
    });

    it('counts again after a change of the booking', async () => {
      const booking = another({ client: aClient({ email: 'old@client.example' }) });
      await add(storage, booking);
      await save({ ...booking, client: aClient({ email: 'new@client.example' }), version: 2 });
      expect([await ahead('old@client.example'), await ahead('new@client.example')]).toEqual([0, 1]);
      await save({ ...booking, status: 'cancelled', version: 3 });
      expect(await ahead('old@client.example')).toBe(0);
    });
  });

  describe('nextOf', () => {
    it("returns an advisor's first booking that is to come", async () => {
      const first = another({ time: at('10:00') });
      await add(
        storage,
        another({ time: at('14:00') }),
        first,
        another({ time: at('09:00'), status: 'cancelled' }),
        another({ time: at('09:30'), advisorId: 'a2' }),
      );
      const next = (from: number, advisorId = 'a1') => storage.bookings.nextOf('expat-desk', advisorId, from);
      expect(await next(NOW)).toEqual(first);
      expect((await next(first.time.start + 1))?.time).toEqual(at('14:00'));
      expect(await next(at('14:00').start + 1)).toBeUndefined();
      expect(await next(NOW, 'nobody')).toBeUndefined();
    });
  });

  describe('visitsOf', () => {
    it('returns to what clients have come at the desk, the latest first', async () => {
      const kim = (hour: number, part: Partial<Booking> = {}) =>
        another({ client: aClient({ email: 'Kim@client.example' }), time: at(`${hour}:00`), ...part });
      const first = kim(10, { status: 'completed' });
      const second = kim(11, { status: 'checked_in' });
      const phoned = another({
        client: aClient({ email: null, phone: '+492111234567' }),
        time: at('12:00'),
        status: 'completed',
      });
      await add(
        storage,
        first,
        second,
        phoned,
        kim(13),
        kim(14, { status: 'no_show' }),
        kim(15, { status: 'completed', deskId: 'wuppertal' }),
        another({ client: aClient({ email: 'lea@client.example' }), time: at('16:00'), status: 'completed' }),
      );
      const of = (keys: string[], before: number, limit = 9) =>
        storage.bookings.visitsOf('expat-desk', keys, before, limit);
      expect(await of(['kim@client.example', '+492111234567'], at('17:00').start)).toEqual([phoned, second, first]);
      expect(await of(['kim@client.example'], second.time.start)).toEqual([first]);
      expect(await of(['kim@client.example'], at('17:00').start, 1)).toEqual([second]);
      expect(await of([], at('17:00').start)).toEqual([]);
    });
  });

  describe('the guard against overlap', () => {
    const taken = at('10:00', 60);

    it.each([
      ['the same time', '10:00', 60],
      ['into it', '09:45', 30],
      ['out of it', '10:45', 30],
      ['inside it', '10:15', 15],
      ['around it', '09:00', 180],
    ])('refuses %s, on adding and on moving', async (_, start, minutes) => {
      const elsewhere = another({ time: at('15:00') });
      await add(storage, another({ time: taken }), elsewhere);
      const time = at(start, minutes);
      await expect(add(storage, another({ time }))).rejects.toThrow(refusal('slot-unavailable'));
      const moved = { ...elsewhere, time, blockedUntil: time.end, version: 2 };
      await expect(save(moved)).rejects.toThrow(refusal('slot-unavailable'));
      expect(await storage.bookings.find(elsewhere.id)).toEqual(elsewhere);
      expect((await storage.bookings.within('expat-desk', { start: 0, end: Number.MAX_SAFE_INTEGER })).length).toBe(2);
    });

    it.each([
      ['just before', { time: at('09:00', 60) }],
      ['just after', { time: at('11:00') }],
      ['another advisor', { time: taken, advisorId: 'a2' }],
      ['an advisor of the same id at another desk', { time: taken, deskId: 'wuppertal' }],
      ['a cancelled booking', { time: taken, status: 'cancelled' as const }],
    ])('lets pass: %s', async (_, part) => {
      await add(storage, another({ time: taken }), another(part));
    });

    it('includes the buffer', async () => {
      await add(storage, another({ time: taken, blockedUntil: taken.end + 15 * MINUTE }));
      await expect(add(storage, another({ time: at('11:00') }))).rejects.toThrow(refusal('slot-unavailable'));
      await add(storage, another({ time: at('11:15') }));
    });

    it('refuses another advisor who is occupied, and restoring a cancelled booking at an occupied time', async () => {
      const cancelled = another({ time: taken, status: 'cancelled' });
      const other = another({ time: taken, advisorId: 'a2' });
      await add(storage, another({ time: taken }), cancelled, other);
      await expect(save({ ...other, advisorId: 'a1', version: 2 })).rejects.toThrow(refusal('slot-unavailable'));
      await expect(save({ ...cancelled, status: 'confirmed', version: 2 })).rejects.toThrow(
        refusal('slot-unavailable'),
      );
    });

    it('lets a booking move into its own time', async () => {
      const booking = another({ time: taken });
      await add(storage, booking);
      const time = at('10:30', 60);
      await save({ ...booking, time, blockedUntil: time.end, version: 2 });
      expect((await storage.bookings.find(booking.id))?.time).toEqual(time);
    });

    it('lets one of two writers succeed who want the same time', async () => {
      const tries = await Promise.allSettled([1, 2, 3].map(() => add(storage, another({ time: taken }))));
      expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    });
  });

  describe('permute', () => {
    const nine = at('09:00');
    const ten = at('10:00');
    const to = (booking: Booking, part: Partial<Booking>): Booking => ({
      ...booking,
      ...part,
      blockedUntil: part.time?.end ?? booking.blockedUntil,
      version: booking.version + 1,
    });
    /** Saves them one after the other, as one permutation. */
    const permute = (...changed: Booking[]) =>
      storage.write(({ bookings }) =>
        bookings.permute(ids(changed), async () => {
          for (const booking of changed) await bookings.save(booking);
        }),
      );
    const placeOf = async ({ id }: Booking) => {
      const found = await storage.bookings.find(id);
      return [found?.advisorId, found?.time.start, found?.version];
    };
    const snapshot = () => storage.snapshot('expat-desk');

    it('lets two bookings exchange places, and gives another snapshot of the desk', async () => {
      const [a, b] = [another({ time: nine }), another({ time: ten, advisorId: 'a2' })];
      await add(storage, a, b);
      const before = await snapshot();
      await permute(to(a, { time: ten, advisorId: 'a2' }), to(b, { time: nine, advisorId: 'a1' }));
      expect(await placeOf(a)).toEqual(['a2', ten.start, 2]);
      expect(await placeOf(b)).toEqual(['a1', nine.start, 2]);
      expect(await snapshot()).not.toBe(before);
      const diaries = await (await snapshot()).diaries({ start: 0, end: ten.end }, ['a1', 'a2']);
      expect([...diaries.values()].map(({ entries }) => entries.map(({ id }) => id))).toEqual([[b.id], [a.id]]);
    });

    it('lets three bookings rotate, even if they overlap one another’s places', async () => {
      const [a, b, c] = [another({ time: at('09:00', 60) }), another({ time: ten }), another({ time: at('10:30') })];
      await add(storage, a, b, c);
      await permute(to(a, { time: at('09:30', 60) }), to(b, { time: nine }), to(c, { time: at('10:30') }));
      expect([await placeOf(a), await placeOf(b)]).toEqual([
        ['a1', at('09:30').start, 2],
        ['a1', nine.start, 2],
      ]);
    });

    it.each([
      ['the same place', [nine, nine]],
      ['one into the other', [ten, at('10:15')]],
      ['a place of somebody who stays', [at('11:00'), nine]],
    ])('refuses two bookings that want %s, and changes nothing', async (_, [first, second]) => {
      const [a, b, stays] = [another({ time: nine }), another({ time: ten }), another({ time: at('11:00') })];
      await add(storage, a, b, stays);
      const moved = [to(a, { time: first as typeof nine }), to(b, { time: second as typeof nine })] as const;
      await expect(permute(...moved)).rejects.toThrow(refusal('slot-unavailable'));
      expect([await placeOf(a), await placeOf(b)]).toEqual([
        ['a1', nine.start, 1],
        ['a1', ten.start, 1],
      ]);
      // The guard is what it was.
      await expect(save(to(b, { time: nine }))).rejects.toThrow(refusal('slot-unavailable'));
      await permute(to(a, { time: ten }), to(b, { time: nine }));
    });

    it('refuses a booking that was left where another went', async () => {
      const [a, b] = [another({ time: nine }), another({ time: ten })];
      await add(storage, a, b);
      const lazy = storage.write(({ bookings }) =>
        bookings.permute(ids([a, b]), () => bookings.save(to(a, { time: ten }))),
      );
      await expect(lazy).rejects.toThrow(refusal('slot-unavailable'));
      expect(await placeOf(a)).toEqual(['a1', nine.start, 1]);
    });

    it('guards other bookings that are added or changed in the same transaction', async () => {
      const [a, b, c] = [another({ time: nine }), another({ time: ten }), another({ time: at('12:00') })];
      await add(storage, a, b, c);
      const besides = (work: (store: Storage['bookings']) => Promise<void>) =>
        storage.write(({ bookings }) =>
          bookings.permute(ids([a, b]), async () => {
            await bookings.save(to(a, { time: ten }));
            await bookings.save(to(b, { time: nine }));
            await work(bookings);
          }),
        );
      const fresh = another({ time: ten });
      await expect(besides((store) => store.add(fresh, fresh.id))).rejects.toThrow(refusal('slot-unavailable'));
      await expect(besides((store) => store.save(to(c, { time: nine })))).rejects.toThrow(refusal('slot-unavailable'));
      expect([await placeOf(a), await placeOf(b)]).toEqual([
        ['a1', nine.start, 1],
        ['a1', ten.start, 1],
      ]);
    });

    it('leaves nothing of a transaction that fails or is abandoned, and everything of concurrent ones', async () => {
      const pairs = [nine, ten, at('11:00')].map(
        (time) => [another({ time }), another({ time, advisorId: 'a2' })] as const,
      );
      await add(storage, ...pairs.flat());
      const swap = async (store: Storage['bookings'], [a, b]: (typeof pairs)[number]) =>
        store.permute(ids([a, b]), async () => {
          await store.save(to(a, { advisorId: 'a2' }));
          await store.save(to(b, { advisorId: 'a1' }));
        });
      const settled = await Promise.allSettled(
        pairs.map((pair, i) =>
          storage.write(async ({ bookings }) => {
            await swap(bookings, pair);
            if (i === 1) throw new Error('given up');
          }),
        ),
      );
      expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      const advisors = await Promise.all(pairs.map(async ([a]) => (await placeOf(a))[0]));
      expect(advisors).toEqual(['a2', 'a1', 'a2']);
    });

    it('refuses all bookings if one was read before another writer saved it', async () => {
      const [a, b] = [another({ time: nine }), another({ time: ten })];
      await add(storage, a, b);
      await save(to(b, {}));
      await expect(permute(to(a, { time: ten }), to(b, { time: nine }))).rejects.toThrow(refusal('version-moved-on'));
      expect(await placeOf(a)).toEqual(['a1', nine.start, 1]);
    });

    it('lets a cancelled booking have the time of another', async () => {
      const [a, b] = [another({ time: nine, status: 'cancelled' }), another({ time: ten })];
      await add(storage, a, b);
      await permute(to(a, { time: ten }), to(b, {}));
    });
  });

  describe('save', () => {
    it('keeps the hash of the manage link', async () => {
      const booking = another();
      await add(storage, booking);
      await save({ ...booking, note: 'changed', version: 2 });
      expect(await storage.bookings.findByToken(`hash of ${booking.id}`)).toMatchObject({
        note: 'changed',
        version: 2,
      });
    });

    it('makes a booking searchable by its new name, not by the old', async () => {
      const booking = another({ client: aClient({ name: 'Old', email: null }) });
      await add(storage, booking);
      await save({ ...booking, client: aClient({ name: 'New', email: null }), version: 2 });
      const found = async (text: string) =>
        (await storage.bookings.search({ deskId: 'expat-desk', text, limit: 5 })).bookings.length;
      expect([await found('old'), await found('new')]).toEqual([0, 1]);
    });

    it('refuses a booking that was read before another writer saved it', async () => {
      const booking = another();
      await add(storage, booking);
      await save({ ...booking, version: 2 });
      for (const version of [1, 2, 4])
        await expect(save({ ...booking, version })).rejects.toThrow(refusal('version-moved-on'));
      await expect(save(another({ version: 2 }))).rejects.toThrow(refusal('version-moved-on'));
    });
  });

  describe('history', () => {
    it('returns the events in the order in which they were written', async () => {
      const booking = another();
      const events = [
        anEvent({ bookingId: booking.id }),
        anEvent({
          bookingId: booking.id,
          type: 'moved',
          by: { kind: 'staff', name: 'Lea' },
          from: { time: TUESDAY_NINE, advisorId: 'a2' },
        }),
        anEvent({ bookingId: booking.id, type: 'cancelled', by: { kind: 'system' }, reason: 'double' }),
      ];
      const other = another({ advisorId: 'a2' });
      await add(storage, booking, other);
      await storage.write(async ({ bookings }) => {
        await bookings.record(anEvent({ bookingId: other.id }), 0);
        for (const event of events) await bookings.record(event, 0);
      });
      expect(await storage.bookings.history(booking.id)).toEqual(events);
    });

    it('tells when the clients of a day were last checked in', async () => {
      const first = another();
      const [second, tomorrow] = [
        another({ advisorId: 'a2' }),
        another({ time: span('2026-12-02T09:00:00+01:00', 30) }),
      ];
      await add(storage, first, second, tomorrow);
      const came = (bookingId: string, at: number) => anEvent({ bookingId, type: 'checked_in', at });
      await storage.write(async ({ bookings }) => {
        await bookings.record(anEvent({ bookingId: second.id }), 0);
        for (const event of [came(first.id, 1_000), came(first.id, 3_000), came(tomorrow.id, 2_000)])
          await bookings.record(event, 0);
      });
      const day = { start: TUESDAY_NINE.start, end: TUESDAY_NINE.start + 24 * HOUR };
      expect(await storage.bookings.checkIns('expat-desk', day)).toEqual(new Map([[first.id, 3_000]]));
      expect(await storage.bookings.checkIns('another', day)).toEqual(new Map());
    });
  });
}
