import { DAY } from '../../src/domain/calendar/dates';
import { localDate, localTime } from '../../src/domain/calendar/zone';
import type { Measure } from './measure';
import { BUSINESS, RESIDENCE, simulatedDesk } from './simulatedDesk';
import { quantileOf, type Taken } from './simulation';

/** What the clients did, as it was measured at the offices: see `someClients`. */
export function calibration(quarters: readonly (readonly Taken[])[]): Measure[] {
  const each = (figure: (taken: readonly Taken[]) => number) => quarters.map(figure);
  const about = (topicId: string) => (taken: readonly Taken[]) =>
    taken.filter(({ client }) => client.query.topicId === topicId);
  const ahead = (topicId: string, share: number) =>
    each((taken) => quantileOf(about(topicId)(taken).map(daysAhead), share));
  const share = (among: (taken: readonly Taken[]) => readonly Taken[], is: (one: Taken) => boolean) =>
    each((taken) => among(taken).filter(is).length / among(taken).length);
  const all = (taken: readonly Taken[]) => taken;
  const freed = (taken: readonly Taken[]) => taken.filter(({ givenBack }) => givenBack !== undefined);
  return [
    { name: 'residence: days ahead, P10 (measured 5.8)', values: ahead(RESIDENCE, 0.1) },
    { name: 'residence: days ahead, median (measured 7.8)', values: ahead(RESIDENCE, 0.5) },
    { name: 'residence: days ahead, P90 (measured 11.7)', values: ahead(RESIDENCE, 0.9) },
    { name: 'business: days ahead, P10 (measured 1.0)', values: ahead(BUSINESS, 0.1) },
    { name: 'business: days ahead, median (measured 9.1)', values: ahead(BUSINESS, 0.5) },
    { name: 'business: days ahead, P90 (measured 17.0)', values: ahead(BUSINESS, 0.9) },
    { name: 'business: taken on the same day (measured 0.11)', values: share(about(BUSINESS), isSameDay) },
    {
      name: 'taken and free again (measured 0.26–0.36)',
      values: share(all, ({ givenBack }) => givenBack !== undefined),
    },
    { name: 'of these, more than two hours later (measured 0.25)', values: share(freed, isLate) },
    { name: 'taken outside 7–18 h (measured 0.30–0.42)', values: share(all, isOutsideHours) },
  ];
}

function daysAhead({ client, start }: Taken): number {
  return (start - client.askedAt) / DAY;
}

const ZONE = simulatedDesk().hours.timeZone;

function isSameDay({ client, start }: Taken): boolean {
  return localDate(start, ZONE) === localDate(client.askedAt, ZONE);
}

const TWO_HOURS = DAY / 12;

function isLate({ client, givenBack = client.askedAt }: Taken): boolean {
  return givenBack - client.askedAt > TWO_HOURS;
}

function isOutsideHours({ client }: Taken): boolean {
  const hour = Number(localTime(client.askedAt, ZONE).slice(0, 2));
  return hour < 7 || hour >= 18;
}
