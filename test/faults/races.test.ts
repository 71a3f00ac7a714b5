import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type SmtpPeer, smtpPeer } from '../support/smtpPeer';
import { staffToken } from './support/agreement';
import { bookers, ledger } from './support/bookers';
import { anyone, ask, bookingOf, type Client, client, counted, type Heard, jsonOf } from './support/client';
import type { Place } from './support/databases';
import { seedFaultDesk } from './support/desk';
import { type Verdict, verdict } from './support/oracle';
import { either, type Pair, pairs, startOn } from './support/pair';
import { freePort, pause, type Running, rounds } from './support/program';
import { wire } from './support/proxy';
import { report } from './support/report';
import { suite } from './support/suite';
import { arrivalsAt, type Fate, isTrue } from './support/tales';

const ADVISORS = 3;
const here = suite();
const scenes: Pair[] = [];
let smtp: SmtpPeer;
beforeAll(async () => {
  smtp = here.closing(await smtpPeer());
  scenes.push(...(await pairs(await here.places('races'), smtp, ADVISORS)));
});

/**
 * Does the work on each database, one after the other.
 *
 * @param work gets `look`, which reads the database; its `made` counts the bookings since the work began
 */
async function onEach(
  work: (
    place: Place,
    both: readonly Client[],
    look: (heard: readonly Heard[]) => Promise<Verdict & { made: number }>,
  ) => Promise<void>,
): Promise<void> {
  for (const { place, both } of scenes) {
    const before = (await verdict(place.url, [])).unheard;
    await work(place, both, async (heard) => {
      const found = await verdict(place.url, acknowledged(heard));
      return { ...found, made: found.found + found.unheard - before };
    });
  }
}

const acknowledged = (heard: readonly Heard[]) =>
  heard.filter(({ status }) => status === 201).map((answer) => ({ ...bookingOf(answer), key: '' }));

describe('The same request, sent again and again', () => {
  it('makes one booking and gets fifty equal answers when it is sent fifty times at once', async () => {
    await onEach(async (place, both, look) => {
      const all: Heard[] = [];
      for (let round = 0; round < rounds(1, 10); round++) {
        const [starts, key, email] = [await either(both, 0).slots(), randomUUID(), anyone()];
        const query = { start: starts[round * 7] as string, key, email };
        const heard = await Promise.all(Array.from({ length: 50 }, (_, i) => either(both, i).book(query)));
        expect(counted(heard)).toEqual({ 201: 50 });
        expect(new Set(heard.map(({ text }) => text)).size).toBe(1);
        expect(heard.filter(({ headers }) => headers.has('idempotency-replayed'))).toHaveLength(49);
        all.push(...heard);
      }
      const found = await look(all);
      report({ fault: `${place.kind}: the same booking 50 times at once, two programs`, tries: all.length, ...found });
      expect(found).toMatchObject({ lost: 0, doubled: 0, untold: 0, made: rounds(1, 10) });
    });
  }, 1_800_000);

  it('finds its booking when it is sent again because the answer was lost on the way', async () => {
    await onEach(async (place, both, look) => {
      const line = await wire(Number(new URL(either(both, 0).origin).port));
      const over = client(`http://127.0.0.1:${line.port}`);
      const starts = await either(both, 0).slots();
      const tries = rounds(5, 40);
      const heard: Heard[] = [];
      for (let i = 0; i < tries; i++) {
        const query = { start: starts[i * 3] as string, key: randomUUID(), email: anyone() };
        line.loseAnswers(1);
        await expect(over.book(query)).rejects.toThrow();
        heard.push(await either(both, i).book(query));
      }
      await line.close();
      expect(counted(heard)).toEqual({ 201: tries });
      const replayed = heard.filter(({ headers }) => headers.has('idempotency-replayed')).length;
      const found = await look(heard);
      report({
        fault: `${place.kind}: the answer lost on the way, sent again to either program`,
        tries,
        ...found,
        remarks: `${replayed} had been booked the first time`,
      });
      expect(replayed).toBe(tries);
      expect(found).toMatchObject({ lost: 0, doubled: 0, untold: 0, made: tries });
    });
  }, 1_800_000);
});

describe('Two hundred clients for one time', () => {
  it('get as many bookings as there are advisors, of half an hour or an hour; the others hear what else is free', async () => {
    await onEach(async (place, both, look) => {
      const all: Heard[] = [];
      const rushes = rounds(1, 8);
      for (let round = 0; round < rushes; round++) {
        const starts = await either(both, 0).slots('career');
        // A start far from all that was booked before.
        const start = starts.at(-1 - round * 4) as string;
        const halfAnHourLater = new Date(Date.parse(start) + 30 * 60_000).toISOString();
        // A client who gets the second of these has the second half of the hour that the first asks for.
        const queries = [{ start, topic: 'career' as const }, { start: halfAnHourLater }];
        const heard = await Promise.all(
          Array.from({ length: 200 }, (_, i) =>
            either(both, i).book({ ...either(queries, i >> 1), key: randomUUID() }),
          ),
        );
        expect(counted(heard)).toEqual({ 201: ADVISORS, 409: 200 - ADVISORS });
        for (const refused of heard.filter(({ status }) => status === 409))
          expect(jsonOf<{ type: string; alternatives: unknown[] }>(refused)).toMatchObject({
            type: '/problems/slot-unavailable',
            alternatives: [{}, {}, {}, {}, {}],
          });
        all.push(...heard);
      }
      const found = await look(all);
      report({
        fault: `${place.kind}: 200 clients for one time, two durations, ${ADVISORS} advisors`,
        tries: all.length,
        ...found,
      });
      expect(found).toMatchObject({ lost: 0, doubled: 0, untold: 0, made: rushes * ADVISORS });
    });
  }, 1_800_000);
});

describe('A receptionist who moves while the client cancels', () => {
  it('comes before or after, never between, and the mails tell the same', async () => {
    await onEach(async (place, both, look) => {
      const authorization = { Authorization: `Bearer ${await staffToken(place.url)}` };
      const starts = await either(both, 0).slots();
      const pairs = rounds(5, 150);
      const seen: Record<string, number> = {};
      const fates = new Map<string, Fate>();
      for (let i = 0; i < pairs; i++) {
        const booking = bookingOf(await either(both, i).book({ start: starts[100 + i] as string }));
        const [move, cancel] = await Promise.all([
          ask(`${either(both, i).origin}/api/v1/staff/bookings/${booking.id}/reschedule`, {
            headers: { ...authorization, 'If-Match': `"${booking.version}"` },
            body: { start: starts[400 + i] },
          }),
          either(both, i + 1).cancel(booking.token),
        ]);
        const outcome = `move ${move.status}, cancel ${cancel.status}`;
        seen[outcome] = (seen[outcome] ?? 0) + 1;
        const now = bookingOf(await either(both, i).see(booking.token));
        // If the move came first, the client's cancellation is of the moved booking, and both have happened.
        expect([200, 409, 412]).toContain(move.status);
        expect(cancel.status).toBe(200);
        expect(now).toMatchObject({ status: 'cancelled', sequence: move.status === 200 ? 2 : 1 });
        fates.set(booking.email, { moves: move.status === 200 ? 1 : 0, cancelled: true });
      }
      const found = await look([]);
      const mails = await arrivalsAt(place.url, smtp);
      const untrue = [...fates].filter(([email, fate]) => !isTrue(mails.tales.get(email) ?? [], fate));
      expect(untrue.map(([email, fate]) => [fate, mails.tales.get(email)])).toEqual([]);
      expect(mails).toMatchObject({ copies: 0, astray: 0, disordered: 0 });
      report({
        fault: `${place.kind}: reception moves while the client cancels, on two programs`,
        tries: pairs,
        found: found.made,
        doubled: found.doubled,
        remarks: Object.entries(seen)
          .map(([outcome, count]) => `${count} × ${outcome}`)
          .join('; '),
      });
      expect(found).toMatchObject({ doubled: 0, untold: 0, made: pairs });
    });
  }, 1_800_000);

  it('moves nothing to a time that somebody else has just taken', async () => {
    await onEach(async (place, both, look) => {
      const starts = await either(both, 0).slots();
      const pairs = rounds(3, 80);
      let moved = 0;
      for (let i = 0; i < pairs; i++) {
        const target = starts[500 + i * 2] as string;
        // All seats but one are taken there.
        for (let seat = 1; seat < ADVISORS; seat++)
          expect((await either(both, i).book({ start: target })).status).toBe(201);
        const booking = bookingOf(await either(both, i).book({ start: starts[900 + i] as string }));
        const [move, other] = await Promise.all([
          either(both, i).move(booking.token, target),
          either(both, i + 1).book({ start: target }),
        ]);
        expect([move.status, other.status].sort()).toEqual(move.status === 200 ? [200, 409] : [201, 409]);
        const now = bookingOf(await either(both, i).see(booking.token));
        if (move.status === 200) moved++;
        else expect(now).toEqual(booking);
      }
      const found = await look([]);
      report({
        fault: `${place.kind}: a move and a booking for the last seat`,
        tries: pairs,
        doubled: found.doubled,
        remarks: `${moved} moves came first; no other booking was touched`,
      });
      expect(found).toMatchObject({ doubled: 0, untold: 0 });
    });
  }, 1_800_000);
});

describe('Two programs of which one is being deployed', () => {
  it('show nobody a busy database, and lose and double nothing', async () => {
    for (const place of await here.places('deployed')) {
      await seedFaultDesk(place.url, 20);
      const ports = [await freePort(), await freePort()];
      const running = await Promise.all(ports.map((port) => startOn(place, smtp, port)));
      await Promise.all(running.map((program) => program.ready()));
      const kept = ledger(join(here.dir, `deployed-${place.kind}.jsonl`));
      const origins = running.map(({ origin }) => origin);
      const clients = bookers({ origins, ledger: kept, parallel: 20 });
      await clients.start();
      const deployments = rounds(2, 20);
      const slowest = { stop: 0, ready: 0 };
      for (let i = 0; i < deployments; i++) {
        const which = i % 2;
        const asked = performance.now();
        expect(await (running[which] as Running).term()).toBe(0);
        slowest.stop = Math.max(slowest.stop, performance.now() - asked);
        running[which] = await startOn(place, smtp, ports[which]);
        slowest.ready = Math.max(slowest.ready, await (running[which] as Running).ready());
        await pause(300);
      }
      const met = await clients.stop();
      for (const program of running) expect(await program.term()).toBe(0);
      kept.close();
      const found = await verdict(place.url, kept.read());
      report({
        fault: `${place.kind}: one of two programs deployed under 20 bookers`,
        tries: deployments,
        ...found,
        remarks: `${met.tries} requests, ${met.conflicts} conflicts, ${met.unavailable} × 503, ${met.broken} refused or broken connections; stopped within ${Math.round(slowest.stop)} ms, ready within ${Math.round(slowest.ready)} ms`,
      });
      expect(met.strange).toEqual([]);
      expect(met.unavailable).toBe(0);
      expect(found).toMatchObject({ lost: 0, doubled: 0, untold: 0, integrity: 'ok' });
      expect(found.acknowledged).toBeGreaterThan(20);
    }
  }, 1_800_000);
});

describe('The programs that raced', () => {
  it('end with exit code 0 when they are told to', async () => {
    for (const { running } of scenes) for (const program of running) expect(await program.term()).toBe(0);
  });
});
