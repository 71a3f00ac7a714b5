import type { Hold } from '../../../../src/domain/booking/hold';
import { MINUTE } from '../../../../src/domain/calendar/interval';
import type { Desk } from '../../../../src/domain/desk';
import type { Slot } from '../../../../src/domain/slots/freeSlots';
import type { HeldStage } from '../../../../src/http/public/journey/heldStage';
import type { Choices } from '../../../../src/http/public/journey/journey';
import type { Stage } from '../../../../src/http/public/journey/stage';
import { aDesk, NOW, span, TUESDAY_NINE } from '../../../support/builders';

/** A page of the journey at the tests' desk, in English. */
export function aStage(choices: Choices = {}, desk: Desk = aDesk()): Stage {
  return { desk, place: { locale: 'en', desk: desk.id }, choices: { journey: 'one-journey', ...choices } };
}

/** All questions answered: residence law in English on the phone. */
export function anAnsweredStage(choices: Choices = {}, desk: Desk = aDesk()): Stage {
  return aStage({ language: 'en', topic: desk.topics[0], mode: 'phone', ...choices }, desk);
}

/** `TUESDAY_NINE` is kept for ten more minutes, for a call about residence law in English. */
export function aHeldStage({ hold, desk = aDesk() }: { hold?: Partial<Hold>; desk?: Desk } = {}): HeldStage {
  const { choices, ...stage } = anAnsweredStage({ mode: hold?.mode ?? 'phone' }, desk);
  const [topic] = desk.topics;
  if (!topic) throw new Error('a desk without topics');
  return {
    ...stage,
    choices,
    topic,
    hold: {
      id: 'h1',
      deskId: desk.id,
      topicId: topic.id,
      language: 'en',
      interpreting: null,
      mode: 'phone',
      advisorId: 'a1',
      tied: false,
      urgent: false,
      time: TUESDAY_NINE,
      blockedUntil: TUESDAY_NINE.end,
      heldUntil: NOW + 10 * MINUTE,
      renewals: 0,
      holder: 'a-browser',
      heldFrom: {},
      draft: {},
      createdAt: NOW,
      ...hold,
    },
  };
}

/** Half an hour each, for which one advisor is free; from ISO times with offset. */
export function freeAt(...starts: string[]): Slot[] {
  return starts.map((start) => ({ time: span(start, 30), free: 1 }));
}
