import type { Delivery } from '../../app/ports/webhooks';
import type { Desk } from '../../domain/desk';
import { deskTime } from '../../presentation/format';
import type { Reader } from '../../presentation/texts';

/** The colours of what became of a message, as states of bookings have them. */
const TONES = { sent: 'booked', waiting: 'done', failed: 'needs' } as const;

/** Returns how messages to other programs are told to people. */
export function webhookWords({ hours }: Pick<Desk, 'hours'>, { t, locale }: Reader) {
  const { dateAndTime } = deskTime(locale, hours.timeZone);
  const event = (name: Delivery['event']) => t(`webhooks.event.${name.replace('.', '-')}`);
  return {
    event,
    dateAndTime,
    /** The state of a message, what was answered last, and when it is sent again. */
    delivery: ({ event: name, state, attempts, status, notReached, triedAt, createdAt, nextAt }: Delivery) => ({
      event: event(name),
      at: dateAndTime(triedAt ?? createdAt),
      state: state === 'waiting' && attempts > 0 ? 'needs' : TONES[state],
      stateText: t(`webhooks.state.${state === 'waiting' && attempts > 0 ? 'postponed' : state}`),
      answer:
        notReached !== null
          ? t(`webhooks.notReached.${notReached}`)
          : status === null || state === 'sent'
            ? undefined
            : t('webhooks.answered', { status: String(status) }),
      /** One that was never sent goes out anyway. */
      mayAgain: state !== 'waiting' || attempts > 0,
      next: state === 'waiting' && attempts > 0 ? t('webhooks.next', { at: dateAndTime(nextAt) }) : undefined,
    }),
  };
}

/** Returns the host of an address, by which people know the program. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
