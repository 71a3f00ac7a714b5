import type { Booking } from '../domain/booking/booking';
import { videoLinkOf } from '../domain/booking/videoLink';
import type { Interval } from '../domain/calendar/interval';
import type { Desk } from '../domain/desk';
import type { DeskTime } from '../presentation/format';
import type { Translate } from '../presentation/texts';

/** One row of a mail. Templates print it; an HTML and a text mail cannot differ in it. */
export interface Fact {
  readonly label: string;
  readonly lines: readonly string[];
  /** A smaller last line. */
  readonly aside?: string;
  /** What one looks for first: in bold. */
  readonly main?: boolean;
  /** One item a line, rather than one text in several lines. */
  readonly list?: boolean;
  /** Where its one line leads to. */
  readonly href?: string;
  /** No longer true: struck out, where that can be shown. */
  readonly over?: boolean;
}

/** A row with the label `mail.label.<name>`. */
export function fact(
  t: Translate,
  name: string,
  lines: readonly string[],
  kind: Omit<Fact, 'label' | 'lines'> = {},
): Fact {
  return { label: t(`mail.label.${name}`), lines, ...kind };
}

/** Those rows that say something. */
export function facts(...rows: readonly (Fact | null)[]): Fact[] {
  return rows.filter((row) => row !== null).filter((row) => row.lines.length > 0);
}

/** By which link both meet; null: there is none. */
export function videoLinkFact(t: Translate, { booking, desk }: { booking: Booking; desk: Desk }): Fact | null {
  const link = videoLinkOf(booking, desk);
  return link === null ? null : fact(t, 'videoLink', [link], { href: link });
}

/** Day and hours, and the zone in words: clients may read this abroad. */
export function when(t: Translate, name: string, time: Interval, at: DeskTime, timeZone: string): Fact {
  const lines = [at.date(time.start), t('mail.when.time', { span: at.span(time) })];
  const zone = { name: at.zoneName(time.start), short: at.zoneShort(time.start), timeZone };
  return fact(t, name, lines, { aside: t('mail.when.zone', zone), main: true });
}

/** "Dienstag, 1. Dezember 2026, 09:00–09:30 Uhr" */
export function whenLine(t: Translate, time: Interval, at: DeskTime): string {
  return t('mail.when.short', { date: at.date(time.start), span: at.span(time) });
}
