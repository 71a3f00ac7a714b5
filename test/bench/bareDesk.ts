import type { AddressInfo } from 'node:net';
import express from 'express';
import { toIso } from '../../src/domain/calendar/zone';
import { answer } from './peer';
import type { StandardDesk } from './standardDesk';

/** A desk for programs that know starts, skills and bookings, and nothing else: no rules, no buffers, no hand-overs. */
export interface BareDesk {
  readonly id: string;
  readonly timeZone: string;
  /** Ascending. */
  readonly starts: readonly { readonly at: number; readonly start: string; readonly end: string }[];
  readonly skills: readonly { readonly topic: string; readonly language: string; readonly advisor: number }[];
  readonly bookings: readonly { readonly advisor: number; readonly at: number }[];
}

/** How such a program is asked, in the query of `/api/v1/desks/ID/slots`. */
export interface BareQuestion {
  readonly topic: string;
  readonly language: string;
  readonly from: string;
  readonly to: string;
}

export function bareDesk({ desk, bookings, starts }: StandardDesk): BareDesk {
  const { timeZone } = desk.hours;
  const numbers = new Map(desk.advisors.map(({ id }, i) => [id, i]));
  return {
    id: desk.id,
    timeZone,
    starts: starts.map((at) => ({
      at,
      start: toIso(at, timeZone),
      end: toIso(at + HALF_HOUR_MS, timeZone),
    })),
    skills: desk.advisors.flatMap(({ topics, languages }, advisor) =>
      topics.flatMap((topic) => languages.map((language) => ({ topic, language, advisor }))),
    ),
    bookings: bookings.map(({ advisorId, time }) => ({ advisor: numbers.get(advisorId) ?? -1, at: time.start })),
  };
}

const HALF_HOUR_MS = 1_800_000;

/**
 * Returns how many advisors are free at each start from the `first` to before the `last`, by their places in `starts`.
 */
type Count = (asked: BareQuestion, first: number, last: number) => ArrayLike<number>;

/**
 * In a process of its own: bare Express answers `/api/v1/desks/ID/slots` with what `counting` finds, in the shape and
 * length of the program's answers. The peer is asked with the desks, and answers where it listens.
 */
export function serveSlots(counting: (desk: BareDesk) => Count): void {
  const desks = new Map<string, { desk: BareDesk; count: Count }>();
  const server = express()
    .get('/api/v1/desks/:desk/slots', (req, res) => {
      const { desk, count } = desks.get(req.params.desk) ?? {};
      if (!desk || !count) return void res.sendStatus(404);
      const asked = req.query as unknown as BareQuestion;
      const [first, last] = [placeOf(desk, asked.from), placeOf(desk, asked.to)];
      const free = count(asked, first, last);
      const slots: object[] = [];
      for (let i = first; i < last; i++) {
        const here = free[i - first] ?? 0;
        const { start, end } = desk.starts[i] as BareDesk['starts'][number];
        if (here > 0) slots.push({ start, end, free: Math.min(here, MAX_COUNTED) });
      }
      res.json({ timeZone: desk.timeZone, slots });
    })
    .listen(0, '127.0.0.1');
  answer<readonly BareDesk[], string>((known) => {
    for (const desk of known) desks.set(desk.id, { desk, count: counting(desk) });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
}

/** As in the program's answers. */
const MAX_COUNTED = 10;

/** The place of the first start on or after the day. */
function placeOf({ starts }: BareDesk, day: string): number {
  const place = starts.findIndex(({ start }) => start >= day);
  return place < 0 ? starts.length : place;
}
