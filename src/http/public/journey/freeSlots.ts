import type { Request, Response } from 'express';
import type { Explanation } from '../../../app/slots/explainSlots';
import type { SlotQuery } from '../../../app/slots/slotQuery';
import type { Hold } from '../../../domain/booking/hold';
import type { Instant } from '../../../domain/calendar/interval';
import type { Slot } from '../../../domain/slots/freeSlots';
import { deskTime, zoneOf } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import type { HttpDeps } from '../../deps';
import { clientFrom } from '../../middleware/rateLimit';
import { holderOf } from './holder';
import type { Choices } from './journey';
import type { Stage } from './stage';

export type FreeSlotsDeps = Pick<HttpDeps, 'app' | 'storage' | 'tokens' | 'baseUrl' | 'now'>;

/** Returns the choices as a query for slots. */
export function slotQueryOf({ language, topic, mode }: Choices): SlotQuery {
  return { topicId: topic?.id ?? '', language: language ?? '', mode };
}

/** Returns all free slots for these choices. The browser's own hold is ignored. */
export async function slotsFor(
  deps: FreeSlotsDeps,
  { desk, choices }: Stage,
  { req, res }: { req: Request; res: Response },
): Promise<readonly Slot[]> {
  const own = await ownHold(deps, req);
  const search = { deskId: desk.id, query: slotQueryOf(choices), audience: 'client', except: own?.id } as const;
  // A page that is only read looks at the revision once; a form may have changed something before it shows slots.
  const snapshot = req.method === 'GET' ? res.locals.deskSnapshot : undefined;
  return (await deps.app.findSlots(search, clientFrom(res), snapshot)).slots;
}

/** Returns what stands against these choices, and what else would be possible, see `otherWaysView`. */
export async function explainedFor(deps: FreeSlotsDeps, { desk, choices }: Stage, req: Request): Promise<Explanation> {
  const { also = [] } = choices;
  return deps.app.explainSlots({
    deskId: desk.id,
    query: slotQueryOf(choices),
    languages: also.length > 0 ? also : undefined,
    except: (await ownHold(deps, req))?.id,
  });
}

/** Returns the hold of this browser. */
async function ownHold(deps: FreeSlotsDeps, req: Request): Promise<Hold | undefined> {
  const holder = holderOf(deps, req);
  return holder === undefined ? undefined : deps.storage.bookings.findHoldOf(holder);
}

/** Returns a sentence with the time zone of the shown times. @param shown all instants whose times are shown */
export function zoneSentence({ desk }: Stage, shown: readonly Instant[], { locale, t }: Reader): string {
  const { name, short } = zoneOf(deskTime(locale, desk.hours.timeZone), shown);
  return t('booking.zone', { zone: name, short, name: desk.hours.timeZone });
}
