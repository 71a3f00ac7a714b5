import { type Request, type Response, Router } from 'express';
import type { Alternatives } from '../../app/booking/alternatives';
import type { Wish } from '../../app/booking/situation';
import type { Slot } from '../../app/calendar/findSlots';
import { parseInstant, startOfDay } from '../../domain/calendar/zone';
import { isRefusal } from '../../domain/errors';
import { deskTime, languageName } from '../../presentation/format';
import type { HttpDeps } from '../deps';
import { paths } from '../paths';
import { DETAIL_FIELDS, readDetails } from './detailsForm';
import { ensureHolder, holderOf } from './holder';
import { asQuery, type Choices, journeyUrl } from './journey';
import { answeredBefore, type Stage, stageOf, stepView } from './journeyView';
import { slotDays, slotList } from './slotDays';

type Deps = Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'ids' | 'baseUrl' | 'now'>;

/** Days on one page of the list; more are a link away. */
const DAYS_A_PAGE = 10;

/** The day list and the times of a day; taking a time holds it, and the form comes next. */
export function chooseTimeRoutes(deps: Deps): Router {
  const router = Router();
  router.get(paths.chooseDay, (req, res) => showDays(deps, req, res));
  router.get(paths.chooseTime, (req, res) => showTimes(deps, req, res));
  router.post(paths.chooseTime, (req, res) => takeTime(deps, req, res));
  return router;
}

async function showDays(deps: Deps, req: Request, res: Response): Promise<void> {
  const stage = stageOf(req, res);
  if (!answeredBefore('day', stage, res)) return;
  const { desk, place, choices } = stage;
  if ('answered' in req.query && choices.date) return res.redirect(303, journeyUrl('time', place, choices));

  const slots = await freeSlots(deps, stage, req);
  const { locale, t } = res.locals;
  const days = slotDays(slots, desk.hours.timeZone, { locale, t }).map((day) => ({
    ...day,
    href: journeyUrl('time', place, { ...choices, date: day.date }),
  }));
  const first = Math.max(
    0,
    days.findIndex(({ date }) => date >= (readDateFrom(req) ?? '')),
  );
  const later = days[first + DAYS_A_PAGE];
  const [earliest] = slotList(slots.slice(0, 1), desk.hours.timeZone, { locale, t });
  res.render('pages/public/chooseDay', {
    ...stepView('day', stage, res),
    days: days.slice(first, first + DAYS_A_PAGE),
    first: earliest && { ...earliest, action: journeyUrl('time', place, {}), fields: hiddenFields(choices) },
    later: later && { href: withFrom(journeyUrl('day', place, { ...choices, date: undefined }), later.date) },
    earlier: first > 0 && {
      href: withFrom(
        journeyUrl('day', place, { ...choices, date: undefined }),
        days[Math.max(0, first - DAYS_A_PAGE)]?.date ?? '',
      ),
    },
    faster: await fasterLanguages(deps, stage, slots[0], res),
    empty: days.length === 0 && (await emptyView(deps, stage, res)),
    zone: zoneSentence(stage, slots[0]?.time.start ?? deps.now(), res),
  });
}

async function showTimes(deps: Deps, req: Request, res: Response): Promise<void> {
  const stage = stageOf(req, res);
  if (!answeredBefore('time', stage, res)) return;
  await renderTimes(deps, stage, { req, res, status: 200 });
}

interface Page {
  readonly req: Request;
  readonly res: Response;
  readonly status: number;
  readonly errors?: readonly { href: string; text: string }[];
  readonly chosen?: string | undefined;
}

async function renderTimes(deps: Deps, stage: Stage, { req, res, status, errors, chosen }: Page): Promise<void> {
  const { desk, place, choices } = stage;
  const { locale, t } = res.locals;
  const days = slotDays(await freeSlots(deps, stage, req), desk.hours.timeZone, { locale, t });
  const day = days.find(({ date }) => date === choices.date);
  const link = (date: string | undefined) =>
    date && { href: journeyUrl('time', place, { ...choices, date }), text: days.find((d) => d.date === date)?.label };
  res.status(status).render('pages/public/chooseTime', {
    ...stepView('time', stage, res),
    action: journeyUrl('time', place, {}),
    fields: hiddenFields(choices),
    day: day?.label ?? deskTime(locale, desk.hours.timeZone).day(startOfDay(choices.date ?? '', desk.hours.timeZone)),
    morning: marked(day?.morning ?? [], chosen),
    afternoon: marked(day?.afternoon ?? [], chosen),
    empty: !day,
    previous: link(days.filter(({ date }) => date < (choices.date ?? '')).at(-1)?.date),
    next: link(days.find(({ date }) => date > (choices.date ?? ''))?.date),
    otherDays: journeyUrl('day', place, { ...choices, date: undefined }),
    zone: zoneSentence(stage, startOfDay(choices.date ?? '', desk.hours.timeZone), res),
    errors,
    error: errors?.[0]?.text,
  });
}

async function takeTime(deps: Deps, req: Request, res: Response): Promise<void> {
  const stage = stageOf(req, res, req.body);
  const { desk, place, choices } = stage;
  const { t } = res.locals;
  const start = readStart(req.body);
  if (start === undefined && choices.date && answeredBefore('time', stage, res))
    return renderTimes(deps, stage, {
      req,
      res,
      status: 422,
      errors: [{ href: '#start-1', text: t('booking.time.missing') }],
    });
  if (!choices.language || !choices.topic || !choices.mode || start === undefined)
    return void answeredBefore('time', stage, res);

  try {
    const holder = ensureHolder(deps, req, res);
    const { value: hold } = await deps.app.holdSlot({ deskId: desk.id, wish: wishOf(choices), start, holder });
    const complete = DETAIL_FIELDS.some((field) => hold.draft[field]) && 'details' in readDetails(hold.draft, 'de');
    res.redirect(303, journeyUrl(complete ? 'check' : 'details', place, {}));
  } catch (error) {
    if (!isRefusal(error, 'slot-unavailable')) throw error;
    slotGone(stage, error.details.alternatives as Alternatives, res);
  }
}

/** Somebody was faster: what was typed is kept, and the nearest free times are one press away. */
export function slotGone({ desk, place, choices }: Stage, { slots }: Alternatives, res: Response): void {
  const { locale, t } = res.locals;
  res.status(409).render('pages/public/slotGone', {
    title: t('booking.gone.title'),
    errors: [{ href: '#start-1', text: t('booking.gone.title') }],
    alternatives: slotList(slots, desk.hours.timeZone, { locale, t }),
    action: journeyUrl('time', place, {}),
    fields: hiddenFields(choices),
    otherDays: journeyUrl('day', place, { ...choices, date: undefined }),
    desk: { phone: desk.phone, email: desk.email },
  });
}

export function wishOf({ language, topic, mode }: Choices): Wish {
  return { topicId: topic?.id ?? '', language: language ?? '', mode };
}

/** All that is free for these choices, the browser's own hold counted as free. */
async function freeSlots(deps: Deps, { desk, choices }: Stage, req: Request): Promise<Slot[]> {
  const holder = holderOf(deps, req);
  const own = holder && (await deps.storage.bookings.findHoldOf(holder));
  const { slots } = await deps.app.findSlots({
    deskId: desk.id,
    wish: wishOf(choices),
    audience: 'client',
    except: own ? own.id : undefined,
  });
  return slots;
}

/** Languages in which the same topic is free earlier: many speak two, and the earliest is what they want. */
async function fasterLanguages(deps: Deps, { desk, place, choices }: Stage, first: Slot | undefined, res: Response) {
  const { locale } = res.locals;
  const at = deskTime(locale, desk.hours.timeZone);
  const others = desk.advisors.filter((a) => a.topics.includes(choices.topic?.id ?? '')).flatMap((a) => a.languages);
  const languages = [...new Set(others)].filter((tag) => tag !== choices.language);
  const found = await Promise.all(
    languages.map(async (language) => {
      const to = first ? first.time.start : undefined;
      const { slots } = await deps.app.findSlots({
        deskId: desk.id,
        wish: { ...wishOf(choices), language },
        audience: 'client',
        to,
      });
      const [slot] = slots;
      const href = journeyUrl('day', place, { ...choices, language, date: undefined });
      return slot
        ? [
            {
              start: slot.time.start,
              language: languageName(locale, language),
              when: `${at.shortDay(slot.time.start)}, ${at.time(slot.time.start)}`,
              href,
            },
          ]
        : [];
    }),
  );
  return found
    .flat()
    .sort((a, b) => a.start - b.start)
    .slice(0, 2);
}

/** Nothing at all: other modes may have something; else a person can help. */
async function emptyView(deps: Deps, { desk, place, choices }: Stage, res: Response) {
  const { t } = res.locals;
  const others = (choices.topic?.modes ?? []).filter((mode) => mode !== choices.mode);
  const modes = await Promise.all(
    others.map(async (mode) => {
      const { slots } = await deps.app.findSlots({
        deskId: desk.id,
        wish: { ...wishOf(choices), mode },
        audience: 'client',
      });
      return slots.length > 0
        ? [
            {
              text: t(`booking.mode.${mode}.name`),
              href: journeyUrl('day', place, { ...choices, mode, date: undefined }),
            },
          ]
        : [];
    }),
  );
  return {
    modes: modes.flat(),
    phone: desk.phone,
    email: desk.email,
    days: choices.topic?.horizonDays ?? desk.horizonDays,
  };
}

function zoneSentence({ desk }: Stage, at: number, { locals: { locale, t } }: Response): string {
  const time = deskTime(locale, desk.hours.timeZone);
  return t('booking.zone', { zone: time.zoneName(at), short: time.zoneShort(at), name: desk.hours.timeZone });
}

export function hiddenFields(choices: Choices) {
  return Object.entries(asQuery(choices)).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

function marked<T extends { start: string }>(times: readonly T[], chosen: string | undefined) {
  return times.map((time) => ({ ...time, checked: time.start === chosen }));
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

function readDateFrom(req: Request): string | undefined {
  const { from } = req.query;
  return typeof from === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(from) ? from : undefined;
}

function withFrom(href: string, from: string): string {
  return `${href}&from=${from}`;
}
