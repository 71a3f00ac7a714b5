import { SUPPORT, type Support } from '../../domain/booking/booking';
import { isVisit, type Mode } from '../../domain/desk';
import type { Translate } from '../../presentation/texts';

/** Returns the name of the tick for something that is needed. */
export function supportField(need: Support): string {
  return `support-${need}`;
}

/** Returns what can be asked for in a mode: a chair or a room only by those who come. */
export function supportFor(mode: Mode): readonly Support[] {
  return isVisit(mode) ? SUPPORT : ['sign_language'];
}

/** Returns the ticks of `partials/supportTicks`, with what was ticked. */
export function supportTicks(mode: Mode, typed: Readonly<Record<string, string>>, t: Translate) {
  return supportFor(mode).map((need) => ({
    id: supportField(need),
    text: t(`booking.support.${need}`),
    checked: typed[supportField(need)] === 'true',
  }));
}
