import { DAY } from '../../domain/calendar/dates';
import type { Instant, Interval } from '../../domain/calendar/interval';
import { isOpenAt, nextOpening } from '../../domain/calendar/openingHours';
import { type Desk, languagesOf } from '../../domain/desk';
import { attendedIn } from '../../domain/slots/attended';
import type { LanguageTag } from '../../domain/text';
import type { AppDeps } from '../deps';
import type { FirstFree, findFirstFree } from '../slots/firstFree';

/** Who is closed for longer has no time at which they open again. */
const AHEAD_DAYS = 366;

/** Whether somebody is there now. */
interface OpenNow {
  /** The end of the window that is open; null: closed. */
  readonly until: Instant | null;
  /** When the next window begins; null: not within a year. */
  readonly opensAgain: Instant | null;
}

interface DeskStatus extends OpenNow {
  readonly desk: Desk;
  /** The same for each language: whether somebody is there who speaks it. */
  readonly languages: readonly ({ readonly language: LanguageTag } & OpenNow)[];
  readonly firstFree: readonly FirstFree[];
}

type ReadStatus = (deskId: string) => Promise<DeskStatus>;

/**
 * Reads whether the desk is open, and what is free first in each language, for signs, websites and telephone systems.
 *
 * @throws DomainError `not-found`
 */
export function readStatus(
  { storage, now }: Pick<AppDeps, 'storage' | 'now'>,
  firstFreeAt: ReturnType<typeof findFirstFree>,
): ReadStatus {
  return async (deskId) => {
    const { desk, firstFree } = await firstFreeAt(deskId);
    const at = now();
    const range = { start: at, end: at + AHEAD_DAYS * DAY };
    const attended = attendedIn(desk, await storage.desks.absences(deskId, range), range);
    const opening = nextOpening(desk.hours, at + 1, AHEAD_DAYS);
    return {
      desk,
      until: isOpenAt(desk.hours, at)?.end ?? null,
      opensAgain: opening?.start ?? null,
      languages: languagesOf(desk).map((language) => ({ language, ...openNow(attended(language), at) })),
      firstFree,
    };
  };
}

function openNow(windows: readonly Interval[], at: Instant): OpenNow {
  return {
    until: windows.find(({ start, end }) => start <= at && at < end)?.end ?? null,
    opensAgain: windows.find(({ start }) => start > at)?.start ?? null,
  };
}
