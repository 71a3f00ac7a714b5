import type { DeskChange } from '../../app/desks/changeDesk';
import type { AdvisorEntry, PartnerEntry, RoomsEntry, TopicEntry } from '../../app/ports/deskStore';
import type { Question } from '../../domain/booking/questions';
import type { Topic } from '../../domain/desk';
import { missingPartnerTexts, missingTexts } from '../../domain/deskParts';
import type { ReserveUse } from '../../domain/slots/reserveUse';
import { CLIENT_LOCALES } from '../../presentation/texts';
import { type Json, partnerJson, questionJson, staffBookingJson } from './present';
import { ruleJson } from './presentHours';
import type * as schema from './schemas';

/** Pure functions from the desk's own data to the API's answers; each part can be changed and sent back. */

export function topicEntryJson({ part, origin, version }: TopicEntry): Json<typeof schema.TopicEntry> {
  const { id, name, description, neutralName, shortName, sentence, group, bring, haveReady } = part;
  return {
    ...{ id, name, description, neutralName, shortName, sentence, group },
    forEmployers: part.forEmployers,
    searchWords: [...part.searchWords],
    durationMinutes: part.durationMinutes,
    bufferMinutes: part.bufferMinutes,
    modes: [...part.modes],
    bring,
    haveReady,
    questions: askedBy(part).map(askedJson),
    phrases: part.phrases.map(({ id, text }) => ({ id, text })),
    leadTimeMinutes: part.leadTimeMinutes,
    leadTimeOpenMinutes: part.leadTimeOpenMinutes,
    leadTimeWorkingDays: part.leadTimeWorkingDays,
    horizonDays: part.horizonDays,
    maxPeople: part.maxPeople,
    partners: [...part.partners],
    retired: part.retired ?? false,
    missing: missingTexts(part, CLIENT_LOCALES),
    ...{ origin, version },
  };
}

export function questionsJson(entries: readonly TopicEntry[]): Json<typeof schema.Questions> {
  return {
    questions: entries
      .filter(({ part }) => !part.retired)
      .flatMap(({ part, version }) =>
        askedBy(part).map((question) => ({ topic: part.id, ...askedJson(question), version })),
      ),
  };
}

function askedBy({ questions }: Topic): Question[] {
  return questions.filter(({ retired }) => !retired);
}

function askedJson(question: Question) {
  return { ...questionJson(question), audience: question.audience };
}

export function partnerEntryJson({ part, origin, version }: PartnerEntry): Json<typeof schema.PartnerEntry> {
  return {
    ...partnerJson(part),
    retired: part.retired ?? false,
    missing: missingPartnerTexts(part, CLIENT_LOCALES),
    ...{ origin, version },
  };
}

export function advisorEntryJson({ part, origin, version }: AdvisorEntry): Json<typeof schema.AdvisorEntry> {
  const { id, name, email, languages, levels, topics, modes, workingRules } = part;
  const { videoLink, door, from, until, retired } = part;
  return {
    ...{ id, name, email, languages: [...languages], ...(levels && { levels: { ...levels } }), topics: [...topics] },
    ...(modes && { modes: [...modes] }),
    workingRules: workingRules.map(ruleJson),
    ...(videoLink !== undefined && { videoLink }),
    ...(door !== undefined && { door }),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    retired: retired ?? false,
    ...{ origin, version },
  };
}

export function reservesJson({ part, origin, version }: RoomsEntry): Json<typeof schema.Reserves> {
  return {
    reserves: part.reserves.map(({ language, topicId, urgent, startsPerDay, releaseWorkingDays }) => ({
      ...{ language, topic: topicId, urgent, startsPerDay, releaseWorkingDays },
    })),
    capacities: { ...part.capacities },
    ...{ origin, version },
  };
}

export function replayJson(uses: readonly ReserveUse[], days: number): Json<typeof schema.ReservesReplay> {
  return {
    days,
    reserves: uses.map(({ reserve: { language, topicId, urgent }, kept, used, released, late }) => ({
      ...{ language, topic: topicId, urgent, kept, used, released, late },
    })),
  };
}

export function deskChangeJson(change: DeskChange): Json<typeof schema.DeskChange> {
  const { id, outcome, version, desk, differences, affected, unreachable, planId } = change;
  return {
    ...{ id, outcome, version },
    changes: differences.map(({ kind, at, before, after }) => ({
      ...{ kind, at },
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    })),
    affected: affected.map((booking) => staffBookingJson(booking, desk)),
    unreachable,
    plan: planId,
  };
}

export function deskImportJson(change: DeskChange, applied: boolean): Json<typeof schema.DeskImport> {
  const { changes, affected, unreachable } = deskChangeJson(change);
  const plans = change.handOvers.map(({ advisorId, planId }) => ({ advisor: advisorId, plan: planId }));
  return { changes, affected, unreachable, plans, applied };
}
