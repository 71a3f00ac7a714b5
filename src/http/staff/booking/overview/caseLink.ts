import type { CaseHint } from '../../../../app/cases/readCases';
import { mayKeepCases } from '../../../../domain/staff/caseRights';
import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import type { SignedIn } from '../../../middleware/staff';
import type { BookingAtDesk } from '../../desk';

interface Facts extends BookingAtDesk {
  readonly staff: SignedIn;
  readonly hint: CaseHint;
}

/** Returns the way to the case of a booking, or that there is one, or the way to begin one; undefined: none of these. */
export function caseLink({ desk, booking, staff, hint }: Facts, { t }: Reader) {
  if (desk.cases === null) return undefined;
  if (hint?.id) return { text: t('cases.onBooking.open'), href: url(paths.staffCase, { desk: desk.id, id: hint.id }) };
  if (hint) return { text: t('cases.onBooking.hidden') };
  if (!mayKeepCases(staff, desk.id)) return undefined;
  return {
    text: t('cases.onBooking.begin'),
    href: url(paths.staffNewCase, { desk: desk.id }, { booking: booking.id }),
  };
}
