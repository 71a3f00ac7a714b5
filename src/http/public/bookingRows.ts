import type { Booking, Details } from '../../domain/booking/booking';
import type { Interval } from '../../domain/calendar/interval';
import type { Desk, Mode, Topic } from '../../domain/desk';
import { inLanguage } from '../../domain/text';
import { deskTime, languageName } from '../../presentation/format';
import type { Locale, Translate } from '../../presentation/texts';

interface Reader {
  readonly locale: Locale;
  readonly t: Translate;
}

/** One row of a summary list. `change` leads to the page where the answer was given. `isolate`: text of people, any script. */
export interface Row {
  readonly key: string;
  readonly value: string;
  readonly change?: { readonly href: string; readonly text: string; readonly what: string } | undefined;
  readonly ltr?: boolean;
}

interface Consultation {
  readonly time: Interval;
  readonly topic: Topic;
  readonly language: string;
  readonly mode: Mode;
  /** Only where the client was told the name. */
  readonly advisor?: string | undefined;
}

/** What, when, where, in which language: the rows that every summary of a consultation begins with. */
export function consultationRows(
  { time, topic, language, mode, advisor }: Consultation,
  desk: Desk,
  { locale, t }: Reader,
): Record<'when' | 'topic' | 'language' | 'mode', Row> & { advisor?: Row } {
  const at = deskTime(locale, desk.hours.timeZone);
  return {
    when: {
      key: t('booking.rows.when'),
      value: t('booking.rows.whenValue', {
        date: at.date(time.start),
        span: at.span(time),
        zone: at.zoneShort(time.start),
      }),
    },
    topic: { key: t('booking.rows.topic'), value: inLanguage(topic.name, locale) },
    language: { key: t('booking.rows.language'), value: languageName(locale, language) },
    mode: { key: t('booking.rows.mode'), value: t(`booking.mode.${mode}.where`, { address: desk.address }) },
    ...(advisor ? { advisor: { key: t('booking.rows.advisor'), value: advisor } } : {}),
  };
}

/** Who comes, as they told it. */
export function detailRows({ client, attendees, onBehalfOf, note }: Details, { t }: Pick<Reader, 't'>): Row[] {
  const row = (key: string, value: string | null, ltr = false): Row[] =>
    value ? [{ key: t(`booking.rows.${key}`), value, ltr }] : [];
  return [
    ...row('name', client.name),
    ...row('email', client.email, true),
    ...row('phone', client.phone, true),
    ...row('attendees', attendees > 1 ? String(attendees) : null),
    ...row('onBehalfOf', onBehalfOf && [onBehalfOf.name, onBehalfOf.organisation].filter(Boolean).join(', ')),
    ...row('note', note),
  ];
}

/** The rows of a booking as its client sees it. */
export function bookingRows(booking: Booking, desk: Desk, reader: Reader): Row[] {
  const topic = desk.topics.find(({ id }) => id === booking.topicId);
  if (!topic) throw new Error('booking without its topic');
  const advisor = booking.tied ? desk.advisors.find(({ id }) => id === booking.advisorId)?.name : undefined;
  const rows = consultationRows({ ...booking, topic, advisor }, desk, reader);
  return [
    rows.when,
    rows.mode,
    rows.topic,
    rows.language,
    ...(rows.advisor ? [rows.advisor] : []),
    ...detailRows(booking, reader),
  ];
}

/** What to bring, one item each. */
export function bringList(desk: Desk, topicId: string, locale: Locale): string[] {
  const bring = desk.topics.find(({ id }) => id === topicId)?.bring;
  return bring ? inLanguage(bring, locale).split('\n').filter(Boolean) : [];
}
