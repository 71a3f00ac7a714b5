import { doorOf, type Ticket } from '../../../../app/queue/readQueue';
import { inLanguage } from '../../../../domain/text';
import { deskTime } from '../../../../presentation/format';
import { qrCode } from '../../../../presentation/qrCode';
import type { Reader, Translate } from '../../../../presentation/texts';

/** Returns what somebody who waits reads on their ticket. @param address of the ticket, for their own phone */
export function ticketView({ desk, entry, position, expected }: Ticket, address: string, { locale, t }: Reader) {
  const topic = desk.topics.find(({ id }) => id === entry.topicId);
  return {
    title: t('booking.ticket.title'),
    number: entry.number,
    isCalled: entry.state === 'called',
    door: entry.state === 'called' ? (doorOf(desk, entry) ?? undefined) : undefined,
    said: entry.state === 'parked' ? t('booking.ticket.parked') : t(`booking.ticket.${entry.state}`),
    before: position === null ? undefined : beforeText(t, position - 1),
    expected: position === null ? undefined : expectedText(),
    qr: qrCode(address),
    topic: topic && t('booking.ticket.topic', { topic: inLanguage(topic.name, locale) }),
  };

  function expectedText(): string {
    if (!expected) return t('booking.ticket.noTime');
    const { time } = deskTime(locale, desk.hours.timeZone);
    const words = { time: time(expected.start), from: time(expected.between.start), until: time(expected.between.end) };
    return t(words.from === words.until ? 'booking.ticket.expectedAt' : 'booking.ticket.expected', words);
  }
}

function beforeText(t: Translate, count: number): string {
  return count === 0 ? t('booking.ticket.next') : t('booking.ticket.before', { count });
}
