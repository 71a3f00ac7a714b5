import type { Interval } from '../domain/calendar/interval';
import type { BookingFacts } from '../domain/notifications/mailFacts';
import type { DeskTime } from '../presentation/format';
import type { Translate } from '../presentation/texts';

/** One row of a mail. HTML and text print the same rows, so they cannot differ. */
export interface MailRow {
  readonly label: string;
  readonly lines: readonly string[];
  /** A last line in smaller print. */
  readonly aside?: string;
  /** `true` to print the row in bold, because readers look for it first. */
  readonly main?: boolean;
  /** `true` if each line is an item of a list instead of a part of one text. */
  readonly list?: boolean;
  /** The link of the row's only line. */
  readonly href?: string;
  /** `true` if the row no longer holds; HTML strikes it out. */
  readonly over?: boolean;
}

/** Makes a row with the label `mail.label.<name>`. */
export function row(
  t: Translate,
  name: string,
  lines: readonly string[],
  kind: Omit<MailRow, 'label' | 'lines'> = {},
): MailRow {
  return { label: t(`mail.label.${name}`), lines, ...kind };
}

/** Keeps the rows that have a line. */
export function rows(...all: readonly (MailRow | null)[]): MailRow[] {
  return all.filter((row) => row !== null).filter((row) => row.lines.length > 0);
}

/** Makes the row with the video link; null if the booking has none. */
export function videoLinkRow(t: Translate, { videoLink }: Pick<BookingFacts, 'videoLink'>): MailRow | null {
  return videoLink === null ? null : row(t, 'videoLink', [videoLink], { href: videoLink });
}

/** Makes the row with day and times. It names the zone, because clients may read the mail abroad. */
export function when(t: Translate, name: string, time: Interval, at: DeskTime, timeZone: string): MailRow {
  const lines = [at.date(time.start), t('mail.when.time', { span: at.span(time) })];
  const zone = { name: at.zoneName(time.start), short: at.zoneShort(time.start), timeZone };
  return row(t, name, lines, { aside: t('mail.when.zone', zone), main: true });
}

/** "Dienstag, 1. Dezember 2026, 09:00–09:30 Uhr" */
export function whenLine(t: Translate, time: Interval, at: DeskTime): string {
  return t('mail.when.short', { date: at.date(time.start), span: at.span(time) });
}
