import type { Booking, Details } from '../../domain/booking/booking';
import { videoLinkOf } from '../../domain/booking/videoLink';
import type { Interval } from '../../domain/calendar/interval';
import type { Desk, Mode, Topic } from '../../domain/desk';
import { inLanguage } from '../../domain/text';
import { deskTime, languageName } from '../../presentation/format';
import { reachOf } from '../../presentation/reach';
import type { Reader } from '../../presentation/texts';

/** One row of `partials/summaryList`. `change` is the page where the answer was given. */
interface Row {
  readonly key: string;
  readonly value: string;
  /** `auto` for text that people wrote, in whatever script; `ltr` for addresses and numbers. */
  readonly dir?: 'auto' | 'ltr';
  /** Where it is in another language than the page. */
  readonly lang?: string;
  /** Where the value leads to. */
  readonly href?: string;
  readonly change?: string | undefined;
}

interface Consultation {
  readonly time: Interval;
  readonly topic: Topic;
  readonly language: string;
  readonly mode: Mode;
}

/** What, when, where, in which language: the rows that every summary of a consultation begins with. */
export function consultationRows(
  { time, topic, language, mode }: Consultation,
  desk: Desk,
  { locale, t }: Reader,
): Record<'when' | 'mode' | 'topic' | 'language', Row> {
  const at = deskTime(locale, desk.hours.timeZone);
  const when = { date: at.date(time.start), span: at.span(time), zone: at.zoneShort(time.start) };
  return {
    when: { key: t('booking.rows.when'), value: t('booking.rows.whenValue', when) },
    mode: { key: t('booking.rows.mode'), value: t(`booking.mode.${mode}.where`, { address: desk.address }) },
    topic: { key: t('booking.rows.topic'), value: inLanguage(topic.name, locale) },
    language: { key: t('booking.rows.language'), value: languageName(language, language), lang: language },
  };
}

/** Who comes, as they told it; what was left empty has no row. */
export function detailRows({ client, attendees, onBehalfOf, note }: Details, { t }: Pick<Reader, 't'>): Row[] {
  const row = (key: string, value: string | null, dir: 'auto' | 'ltr'): Row[] =>
    value ? [{ key: t(`booking.rows.${key}`), value, dir }] : [];
  const { email, phone } = reachOf(client);
  return [
    ...row('name', client.name, 'auto'),
    ...row('email', email, 'ltr'),
    ...row('phone', phone, 'ltr'),
    ...row('attendees', attendees > 1 ? String(attendees) : null, 'ltr'),
    ...row('onBehalfOf', onBehalfOf && [onBehalfOf.name, onBehalfOf.organisation].filter(Boolean).join(', '), 'auto'),
    ...row('note', note, 'auto'),
  ];
}

/** A booking as its client sees it; the advisor only where the client was told the name. */
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

/** What a sheet of paper says besides: whose it is, and where to call. On the screen the name is for nobody who comes by. */
export function printRows({ client }: Booking, desk: Desk, { locale, t }: Reader): Row[] {
  return [
    { key: t('booking.rows.name'), value: client.name, dir: 'auto' },
    { key: t('booking.rows.deskPhone'), value: `${inLanguage(desk.name, locale)}, ${desk.phone}` },
  ];
}

/** The booking's topic; one that is offered no more stays for its bookings. */
export function topicOf({ topicId }: Pick<Booking, 'topicId'>, { topics }: Desk): Topic {
  const topic = topics.find(({ id }) => id === topicId);
  if (!topic) throw new Error('booking without its topic');
  return topic;
}
