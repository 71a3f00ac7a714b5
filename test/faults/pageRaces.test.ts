import { type SmtpPeer, smtpPeer } from '../support/smtpPeer';
import { bookingOf, counted, type Heard } from './support/client';
import { verdict } from './support/oracle';
import { cancelByPage, filledIn, moveByPage } from './support/pages';
import { either, type Pair, pairs } from './support/pair';
import { addReceptionist, signIn } from './support/probes';
import { rounds } from './support/program';
import { wire } from './support/proxy';
import { report } from './support/report';
import { suite } from './support/suite';
import { arrivalsAt, type Fate, isTrue } from './support/tales';

const here = suite();
let smtp: SmtpPeer;
let all: readonly Pair[] = [];
beforeAll(async () => {
  smtp = here.closing(await smtpPeer());
  all = await pairs(await here.places('page_races'), smtp, 3);
  for (const { place } of all) await addReceptionist(place.url);
});

/**
 * Does the work for each pair, one after the other.
 *
 * @param work gets `made`, which counts the bookings since the work began, and expects that none is doubled or untold
 */
async function onEach(work: (pair: Pair, made: () => Promise<number>) => Promise<void>): Promise<void> {
  for (const pair of all) {
    const before = (await verdict(pair.place.url, [])).unheard;
    await work(pair, async () => {
      const found = await verdict(pair.place.url, []);
      expect(found).toMatchObject({ doubled: 0, untold: 0, integrity: 'ok' });
      return found.unheard - before;
    });
  }
}

describe('The form that books', () => {
  it('shows the same booking fifty-one times if it is sent fifty times at once to two programs, and again by the back button', async () => {
    await onEach(async ({ place, both }, made) => {
      const clients = rounds(1, 10);
      const heard: Heard[] = [];
      for (let round = 0; round < clients; round++) {
        const form = await filledIn(either(both, round), 11);
        const sent = await Promise.all(Array.from({ length: 50 }, (_, i) => form.send(either(both, i).origin)));
        const back = await form.back(either(both, 1).origin);
        expect([back.status, back.headers.get('location')]).toEqual([303, sent[0]?.headers.get('location')]);
        sent.push(await form.send(either(both, 0).origin));
        expect(counted(sent)).toEqual({ 303: 51 });
        expect(new Set(sent.map(({ headers }) => headers.get('location'))).size).toBe(1);
        const shown = await Promise.all(sent.map((_, i) => form.confirmation(either(both, i).origin)));
        expect(counted(shown)).toEqual({ 200: 51 });
        expect(new Set(shown.map(({ text }) => text)).size).toBe(1);
        heard.push(...sent);
      }
      expect(await made()).toBe(clients);
      const mails = await arrivalsAt(place.url, smtp);
      expect([...mails.tales.values()].filter((tale) => tale.join() !== 'REQUEST 0')).toEqual([]);
      report({
        fault: `${place.kind}: the form sent 50 times at once and by the back button: confirmation pages`,
        tries: heard.length,
        found: clients,
        doubled: 0,
        mails: mails.mails,
        remarks: `${heard.length} equal pages`,
      });
    });
  }, 1_800_000);

  it('shows the booking that it made if it is sent again because its answer was lost on the way', async () => {
    await onEach(async ({ place, both }, made) => {
      const line = await wire(Number(new URL(either(both, 0).origin).port));
      const tries = rounds(2, 30);
      for (let i = 0; i < tries; i++) {
        const form = await filledIn(either(both, i), 17);
        line.loseAnswers(1);
        await expect(form.send(`http://127.0.0.1:${line.port}`)).rejects.toThrow();
        const again = await form.send(either(both, i).origin);
        expect([again.status, (await form.confirmation(either(both, i).origin)).status]).toEqual([303, 200]);
      }
      await line.close();
      expect(await made()).toBe(tries);
      report({
        fault: `${place.kind}: the form's answer lost on the way, sent again`,
        tries,
        found: tries,
        doubled: 0,
      });
    });
  }, 1_800_000);
});

describe('Reception’s page and the client’s', () => {
  it('change the same booking in one order or the other, and the mails tell which', async () => {
    await onEach(async ({ place, both }, made) => {
      const cookies = await Promise.all(both.map(({ origin }) => signIn(origin)));
      const starts = (await either(both, 0).slots()).slice(60);
      const pairsOfPages = rounds(3, 80);
      const seen: Record<string, number> = {};
      const fates = new Map<string, Fate>();
      for (let i = 0; i < pairsOfPages; i++) {
        const [here, there] = [either(both, i), either(both, i + 1)];
        const booking = bookingOf(await here.book({ start: either(starts, i) }));
        const press = await moveByPage(here.origin, either(cookies, i), booking);
        const [move, cancel] = await Promise.all([press(), cancelByPage(there.origin, booking)]);
        const hasMoved = move.headers.get('location')?.includes('done=moved') ?? false;
        const outcome = `move ${hasMoved ? 'done' : 'refused'}, cancel ${cancel.status}`;
        seen[outcome] = (seen[outcome] ?? 0) + 1;
        expect(move.status).toBe(303);
        expect([cancel.status, cancel.headers.get('location')]).toEqual([303, `/b/${booking.token}?cancelled=1`]);
        const now = bookingOf(await here.see(booking.token));
        const moves = hasMoved ? 1 : 0;
        expect(now).toMatchObject({ status: 'cancelled', sequence: moves + 1 });
        if (moves === 0) expect(now.start).toBe(booking.start);
        fates.set(booking.email, { moves, cancelled: true });
      }
      expect(await made()).toBe(pairsOfPages);
      const mails = await arrivalsAt(place.url, smtp);
      const untrue = [...fates].filter(([email, fate]) => !isTrue(mails.tales.get(email) ?? [], fate));
      expect(untrue.map(([email, fate]) => [fate, mails.tales.get(email)])).toEqual([]);
      expect(mails).toMatchObject({ copies: 0, astray: 0, disordered: 0 });
      report({
        fault: `${place.kind}: reception moves by its page while the client cancels by theirs`,
        tries: pairsOfPages,
        found: pairsOfPages,
        doubled: 0,
        mails: mails.mails,
        remarks: Object.entries(seen)
          .map(([outcome, count]) => `${count} × ${outcome}`)
          .join('; '),
      });
    });
  }, 1_800_000);
});
