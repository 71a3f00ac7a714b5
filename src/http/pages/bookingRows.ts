import type { Booking, Details } from '../../domain/booking/booking';
import type { Interpreting } from '../../domain/booking/interpreting';
import { videoLinkOf } from '../../domain/booking/videoLink';
import type { Interval } from '../../domain/calendar/interval';
import { type Desk, isVisit, type Mode, type Topic } from '../../domain/desk';
import { inLanguage } from '../../domain/text';
import { directionsOf } from '../../domain/wordableTexts';
import { linesIn, type Printable, printed } from '../../presentation/deskText';
import { allOf, deskTime, languageName, withOrganisation } from '../../presentation/format';
import { personText, reachOf } from '../../presentation/reach';
import type { Reader } from '../../presentation/texts';

/** One row of `partials/summaryList`. `change` is the address of the page where the answer was given. */
interface Row {
  readonly key: string;
  readonly value?: Printable;
  /** The value where it has several lines. */
  readonly lines?: readonly Printable[];
  /** `auto` for text that people wrote, in any script; `ltr` for addresses and numbers. */
  readonly dir?: 'auto' | 'ltr';
  /** The language of the value, if it differs from the page's. */
  readonly lang?: string;
  /** The address to which the value links. */
  readonly href?: string;
  readonly change?: string | undefined;
}

interface Consultation {
  readonly time: Interval;
  readonly topic: Topic;
  readonly language: string;
  readonly interpreting?: Interpreting | null;
  readonly mode: Mode;
}

/** Returns the rows with which every summary of a consultation begins: topic, time, place and language. */
export function consultationRows(
  { time, topic, language, interpreting, mode }: Consultation,
  desk: Desk,
  { locale, t }: Reader,
): Record<'when' | 'mode' | 'topic' | 'language', Row> {
  const at = deskTime(locale, desk.hours.timeZone);
  const place = t(`booking.mode.${mode}.where`, { address: desk.address });
  const wayIn = directionsOf(desk);
  const directions = isVisit(mode) && wayIn ? linesIn(wayIn, locale) : [];
  const when = { date: at.date(time.start), span: at.span(time), zone: at.zoneShort(time.start) };
  return {
    when: { key: t('booking.rows.when'), value: t('booking.rows.whenValue', when) },
    mode: {
      key: t('booking.rows.mode'),
      ...(directions.length > 0 ? { lines: [place, ...directions] } : { value: place }),
    },
    topic: { key: t('booking.rows.topic'), value: printed(topic.name, locale) },
    language: interpreting
      ? {
          key: t('booking.rows.language'),
          value: t('booking.interpreter.into', { language: languageName(locale, interpreting.language) }),
        }
      : { key: t('booking.rows.language'), value: languageName(language, language), lang: language },
  };
}

/** Returns the rows of the client's details; fields that were left empty have none. */
export function detailRows(
  { client, attendees, onBehalfOf, people, support, note }: Details,
  { locale, t }: Reader,
): Row[] {
  const row = (key: string, value: string | null, dir: 'auto' | 'ltr'): Row[] =>
    value ? [{ key: t(`booking.rows.${key}`), value, dir }] : [];
  const { email, phone } = reachOf(client);
  return [
    ...row('name', client.name, 'auto'),
    ...row('email', email, 'ltr'),
    ...(email
      ? [
          {
            key: t('booking.rows.mailLanguage'),
            value: languageName(client.language, client.language),
            lang: client.language,
          },
        ]
      : []),
    ...row('phone', phone, 'ltr'),
    ...row('attendees', attendees > 1 ? String(attendees) : null, 'ltr'),
    ...row('onBehalfOf', onBehalfOf && withOrganisation(onBehalfOf), 'auto'),
    ...row('people', people.length > 0 ? allOf(locale, people.map(personText)) : null, 'auto'),
    ...row(
      'support',
      support.length > 0 ? support.map((need) => t(`booking.support.${need}`)).join(' · ') : null,
      'auto',
    ),
    ...row('note', note, 'auto'),
  ];
}

/** Returns the rows of a booking for its client; the advisor is included only if the client was told the name. */
export function bookingRows(booking: Booking, desk: Desk, reader: Reader): Row[] {
  const { when, mode, topic, language } = consultationRows({ ...booking, topic: topicOf(booking, desk) }, desk, reader);
  const advisor = booking.tied ? desk.advisors.find(({ id }) => id === booking.advisorId)?.name : undefined;
  const withAdvisor: Row[] = advisor ? [{ key: reader.t('booking.rows.advisor'), value: advisor, dir: 'auto' }] : [];
  const link = videoLinkOf(booking, desk);
  const { t } = reader;
  const place: Row[] =
    link === null
      ? [mode]
      : [
          { key: mode.key, value: t('booking.mode.video.name') },
          { key: t('booking.rows.videoLink'), value: link, dir: 'ltr', href: link },
        ];
  return [when, ...place, topic, language, ...withAdvisor];
}

/**
 * Returns the additional rows on paper: the client's name, and the phone number. The screen does not show the name,
 * because others may see it.
 */
export function printRows({ client }: Booking, desk: Desk, { locale, t }: Reader): Row[] {
  return [
    { key: t('booking.rows.name'), value: client.name, dir: 'auto' },
    { key: t('booking.rows.deskPhone'), value: `${inLanguage(desk.name, locale)}, ${desk.phone}` },
  ];
}

/** Returns the booking's topic; retired topics are kept for their bookings. */
export function topicOf({ topicId }: Pick<Booking, 'topicId'>, { topics }: Desk): Topic {
  const topic = topics.find(({ id }) => id === topicId);
  if (!topic) throw new Error('booking without its topic');
  return topic;
}
