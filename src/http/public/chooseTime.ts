import { type Request, type Response, Router } from 'express';
import type { Wish } from '../../app/booking/situation';
import type { Slot } from '../../app/calendar/findSlots';
import { addDays, localDate, parseInstant, startOfDay } from '../../domain/calendar/zone';
import { languagesForTopic } from '../../domain/desk';
import { isRefusal } from '../../domain/errors';
import { deskTime, languageName } from '../../presentation/format';
import type { HttpDeps } from '../deps';
import { paths } from '../paths';
import { contactView } from './contact';
import { readDetails } from './detailsForm';
import { ensureHolder, holderOf } from './holder';
import { type Choices, journeyUrl } from './journey';
import { answeredBefore, hiddenFields, questionForm, type Stage, stageOf, stepView } from './journeyView';
import { type DayChoice, slotDays, weeksOf } from './slotDays';
import { slotGone } from './slotGone';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'ids' | 'baseUrl' | 'now'>;

/** Days on one page of the list; more are a link away. */
const DAYS_A_PAGE = 10;

/** The list of days, and the times of one; taking a time holds it, and the form comes next. */
export function chooseTimeRoutes(deps: Deps): Router {
  const router = Router();
  router.get(paths.chooseDay, (req, res) => showDays(deps, req, res));
  router.get(paths.chooseTime, async (req, res) => {
    const stage = stageOf(req, res);
    if (answeredBefore('time', stage, res)) await showTimes(deps, stage, { req, res });
  });
  router.post(paths.chooseTime, (req, res) => takeTime(deps, req, res));
  return router;
}

async function showDays(deps: Deps, req: Request, res: Response): Promise<void> {
  const stage = stageOf(req, res);
  if (!answeredBefore('day', stage, res)) return;
  const { desk, place, choices } = stage;
  if ('answered' in req.query && choices.date) return res.redirect(303, journeyUrl('time', place, choices));

  const { locale, t } = res.locals;
  const zone = desk.hours.timeZone;
  const slots = await freeSlots(deps, stage, req);
  const days = slotDays(slots, zone, { locale, t }).map((day) => ({
    ...day,
    href: journeyUrl('time', place, { ...choices, date: day.date }),
  }));
  const today = localDate(deps.now(), zone);
  const page = pageOf(
    days,
    req.query.from,
    (from) => `${journeyUrl('day', place, { ...choices, date: undefined })}&from=${from}`,
  );
  res.render('pages/public/chooseDay', {
    ...stepView('day', stage, res),
    first: slots[0] && (await firstView(deps, stage, slots[0], res)),
    weeks: weeksOf(page.days, today, { locale, t }),
    laterHref: page.laterHref,
    earlierHref: page.earlierHref,
    byDate: days.length > 0 && {
      ...questionForm('day', stage, req.path),
      value: choices.date,
      min: today,
      max: addDays(today, horizonOf(stage)),
    },
    none: days.length === 0 && (await noneView(deps, stage, res)),
    zone: zoneSentence(stage, slots[0]?.time.start ?? deps.now(), res),
  });
}

/** One page of a list of days, from the day that the address names, with ways to the others. */
export function pageOf<T extends Pick<DayChoice, 'date'>>(
  days: readonly T[],
  from: unknown,
  href: (from: string) => string,
  size = DAYS_A_PAGE,
) {
  const asked = typeof from === 'string' ? days.findIndex(({ date }) => date >= from) : 0;
  const first = Math.max(0, asked);
  const later = days[first + size];
  const earlier = first > 0 ? days[Math.max(0, first - size)] : undefined;
  return {
    days: days.slice(first, first + size),
    laterHref: later && href(later.date),
    earlierHref: earlier && href(earlier.date),
  };
}

/** The earliest start with one button to take it, and whether another of the topic's languages is faster. */
async function firstView(deps: Deps, stage: Stage, first: Slot, res: Response) {
  const { locale, t } = res.locals;
  const { desk, place, choices } = stage;
  const at = deskTime(locale, desk.hours.timeZone);
  const faster = await fasterLanguage(deps, stage, first);
  return {
    when: t('booking.day.firstWhen', { day: at.day(first.time.start), time: at.time(first.time.start) }),
    form: {
      method: 'post',
      action: journeyUrl('time', place, {}),
      hidden: [
        ...hiddenFields({ ...choices, date: undefined }),
        { name: 'start', value: new Date(first.time.start).toISOString() },
      ],
    },
    elsewhere:
      faster &&
      t('booking.day.faster', {
        language: languageName(locale, faster.language),
        when: `${at.shortDay(faster.start)}, ${at.time(faster.start)}`,
      }),
    elsewhereHref: faster && journeyUrl('day', place, { ...choices, language: faster.language, date: undefined }),
  };
}

async function fasterLanguage(deps: Deps, { desk, choices }: Stage, first: Slot) {
  const others = languagesForTopic(desk, choices.topic?.id ?? '').filter((tag) => tag !== choices.language);
  const found = await Promise.all(
    others.map(async (language) => {
      const { slots } = await deps.app.findSlots({
        deskId: desk.id,
        wish: wishOf({ ...choices, language }),
        audience: 'client',
        to: first.time.start,
      });
      return slots.slice(0, 1).map(({ time }) => ({ language, start: time.start }));
    }),
  );
  return found.flat().sort((a, b) => a.start - b.start)[0];
}

/** Nothing at all up to the horizon: perhaps in another mode; a person can help in any case. */
async function noneView(deps: Deps, { desk, place, choices }: Stage, res: Response) {
  const { t } = res.locals;
  const others = (choices.topic?.modes ?? []).filter((mode) => mode !== choices.mode);
  const found = await Promise.all(
    others.map(async (mode) => {
      const { slots } = await deps.app.findSlots({
        deskId: desk.id,
        wish: wishOf({ ...choices, mode }),
        audience: 'client',
      });
      return slots.length > 0 ? [journeyUrl('day', place, { ...choices, mode, date: undefined })] : [];
    }),
  );
  return {
    text: t('booking.day.none', { days: horizonOf({ desk, choices }) }),
    otherHref: found.flat()[0],
    ...contactView(desk),
  };
}

interface TimesPage {
  readonly req: Request;
  readonly res: Response;
  /** Nothing was chosen. */
  readonly missing?: boolean;
}

async function showTimes(deps: Deps, stage: Stage, { req, res, missing = false }: TimesPage): Promise<void> {
  const { desk, place, choices } = stage;
  const { locale, t } = res.locals;
  const zone = desk.hours.timeZone;
  const chosen = choices.date ?? '';
  const days = slotDays(await freeSlots(deps, stage, req), zone, { locale, t });
  const day = days.find(({ date }) => date === chosen);
  const link = (to: DayChoice | undefined) =>
    to && { href: journeyUrl('time', place, { ...choices, date: to.date }), name: to.name };
  const errors = missing ? [{ href: '#start-1', text: t('booking.time.missing') }] : undefined;
  res.status(missing ? 422 : 200).render('pages/public/chooseTime', {
    ...stepView('time', stage, res),
    form: { method: 'post', action: journeyUrl('time', place, {}), hidden: hiddenFields(choices) },
    day: day?.name ?? deskTime(locale, zone).day(startOfDay(chosen, zone)),
    count: day?.count ?? t('booking.time.none'),
    groups: day?.groups ?? [],
    previous: link(days.filter(({ date }) => date < chosen).at(-1)),
    next: link(days.find(({ date }) => date > chosen)),
    zone: zoneSentence(stage, startOfDay(chosen, zone), res),
    errors,
    error: errors?.[0]?.text,
  });
}

async function takeTime(deps: Deps, req: Request, res: Response): Promise<void> {
  const stage = stageOf(req, res, req.body);
  const { desk, place, choices } = stage;
  const start = readStart(req.body);
  if (start === undefined) {
    if (answeredBefore('time', stage, res)) await showTimes(deps, stage, { req, res, missing: true });
    return;
  }
  if (!answeredBefore('day', stage, res)) return;
  try {
    const { value: hold } = await deps.app.holdSlot({
      deskId: desk.id,
      wish: wishOf(choices),
      start,
      holder: ensureHolder(deps, req, res),
    });
    // Whoever comes back only for another time has told the rest already (WCAG 3.3.7).
    res.redirect(303, journeyUrl('details' in readDetails(hold.draft, place.locale) ? 'check' : 'details', place, {}));
  } catch (error) {
    if (!isRefusal(error, 'slot-unavailable')) throw error;
    slotGone(stage, error, res);
  }
}

function wishOf({ language, topic, mode }: Choices): Wish {
  return { topicId: topic?.id ?? '', language: language ?? '', mode };
}

/** All that is free for these choices; the browser's own hold does not stand in its way. */
async function freeSlots(deps: Deps, { desk, choices }: Stage, req: Request): Promise<Slot[]> {
  const holder = holderOf(deps, req);
  const own = holder === undefined ? undefined : await deps.storage.bookings.findHoldOf(holder);
  const { slots } = await deps.app.findSlots({
    deskId: desk.id,
    wish: wishOf(choices),
    audience: 'client',
    except: own?.id,
  });
  return slots;
}

function horizonOf({ desk, choices }: Pick<Stage, 'desk' | 'choices'>): number {
  return choices.topic?.horizonDays ?? desk.horizonDays;
}

function zoneSentence({ desk }: Stage, at: number, { locals: { locale, t } }: Response): string {
  const time = deskTime(locale, desk.hours.timeZone);
  return t('booking.zone', { zone: time.zoneName(at), short: time.zoneShort(at), name: desk.hours.timeZone });
}

/** The chosen start as an instant; undefined for anything that is none. */
export function readStart(body: unknown): number | undefined {
  const start = (body as { start?: unknown } | undefined)?.start;
  if (typeof start !== 'string') return undefined;
  try {
    return parseInstant(start);
  } catch (error) {
    if (isRefusal(error, 'invalid-time')) return undefined;
    throw error;
  }
}
