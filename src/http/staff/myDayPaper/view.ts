import type { Booking } from '../../../domain/booking/booking';
import { assetUrl } from '../../../paths';
import { dayName } from '../../../presentation/format';
import type { Around } from '../day/board/around';
import { spansOf } from '../myDay/day';
import { itemView } from '../myDay/item';
import type { OwnDay } from '../myDay/load';
import { myDayAddress } from '../myDay/query';

/** How many lines there are to write down what came out. */
const OUTCOME_LINES = 4;

/** A day as it goes on paper. */
export interface PaperFacts {
  readonly day: OwnDay;
  readonly advisor: string;
  /** As `OwnDay` has them, with what the clients came for before. */
  readonly visits: ReadonlyMap<string, readonly Booking[]>;
}

/** Returns one's own day on paper: all consultations with what was told beforehand, and lines for what came out. */
export function paperView({ day, advisor, visits }: PaperFacts, around: Around) {
  const { desk, now, words, reader } = around;
  const { date } = day.plan;
  const planned = day.column?.bookings ?? [];
  return {
    title: reader.t('myDay.paper.title', { advisor, day: dayName(reader.locale, date) }),
    advisor,
    day: dayName(reader.locale, date),
    isPaper: true,
    works: spansOf(day, around),
    asOf: reader.t('myDay.paper.asOf', { when: words.time.dateAndTime(now) }),
    items: planned.map((each) => itemView(each, visits.get(each.booking.id) ?? [], around)),
    lines: Array.from({ length: OUTCOME_LINES }),
    backHref: myDayAddress(desk.id, { date, view: 'day' }),
    scripts: [{ src: assetUrl('staffPrint.js'), module: true }],
  };
}

/** Returns the same day as a file that is kept for a power cut, with what it is and until when it is true. */
export function offlineView(facts: PaperFacts, around: Around) {
  const { t } = around.reader;
  const paper = paperView(facts, around);
  return {
    ...paper,
    scripts: undefined,
    // It stands alone: nothing around it, and nothing that it would fetch.
    layout: false,
    warning: t('myDay.offline.warning'),
    holds: t('myDay.offline.holds', { when: around.words.time.dateAndTime(around.now), day: paper.day }),
    zone: t('staff.day.zone', { zone: around.words.time.zoneName(facts.day.plan.open[0]?.start ?? around.now) }),
  };
}
