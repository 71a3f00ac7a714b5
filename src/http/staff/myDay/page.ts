import type { Request, Response } from 'express';
import { nextPerson } from '../../../app/queue/readQueue';
import type { LocalDate } from '../../../domain/calendar/hours';
import type { Instant } from '../../../domain/calendar/interval';
import { localDate } from '../../../domain/calendar/zone';
import type { Absence } from '../../../domain/desk';
import { isRefusal } from '../../../domain/errors';
import type { QueueEntry } from '../../../domain/queue/entry';
import type { HttpDeps } from '../../deps';
import { deed } from '../../keptForm';
import { dateOrNull } from '../../typedTime';
import type { Page } from '../../wiring';
import { didOf } from '../day/did';
import { type OwnAdvisor, signedIn } from '../desk';
import { bodyOf, type Fields, queryOf } from '../forms';
import { wordsOf } from '../words';
import { readSpan } from './form';
import { loadOwnDays, loadVisits } from './load';
import { daysOf, myDayAddress, viewOf } from './query';
import type { TypedBlock } from './timeline';
import { myDayView } from './view';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'now'>;

/** What a form of the page did not do, and why. */
interface Refused {
  readonly status: number;
  readonly refusal?: string;
  readonly typed?: TypedBlock;
}

/** An advisor's own day, week or fortnight, what comes next on top; free time is blocked and given back with one press. */
export function myDayPage(deps: Deps): Page<OwnAdvisor> {
  return {
    async get(about, req, res) {
      const { date, view } = queryOf(req);
      // The date field sends `?date=`; it redirects to the day's own address.
      if (date && dateOrNull(date)) return res.redirect(303, myDayAddress(about.desk.id, { date, view: viewOf(view) }));
      await show(deps, about, { req, res });
    },

    async post(about, req, res) {
      const fields = bodyOf(req);
      const date = dateOf(about, req, deps);
      if (date === null) return show(deps, about, { req, res });
      if (fields.step === 'unblock') await unblock(deps, about, { req, res, fields, date });
      else await block(deps, about, { req, res, fields, date });
    },
  };
}

interface Sent {
  readonly req: Request;
  readonly res: Response;
  readonly fields: Fields;
  readonly date: LocalDate;
}

async function block(deps: Deps, { desk, advisor }: OwnAdvisor, { req, res, fields, date }: Sent): Promise<void> {
  const { t } = res.locals;
  const { gap = '', from = '', until = '' } = fields;
  const typedFor = (error: string) => ({ gap, from, until, error });
  const time = readSpan(desk, date, fields);
  if (!time) {
    const typed = typedFor(t('myDay.wrong.span'));
    return show(deps, { desk, advisor }, { req, res, refused: { status: 422, typed } });
  }
  const request = { who: signedIn(res), deskId: desk.id, advisorId: advisor.id, time };
  try {
    const { value } = await deed(res, () => deps.app.blockTime(request));
    res.redirect(303, myDayAddress(desk.id, { date, view: 'day' }, { done: 'blocked', of: value.id }));
  } catch (error) {
    const isTaken = isRefusal(error, 'slot-unavailable');
    if (!isTaken && !isRefusal(error, 'no-effect')) throw error;
    const refusal = t(isTaken ? 'myDay.wrong.taken' : 'myDay.wrong.noEffect');
    await show(deps, { desk, advisor }, { req, res, refused: { status: 409, refusal } });
  }
}

/** Gives a blocked time back. An absence that is there no more was given back already. */
async function unblock(deps: Deps, { desk, advisor }: OwnAdvisor, { req, res, fields, date }: Sent): Promise<void> {
  const entry = await deps.storage.desks.findAbsence(fields.of ?? '');
  const isOwn = entry?.deskId === desk.id && entry.absence.advisorId === advisor.id;
  if (!isOwn) {
    const refusal = res.locals.t('myDay.wrong.gone');
    return show(deps, { desk, advisor }, { req, res, refused: { status: 409, refusal } });
  }
  await deed(res, () => deps.app.removeAbsence({ who: signedIn(res), entry, ifVersion: undefined }));
  const { start, end } = entry.absence.time;
  const told = { done: 'unblocked', from: String(start), until: String(end) };
  res.redirect(303, myDayAddress(desk.id, { date, view: 'day' }, told));
}

/** Returns the day in the address, or today; null: there is no such day. */
function dateOf({ desk }: OwnAdvisor, req: Request, { now }: Pick<Deps, 'now'>): LocalDate | null {
  return req.params.date === undefined ? localDate(now(), desk.hours.timeZone) : dateOrNull(req.params.date);
}

async function show(
  deps: Deps,
  about: OwnAdvisor,
  { req, res, refused }: { req: Request; res: Response; refused?: Refused },
): Promise<void> {
  const { desk, advisor } = about;
  const { date: asked, view: named, ...told } = queryOf(req);
  const now = deps.now();
  const today = localDate(now, desk.hours.timeZone);
  const inPath = dateOf(about, req, deps);
  const date = inPath ?? today;
  const isWrongDate = Boolean(asked) || inPath === null;
  const view = viewOf(named);
  const days = await loadOwnDays(deps, about, { ...daysOf(date, view), now });
  const shown = days.flatMap(({ column }) => column?.bookings ?? []).map(({ booking }) => booking);
  const staff = signedIn(res);
  const around = { desk, now, today, staff, words: wordsOf(desk, res.locals), reader: res.locals };
  const facts = {
    advisor,
    date,
    view,
    days,
    visits: view === 'day' ? await loadVisits(deps, desk.id, shown) : new Map(),
    next: await deps.storage.bookings.nextOf(desk.id, advisor.id, now),
    waiting: view === 'day' && date === today ? await waitingFor(deps, about, now) : undefined,
    did: await didOf(deps, desk, told),
    blocked: await blockedOf(deps, about, told),
    given: givenBack(told),
    refusal: refused?.refusal ?? (told.done === 'no-day' ? res.locals.t('myDay.offline.noDay') : undefined),
    typed: refused?.typed,
    isWrongDate,
  };
  const status = refused?.status ?? (isWrongDate ? 422 : 200);
  res.status(status).render('pages/staff/myDay', myDayView(facts, around));
}

/** Returns who waits at the desk without an appointment, and is next for the advisor now. */
async function waitingFor(
  { storage }: Pick<Deps, 'storage'>,
  { desk, advisor }: OwnAdvisor,
  now: Instant,
): Promise<QueueEntry | undefined> {
  const next = await nextPerson(storage, desk, advisor.id, now);
  return next?.booking === null ? (next.entry ?? undefined) : undefined;
}

/** Returns the absence that was entered just now, as the address tells, as long as it is there. */
async function blockedOf(
  { storage }: Pick<Deps, 'storage'>,
  { desk, advisor }: OwnAdvisor,
  { done, of }: Fields,
): Promise<Absence | undefined> {
  if (done !== 'blocked' || !of) return undefined;
  const entry = await storage.desks.findAbsence(of);
  return entry?.deskId === desk.id && entry.absence.advisorId === advisor.id ? entry.absence : undefined;
}

/** Returns the time that was given back just now, as the address tells. */
function givenBack({ done, from, until }: Fields) {
  const [start, end] = [Number(from), Number(until)];
  const isTime = [from, until].every((each) => /^\d{1,15}$/.test(each ?? ''));
  return done === 'unblocked' && isTime && start < end ? { start, end } : undefined;
}
