import type { Request, Response } from 'express';
import type { Explanation } from '../../../app/slots/explainSlots';
import type { SlotQuery } from '../../../app/slots/slotQuery';
import type { Hold } from '../../../domain/booking/hold';
import { lapsesAt } from '../../../domain/booking/interpreting';
import type { Instant } from '../../../domain/calendar/interval';
import type { Mode } from '../../../domain/desk';
import type { Slot } from '../../../domain/slots/freeSlots';
import { deskTime, zoneOf } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { clientFrom } from '../../middleware/rateLimit';
import { holderOf } from './holder';
import { type Choices, modeOf } from './journey';
import type { Stage } from './stage';

export type FreeSlotsDeps = Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'baseUrl' | 'now'>;

/** Returns the choices as a query for slots. */
export function slotQueryOf(choices: Choices): SlotQuery {
  const { language = '', interpreter, topic } = choices;
  return { topicId: topic?.id ?? '', language, interpreter, mode: modeOf(choices) };
}

/** What is free for the choices of a page. */
export interface WhatIsFree {
  /** All free slots, ascending. */
  readonly slots: readonly Slot[];
  /** The first start in each mode of the topic; undefined: there is none. */
  readonly firstByMode: readonly { readonly mode: Mode; readonly start: Instant | undefined }[];
  /** What stands against the choices, and what else would be possible, see `otherWaysView`. */
  readonly explanation: Explanation;
}

/** Finds what is free for these choices. The browser's own hold is ignored. */
export async function whatIsFree(
  { app, now, ...deps }: FreeSlotsDeps,
  { desk, choices }: Stage,
  { req, res }: { req: Request; res: Response },
): Promise<WhatIsFree> {
  const query = slotQueryOf(choices);
  const { also = [], topic } = choices;
  const except = (await ownHold(deps, req))?.id;
  // A page that is only read looks at the revision once; a form may have changed something before it shows slots.
  const snapshot = req.method === 'GET' ? res.locals.deskSnapshot : undefined;
  const slotsBy = async (mode: Mode | undefined, from?: string) => {
    const search = { deskId: desk.id, query: { ...query, mode }, audience: 'client', except } as const;
    const { slots } = await app.findSlots(search, from, snapshot);
    // Until the request would lapse there must be time to find somebody.
    return choices.interpreter ? slots.filter(({ time }) => lapsesAt(time.start, desk) > now()) : slots;
  };
  const slots = await slotsBy(query.mode, clientFrom(res));
  const firstByMode: { mode: Mode; start: Instant | undefined }[] = [];
  for (const mode of topic?.modes ?? []) {
    const [first] = mode === query.mode ? slots : await slotsBy(mode);
    firstByMode.push({ mode, start: first?.time.start });
  }
  const languages = also.length > 0 ? also : undefined;
  return { slots, firstByMode, explanation: await app.explainSlots({ deskId: desk.id, query, languages, except }) };
}

/** Returns the hold of this browser. */
async function ownHold(deps: Omit<FreeSlotsDeps, 'app' | 'now'>, req: Request): Promise<Hold | undefined> {
  const holder = holderOf(deps, req);
  return holder === undefined ? undefined : deps.storage.bookings.findHoldOf(holder);
}

/** Returns a sentence with the time zone of the shown times. @param shown all instants whose times are shown */
export function zoneSentence({ desk }: Stage, shown: readonly Instant[], { locale, t }: Reader): string {
  const { name, short } = zoneOf(deskTime(locale, desk.hours.timeZone), shown);
  return t('booking.zone', { zone: name, short, name: desk.hours.timeZone });
}
