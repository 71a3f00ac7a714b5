import type { Booking } from '../../../../domain/booking/booking';
import { hasBegun, stepIn } from '../../../../domain/booking/outcome';
import type { Instant } from '../../../../domain/calendar/interval';
import type { Desk } from '../../../../domain/desk';
import { mayServeBooking } from '../../../../domain/staff/rights';
import { inLanguage } from '../../../../domain/text';
import { paths, url } from '../../../../paths';
import { direction } from '../../../../presentation/direction';
import { dayName } from '../../../../presentation/format';
import type { Reader } from '../../../../presentation/texts';
import type { SignedIn } from '../../../middleware/staff';
import { wordsOf } from '../../words';

/** The consultations of the same client before and after this one, as far as they are still there. */
export interface Chain {
  readonly before: Booking | undefined;
  readonly after: readonly Booking[];
}

interface Facts {
  readonly desk: Desk;
  readonly booking: Booking;
  readonly chain: Chain;
  readonly staff: SignedIn;
  readonly now: Instant;
}

/** Returns what became of the consultation, what comes next, and where both are noted if the person may. */
export function outcomeSection({ desk, booking, chain, staff, now }: Facts, reader: Reader) {
  const { t, locale } = reader;
  const { id, outcome, status } = booking;
  const mayNote = mayServeBooking(staff, booking) && hasBegun(booking, now);
  const words = wordsOf(desk, reader);
  const linkTo = ({ id: other, time }: Booking) => ({
    href: url(paths.staffBooking, { id: other }),
    text: words.time.dateAndTime(time.start),
  });
  const partner = desk.partners.find((each) => each.id === outcome?.referral?.partnerId);
  return {
    kind: outcome && t(`outcome.kind.${outcome.kind}`),
    steps: (outcome?.nextSteps ?? []).map((step) => {
      const { text, language } = stepIn(step, locale);
      const due = step.due === null ? undefined : t('outcome.dueBy', { day: dayName(locale, step.due) });
      return { text, lang: language, dir: direction(language), due };
    }),
    partner: partner && inLanguage(partner.name, locale),
    follows: chain.before && linkTo(chain.before),
    followedBy: chain.after.map(linkTo),
    noteHref: mayNote ? url(paths.staffOutcome, { id }) : undefined,
    noteText: t(outcome === null ? 'outcome.note' : 'outcome.correct'),
    isMissing: outcome === null && status === 'completed' && chain.after.length === 0,
    followUpHref: mayNote ? url(paths.staffFollowUp, { id }) : undefined,
    elsewhereHref: mayNote && partner?.bookingDesk ? url(paths.staffElsewhere, { id }) : undefined,
    stepsHref: outcome && (outcome.nextSteps.length > 0 || partner) ? url(paths.staffSteps, { id }) : undefined,
  };
}
