import type { AskedChange } from '../../../app/cases/changeCases';
import { type Case, STEP_STATES } from '../../../domain/cases/case';
import { DomainError } from '../../../domain/errors';
import type { Fields } from '../forms';

type Deed = { readonly change: AskedChange } | { readonly share: string } | { readonly unshare: string };

/**
 * Returns what a button of the page asks for.
 *
 * @param of `taken`: what was agreed in the meeting that a button names
 * @throws DomainError `invalid` for none that is known
 */
export function readDeed(
  { deed, about = '' }: Fields,
  { steps, meetings, taken }: Pick<Case, 'steps' | 'meetings'> & { readonly taken: NonNullable<AskedChange['steps']> },
): Deed {
  const ids = meetings.map(({ bookingId }) => bookingId);
  const state = STEP_STATES.find((each) => each === deed);
  if (state) return { change: { steps: steps.map((each) => (each.id === about ? { ...each, state } : each)) } };
  if (deed === 'take') return { change: { steps: [...steps, ...taken] } };
  if (deed === 'attach') return { change: { bookings: [...ids, about] } };
  if (deed === 'detach') return { change: { bookings: ids.filter((id) => id !== about) } };
  if (deed === 'disagree') return { change: { strategy: { agreedOn: null } } };
  if (deed === 'reopen') return { change: { state: 'open' } };
  if (deed === 'share') return { share: about };
  if (deed === 'unshare') return { unshare: about };
  throw new DomainError('invalid', { reason: 'expected a button of the page' });
}
