import type { ConsultationFact } from '../../src/domain/booking/consultationFact';
import type { FactCount } from '../../src/domain/figures/monthTables';

/** A consultation on residence law, in English and in person, that was held in October 2026. */
export function aFact(part: Partial<ConsultationFact> = {}): ConsultationFact {
  return {
    deskId: 'expat-desk',
    month: '2026-10',
    topicId: 'residence',
    language: 'en',
    mode: 'in_person',
    source: 'web',
    status: 'completed',
    isCancelledLate: false,
    isGivenBack: false,
    reminded: null,
    attendees: 1,
    persons: 1,
    onBehalf: false,
    ...{ isFollowUp: false, referredTo: null, group: null },
    waitingDays: 7,
    minutes: 30,
    ...part,
  };
}

/** The same fact several times. */
export function facts(count: number, part: Partial<ConsultationFact> = {}): ConsultationFact[] {
  return Array.from({ length: count }, () => aFact(part));
}

/** As the store counts equal facts. */
export function aFactCount(count: number, part: Partial<FactCount> = {}): FactCount {
  const { deskId: _, attendees, onBehalf, isFollowUp, referredTo, group, ...fact } = aFact();
  return { ...fact, count, persons: count, minutes: 30 * count, ...part };
}
