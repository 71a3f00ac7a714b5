import { setImmediate as othersTurn, setTimeout as pause } from 'node:timers/promises';
import { type Program, VIEWS } from './compose';
import { transliteration } from './domain/booking/latinLetters';
import { rrule } from './domain/calendar/expansion';
import { dateHolidays } from './domain/calendar/holidays';
import { luxon } from './domain/calendar/zone';
import { phones } from './fields/phone';
import { promClient } from './http/measures';
import { ics } from './mail/calendarFile';
import { mimeNode } from './mail/mime';
import { nodemailer } from './mail/smtp';
import { readTemplates } from './presentation/templates';

/** So long after the program listens nothing is loaded, so that whoever waits for it gets the first answer. */
const FIRST_ANSWER_MS = 250;

/** Loads what a start leaves out, in the order in which a client who books needs it. */
const REST: readonly (() => unknown)[] = [
  promClient,
  () => readTemplates(VIEWS),
  luxon,
  rrule,
  dateHolidays,
  phones,
  transliteration,
  ics,
  mimeNode,
  nodemailer,
];

/**
 * Loads the packages that are used by clients and mails and not by the start itself, so that neither the start nor the
 * first client waits for them; then it compares time zone data. Requests are answered in between.
 */
export async function loadRest({
  watchZoneData,
  stopping: { signal },
}: Pick<Program, 'watchZoneData' | 'stopping'>): Promise<void> {
  await pause(FIRST_ANSWER_MS, undefined, { signal }).catch(() => {});
  for (const load of REST) {
    if (signal.aborted) return;
    load();
    await othersTurn();
  }
  await watchZoneData();
}
