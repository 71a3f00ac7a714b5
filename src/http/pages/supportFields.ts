import { SUPPORT, type Support } from '../../domain/booking/booking';
import { isVisit, type Mode } from '../../domain/desk';

/** Returns the name of the tick for something that is needed. */
export function supportField(need: Support): string {
  return `support-${need}`;
}

/** Returns what can be asked for in a mode: a chair or a room only by those who come. */
export function supportFor(mode: Mode): readonly Support[] {
  return isVisit(mode) ? SUPPORT : ['sign_language'];
}

type Typed = Readonly<Record<string, string>>;

/** Returns what was ticked of that which can be asked for in the mode. */
export function tickedSupport(mode: Mode, typed: Typed): Support[] {
  return supportFor(mode).filter((need) => typed[supportField(need)] === 'true');
}

/** Returns the ticks of `partials/supportTicks`, with what was ticked. @param say the words for a need */
export function supportTicks(mode: Mode, typed: Typed, say: (need: Support) => string) {
  return supportFor(mode).map((need) => ({
    id: supportField(need),
    text: say(need),
    checked: typed[supportField(need)] === 'true',
  }));
}
