import type { Booking } from '../../../../domain/booking/booking';
import { clientsLanguage } from '../../../../domain/booking/interpreting';
import { toIso } from '../../../../domain/calendar/zone';
import type { Desk, Topic } from '../../../../domain/desk';
import type { Slot } from '../../../../domain/slots/freeSlots';
import { inLanguage } from '../../../../domain/text';
import { assetUrl, paths, url } from '../../../../paths';
import {
  type ClientLocale,
  clientLocaleFor,
  HOUSE_LOCALE,
  type Reader,
  type Texts,
} from '../../../../presentation/texts';
import { sheetView } from '../../../pages/sheet';
import type { BookingAtDesk } from '../../desk';
import { carried } from '../../forms';
import { wordsOf } from '../../words';
import { bookingHead, noticeOf } from '../head';

interface Facts extends BookingAtDesk {
  readonly other: Desk;
  readonly topics: readonly Topic[];
  readonly chosen: Topic | undefined;
  readonly slots: readonly Slot[];
  /** What was booked there just now. */
  readonly booked?: Booking | undefined;
  readonly refusal?: string | undefined;
  /** Makes two presses of a button count once. */
  readonly key: string;
  /** Those of all languages. */
  readonly texts: Texts;
}

/** As many starts are shown, the earliest first. */
const MAX_STARTS = 8;

/** Returns the first free starts at the other desk, each as a button that books it; or the sheet of what is booked. */
export function elsewhereView(facts: Facts, reader: Reader) {
  const { booking, desk, other, topics, chosen, slots, booked, refusal, key } = facts;
  const { t, locale } = reader;
  const name = inLanguage(other.name, locale);
  const there = wordsOf(other, reader);
  return {
    ...bookingHead({ desk, booking }, reader),
    title: t('elsewhere.title', { desk: name }),
    action: url(paths.staffElsewhere, { id: booking.id }),
    hidden: carried({ key, topic: chosen?.id ?? '' }, ['key', 'topic']),
    refusal,
    done: booked && t('elsewhere.booked', { desk: name, reference: booked.reference }),
    lead: t('elsewhere.lead', { language: there.language(clientsLanguage(booking)) }),
    topics: topics.map(({ id }) => ({ value: id, text: there.topic(id), selected: id === chosen?.id })),
    starts: slots.slice(0, MAX_STARTS).map(({ time }) => ({
      value: toIso(time.start, other.hours.timeZone),
      text: t('followUp.start', { day: there.time.shortDay(time.start), time: there.time.time(time.start) }),
    })),
    notice: noticeOf(booking, wordsOf(desk, reader), reader),
    sheets: booked ? sheetsOf(booked, facts) : [],
    scripts: [{ src: assetUrl('staffPrint.js'), module: true }],
  };
}

function sheetsOf(booking: Booking, { other: desk, texts }: Facts) {
  const locales = [...new Set<ClientLocale>([clientLocaleFor(booking.client.language), HOUSE_LOCALE])];
  return locales.map((locale) => sheetView({ booking, desk }, { locale, t: texts.in('client', locale) }));
}
